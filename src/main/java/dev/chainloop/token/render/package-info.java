/** How answers look: one class for each format, and the sanitizer that all text from outside passes. */
@NullMarked
package dev.chainloop.token.render;

import org.jspecify.annotations.NullMarked;
