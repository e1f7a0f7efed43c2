package dev.chainloop.token.core;

/**
 * A user token. It says only who the user is; the server looks up the organization.
 *
 * <pre>{@code
 * boolean mine = token instanceof UserToken user && user.id().equals(me);
 * }</pre>
 *
 * @param id the {@code user_id} claim
 */
public record UserToken(String id) implements Token {
    @Override
    public Audience audience() {
        return Audience.USER;
    }
}
