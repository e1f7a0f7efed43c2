/** What commands share: which token, which key, what output, and choices among words. */
@NullMarked
package dev.chainloop.token.cli.option;

import org.jspecify.annotations.NullMarked;
