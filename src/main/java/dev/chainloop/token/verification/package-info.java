/**
 * Whether a token was really signed with a given key. Keys are read here, from files; jjwt
 * verifies the signatures. None of this is loaded unless a key is passed.
 */
@NullMarked
package dev.chainloop.token.verification;

import org.jspecify.annotations.NullMarked;
