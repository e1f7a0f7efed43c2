package dev.chainloop.token.advice;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tokens that were found here besides the one in use, each judged once, by its own findings. */
final class OtherTokens {
    private final Evidence evidence;
    private final Inspection inspection;
    private final IdentityHashMap<Look.Found, Diagnosis> judged = new IdentityHashMap<>();

    OtherTokens(Evidence evidence) {
        this.evidence = evidence;
        this.inspection = evidence.inspection();
    }

    /** The first that can be used in place of the one in use, and meets a demand. */
    Optional<Look.Found> meeting(Demand demand) {
        for (Look.Found found : all()) {
            if (isBehind(found) && isUsable(found, demand)) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** Whether somebody is logged in here, with a token that has no error. */
    boolean isLoggedIn() {
        return evidence.search().looked(SourceKind.CONFIG).orElse(null) instanceof Look.Found found
                && isOf(found, Audience.USER);
    }

    boolean isOf(Look.Found found, Audience kind) {
        Optional<Token> token = token(found);
        return token.isPresent() && token.get().audience() == kind;
    }

    private Diagnosis alone(Look.Found found) {
        @Nullable Diagnosis alone = judged.get(found);
        if (alone == null) {
            alone = Inspector.inspect(found, inspection.at(), true);
            judged.put(found, alone);
        }
        return alone;
    }

    /** The token, unless it has an error. */
    private Optional<Token> token(Look.Found found) {
        Diagnosis alone = alone(found);
        return alone.firstError().isPresent()
                ? Optional.empty()
                : Optional.ofNullable(alone.inspection().token());
    }

    private boolean isUsable(Look.Found found, Demand demand) {
        Optional<Token> token = token(found);
        if (token.isEmpty()
                || !demand.isMetBy(token.get())
                || !demand.isMetBy(alone(found).inspection().secondsToExpiry())) {
            return false;
        }
        boolean unknown = demand.isScoped()
                && !alone(found).inspection().unreadableScope().isEmpty();
        // A person's login is not for a place where nobody is.
        return !unknown
                && (token.get().audience() != Audience.USER
                        || evidence.surroundings().place().isAttended());
    }

    /** Whether it would be used if the variable were removed, or if the variable were set to it. */
    private boolean isBehind(Look.Found found) {
        return inspection.isFrom(SourceKind.ENVIRONMENT)
                || inspection.isGiven()
                || evidence.search()
                        .deciding()
                        .filter(look -> look.origin().kind() == SourceKind.ENVIRONMENT)
                        .isPresent()
                || found.origin().kind() == SourceKind.ENVIRONMENT;
    }

    private List<Look.Found> all() {
        List<Look> looked = new ArrayList<>(evidence.search().looked());
        looked.addAll(evidence.strays());
        Optional<Look.Found> used = evidence.search().found();
        List<Look.Found> all = new ArrayList<>();
        for (Look look : looked) {
            if (look instanceof Look.Found found
                    && (used.isEmpty() || !used.get().secret().equals(found.secret()))) {
                all.add(found);
            }
        }
        return all;
    }
}
