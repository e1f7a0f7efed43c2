package dev.chainloop.token.advice;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a plan is made for: each fact that it depends on, once.
 *
 * @param evidence what was seen
 * @param wanted the token that the plan ends with
 * @param tokenWorks whether nothing refuses the token at hand, so that it stays in use until another is in its place
 * @param role the role that a message asks for
 */
public record PlanContext(Evidence evidence, WantedToken wanted, boolean tokenWorks, Role role) {
    /** A role in an organization, as the CLI's option takes it; or the reader's choice. */
    public enum Role implements Keyword {
        OWNER,
        ADMIN,
        ANY
    }

    /** With the token that was found; as far as this tool can see, a token without an error works. */
    public static PlanContext of(Diagnosis diagnosis, WantedToken wanted) {
        boolean works =
                diagnosis.used().jwt().isPresent() && diagnosis.firstError().isEmpty();
        return new PlanContext(diagnosis.evidence(), wanted, works, Role.ANY);
    }

    /** The same if the server refused the token, or if nobody knows what it did. */
    public PlanContext refused() {
        return new PlanContext(evidence, wanted, false, role);
    }

    /** The same if a role is asked for. */
    public PlanContext asking(Role other) {
        return new PlanContext(evidence, wanted, tokenWorks, other);
    }

    // ---------- the place

    /** Where the plan is carried out. */
    Surroundings there() {
        return evidence.there();
    }

    Place place() {
        return there().place();
    }

    /** Whether somebody is there who can log in. */
    boolean hasPerson() {
        return place().isAttended();
    }

    /** Whether the plan is carried out where this runs. */
    boolean isHere() {
        return place() == evidence.here().place();
    }

    /** Whether it is elsewhere, and nothing is known of the token that was sent there. */
    boolean isUnseen() {
        return evidence.inputs().readings().isEmpty();
    }

    // ---------- the token at hand

    Candidate used() {
        return evidence.used();
    }

    /** Whether it came from stdin or an argument, so that only the user knows where it is kept. */
    boolean isKeptElsewhere() {
        return used().isGiven() && !evidence.named();
    }

    /** Whether a variable sends a usable login to another control plane than its config file names. */
    boolean isSentAstray() {
        return isHere()
                && wanted.accepts(Audience.USER)
                && evidence.bypassedHost().isPresent();
    }

    // ---------- other tokens

    /** A token that was found here and will do, unless the user passed the token at hand. */
    Optional<Candidate> other() {
        if (!isHere() || used().isGiven()) {
            return Optional.empty();
        }
        List<Candidate> all = new ArrayList<>(evidence.candidates());
        all.addAll(evidence.strays());
        for (Candidate one : all) {
            if (one.isUsable() && !one.secret().equals(used().secret()) && meetsDemand(one)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private boolean meetsDemand(Candidate one) {
        // A login will do in place of a useless token, unless another kind is asked for.
        boolean instead = wanted.open() && !tokenWorks && isLogin(one);
        return (instead || wanted.isMetBy(one.token().orElseThrow()))
                && wanted.isOutlastedBy(one, used())
                && (wanted.project().isEmpty() || one.unreadableScope().isEmpty())
                // A login is not for a place where nobody is.
                && (hasPerson() || !one.isKind(Audience.USER));
    }

    /** Whether the variable's token is useless and hides a usable login, so that it is enough to remove the variable. */
    boolean hasUnsentLogin() {
        Optional<Candidate> other = other();
        return !tokenWorks && other.isPresent() && isLogin(other.get());
    }

    /** Whether somebody is logged in here, with a token that has no error. */
    boolean isLoggedIn() {
        Optional<Candidate> login = evidence.candidate(SourceKind.CONFIG);
        return login.isPresent() && login.get().isUsable() && isLogin(login.get());
    }

    private static boolean isLogin(Candidate one) {
        return one.isFrom(SourceKind.CONFIG) && one.isKind(Audience.USER);
    }
}
