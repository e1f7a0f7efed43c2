/** The gate: whether a token meets expectations. */
@NullMarked
package dev.chainloop.token.check;

import org.jspecify.annotations.NullMarked;
