/** What an error message of the Chainloop CLI means for a token. */
@NullMarked
package dev.chainloop.token.explain;

import org.jspecify.annotations.NullMarked;
