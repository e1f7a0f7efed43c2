package dev.chainloop.token.advice;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens that were found here besides the one in use, each judged by its own findings. */
record OtherTokens(Evidence evidence) {
    /** The first that can be used in place of the one in use, and meets a demand. */
    Optional<Candidate> meeting(Demand demand) {
        List<Candidate> all = new ArrayList<>(evidence.candidates());
        all.addAll(evidence.strays());
        String used = evidence.used().secret();
        for (Candidate one : all) {
            if (one.isUsable() && !one.secret().equals(used) && isBehind(one) && isMet(demand, one)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** Whether somebody is logged in here, with a token that has no error. */
    boolean isLoggedIn() {
        Optional<Candidate> login = evidence.candidate(SourceKind.CONFIG);
        return login.isPresent() && login.get().isUsable() && login.get().isKind(Audience.USER);
    }

    private boolean isMet(Demand demand, Candidate one) {
        return demand.isMetBy(one.token().orElseThrow())
                && demand.isMetBy(one.secondsToExpiry())
                && (!demand.isScoped() || one.unreadableScope().isEmpty())
                // A person's login is not for a place where nobody is.
                && (!one.isKind(Audience.USER) || evidence.here().place().isAttended());
    }

    /** Whether it would be used if the variable were removed, or if the variable were set to it. */
    private boolean isBehind(Candidate one) {
        Optional<SourceReading> deciding = evidence.seen().deciding();
        return evidence.used().isGiven()
                || (deciding.isPresent() && deciding.get().origin().kind() == SourceKind.ENVIRONMENT)
                || one.isFrom(SourceKind.ENVIRONMENT);
    }
}
