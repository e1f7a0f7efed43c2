package dev.chainloop.token.controlplane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a control plane answered.
 *
 * @param at when it was asked, by this machine's clock
 * @param version the server's version; hostile; empty when it does not say
 * @param replies the answers about the token in the order of the questions; the last one may be a refusal
 * @param memberships the user's organizations; empty for other tokens, and when the server was not asked or refused
 */
public record Answers(
        Instant at, Duration took, Optional<String> version, List<Reply> replies, List<Membership> memberships) {

    /** The server's time, from the first answer that gives it. */
    public Optional<Instant> serverTime() {
        return replies.stream().flatMap(reply -> reply.date().stream()).findFirst();
    }

    /**
     * A user's place in an organization. Names come from the server, so they are hostile.
     *
     * @param current whether it is the organization that commands work in when none is named
     */
    public record Membership(String organization, String role, boolean current) {}
}
