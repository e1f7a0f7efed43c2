/**
 * What a Chainloop token is: decoding a compact JWT without its key, and typing it by its audiences. Pure: no input or
 * output, no clock, no environment.
 */
@NullMarked
package dev.chainloop.token.core;

import org.jspecify.annotations.NullMarked;
