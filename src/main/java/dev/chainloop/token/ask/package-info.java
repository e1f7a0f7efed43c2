/** Asking the control plane about a token, through the user's own Chainloop CLI: how it is started, and what it answers. */
@NullMarked
package dev.chainloop.token.ask;

import org.jspecify.annotations.NullMarked;
