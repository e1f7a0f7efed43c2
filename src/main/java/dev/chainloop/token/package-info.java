/** The program's entry point. */
@NullMarked
package dev.chainloop.token;

import org.jspecify.annotations.NullMarked;
