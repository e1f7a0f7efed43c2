/** What an inspection looks like: one class a format, and the sanitizer that all text passes. */
@NullMarked
package dev.chainloop.token.render;

import org.jspecify.annotations.NullMarked;
