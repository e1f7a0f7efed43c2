package dev.chainloop.token.controlplane;

/**
 * A user's place in an organization. Names come from the server, so they are hostile.
 *
 * @param organization the organization's name
 * @param role the role, as in {@code admin}
 * @param current whether it is the organization that commands work in when none is named
 */
public record Membership(String organization, String role, boolean current) {}
