/** What is known about one token, and what that means; depends only on the token, its source and the time. */
@NullMarked
package dev.chainloop.token.diagnosis;

import org.jspecify.annotations.NullMarked;
