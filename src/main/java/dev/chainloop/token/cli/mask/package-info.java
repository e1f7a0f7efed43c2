/** What {@code mask} reads: files and folders, and streams, split into tokens and other text. */
@NullMarked
package dev.chainloop.token.cli.mask;

import org.jspecify.annotations.NullMarked;
