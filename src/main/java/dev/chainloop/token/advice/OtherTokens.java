package dev.chainloop.token.advice;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Inspection;
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
        Optional<SourceReading.Found> used = evidence.search().found();
        for (Candidate one : all) {
            boolean other =
                    used.isEmpty() || !used.get().secret().equals(one.found().secret());
            if (other && isBehind(one) && isUsable(one, demand)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** Whether somebody is logged in here, with a token that has no error. */
    boolean isLoggedIn() {
        Optional<Candidate> login = evidence.candidate(SourceKind.CONFIG);
        return login.isPresent() && isOf(login.get(), Audience.USER);
    }

    boolean isOf(Candidate one, Audience kind) {
        Optional<Token> token = token(one);
        return token.isPresent() && token.get().audience() == kind;
    }

    /** The token, unless it has an error. */
    private static Optional<Token> token(Candidate one) {
        return Diagnosis.alone(one.inspection(), Optional.empty(), true)
                        .firstError()
                        .isPresent()
                ? Optional.empty()
                : Optional.ofNullable(one.inspection().token());
    }

    private boolean isUsable(Candidate one, Demand demand) {
        Optional<Token> token = token(one);
        return token.isPresent()
                && demand.isMetBy(token.get())
                && demand.isMetBy(one.inspection().secondsToExpiry())
                && (!demand.isScoped() || one.inspection().unreadableScope().isEmpty())
                // A person's login is not for a place where nobody is.
                && (token.get().audience() != Audience.USER
                        || evidence.surroundings().place().isAttended());
    }

    /** Whether it would be used if the variable were removed, or if the variable were set to it. */
    private boolean isBehind(Candidate one) {
        Inspection inspection = evidence.inspection();
        return inspection.isFrom(SourceKind.ENVIRONMENT)
                || inspection.isGiven()
                || evidence.search()
                        .deciding()
                        .filter(reading -> reading.origin().kind() == SourceKind.ENVIRONMENT)
                        .isPresent()
                || one.found().origin().kind() == SourceKind.ENVIRONMENT;
    }
}
