/** Asking the control plane itself what it says of a token: where it is, which calls are made, what came back. */
@NullMarked
package dev.chainloop.token.controlplane;

import org.jspecify.annotations.NullMarked;
