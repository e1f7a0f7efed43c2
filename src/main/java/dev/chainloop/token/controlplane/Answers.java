package dev.chainloop.token.controlplane;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a control plane answered. Its texts are hostile; a field's text has its expected form,
 * or is absent.
 *
 * @param at when it was asked, by this machine's clock
 * @param loginPage where a person logs in
 * @param certificate the server's; empty for plain text
 * @param replies the answers about the token in the order of the questions; the last one may be a refusal
 * @param identity who it thinks sent the token; empty when it does not say
 * @param memberships the user's organizations; empty for other tokens, and when the server was not asked or refused
 * @param further how many more there are
 */
public record Answers(
        Instant at,
        Duration took,
        Optional<String> version,
        Optional<String> loginPage,
        Optional<X509Certificate> certificate,
        List<Reply> replies,
        Optional<Identity> identity,
        List<Membership> memberships,
        int further) {

    /** The server's time, from the first answer that gives it. */
    public Optional<Instant> serverTime() {
        return replies.stream().flatMap(reply -> reply.date().stream()).findFirst();
    }

    /**
     * Who the server thinks sent the token.
     *
     * @param name first and last name; like the three before it, of users only
     * @param admin whether the user is an administrator of the instance
     * @param current where commands work; of users only
     * @param created when an API token was created; empty for others
     * @param inactivityDays after how many days without use the organization revokes an API token
     * @param broken the default store of artifacts, if it is not valid
     */
    public record Identity(
            Optional<String> id,
            Optional<String> email,
            Optional<String> name,
            boolean admin,
            Optional<Membership> current,
            Optional<Instant> created,
            Optional<Long> inactivityDays,
            Optional<CasBackend> broken) {
        /** Whether it is a person's. */
        public boolean isUser() {
            return id.isPresent() || email.isPresent();
        }
    }

    /** A store of artifacts, and why it is not valid, which may be empty. */
    public record CasBackend(String name, String provider, String error) {}

    /**
     * A user's place in an organization.
     *
     * @param current whether it is the organization that commands work in when none is named
     */
    public record Membership(String organization, String role, boolean current) {}
}
