package dev.chainloop.token.core;

/**
 * A person's session. It carries nothing but who: the organization is looked up by the server.
 *
 * @param id the {@code user_id} claim
 */
public record UserToken(String id) implements Token {
    @Override
    public Audience audience() {
        return Audience.USER;
    }
}
