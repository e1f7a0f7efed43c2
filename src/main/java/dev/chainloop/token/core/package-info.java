/**
 * What a Chainloop token is: decoding a compact JWT without its key, and typing it by its audiences. Pure: no input or
 * output, no clock, no environment.
 *
 * <p>For other programs: {@link dev.chainloop.token.core.Parser}, what it returns ({@link
 * dev.chainloop.token.core.Token} and its records, {@link dev.chainloop.token.core.DecodedToken}, {@link
 * dev.chainloop.token.core.Claims}, {@link dev.chainloop.token.core.Audience}), and {@link
 * dev.chainloop.token.core.Fingerprint}. The other public types serve the rest of this tool, and may change with it.
 */
@NullMarked
package dev.chainloop.token.core;

import org.jspecify.annotations.NullMarked;
