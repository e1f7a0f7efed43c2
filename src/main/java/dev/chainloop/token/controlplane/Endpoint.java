package dev.chainloop.token.controlplane;

import java.util.Optional;

/**
 * A control plane, and how it is spoken to.
 *
 * @param address where it is
 * @param authority what vouches for it beside the system's authorities, as the Chainloop CLI takes it: a file's name,
 *     PEM, or base64 of PEM
 * @param plainText whether it is spoken to without TLS
 */
public record Endpoint(Address address, Optional<String> authority, boolean plainText) {}
