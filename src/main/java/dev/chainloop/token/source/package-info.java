/**
 * Where a token can be: the sources that the Chainloop CLI knows, and standard input, looked at in one fixed order. Reads
 * only; the CLI's config file is never created, changed or locked.
 */
@NullMarked
package dev.chainloop.token.source;

import org.jspecify.annotations.NullMarked;
