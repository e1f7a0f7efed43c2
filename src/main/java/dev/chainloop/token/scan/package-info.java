/** Recognizes tokens in any bytes. */
@NullMarked
package dev.chainloop.token.scan;

import org.jspecify.annotations.NullMarked;
