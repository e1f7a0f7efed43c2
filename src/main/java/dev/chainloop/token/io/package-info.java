/** Standard input, what the standard descriptors are open on, and files by name; nothing about tokens. */
@NullMarked
package dev.chainloop.token.io;

import org.jspecify.annotations.NullMarked;
