package dev.chainloop.token.controlplane;

import java.util.Optional;

/**
 * A control plane, and how to connect to it.
 *
 * @param address where it is
 * @param authority an authority to trust besides the system's, as the Chainloop CLI accepts it: a file name, PEM, or
 *     base64 of PEM
 * @param plainText whether to connect without TLS
 */
public record Endpoint(Address address, Optional<String> authority, boolean plainText) {}
