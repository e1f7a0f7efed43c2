/** Asking the control plane itself about a token: where it is, which calls are made, what it answers. */
@NullMarked
package dev.chainloop.token.controlplane;

import org.jspecify.annotations.NullMarked;
