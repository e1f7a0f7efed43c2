/** What to do about a state: cures become acts for the place where they are needed. */
@NullMarked
package dev.chainloop.token.advice;

import org.jspecify.annotations.NullMarked;
