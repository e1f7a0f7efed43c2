package dev.chainloop.token.advice;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens that were found here besides the one in use, each judged by its own findings. */
final class OtherTokens {
    private final Evidence evidence;
    private final Inspection inspection;

    OtherTokens(Evidence evidence) {
        this.evidence = evidence;
        this.inspection = evidence.inspection();
    }

    /** The first that can be used in place of the one in use, and meets a demand. */
    Optional<Look.Found> meeting(Demand demand) {
        return all().stream()
                .filter(found -> isBehind(found) && isUsable(found, demand))
                .findFirst();
    }

    /** Whether somebody is logged in here, with a token that has no error. */
    boolean isLoggedIn() {
        return evidence.search().looked(SourceKind.CONFIG).orElse(null) instanceof Look.Found found
                && isOf(found, Audience.USER);
    }

    boolean isOf(Look.Found found, Audience kind) {
        return token(found).filter(token -> token.audience() == kind).isPresent();
    }

    /** The token, unless it has an error. */
    private Optional<Token> token(Look.Found found) {
        Diagnosis alone = Inspector.inspect(found, inspection.at(), true);
        return alone.findings().stream().anyMatch(finding -> finding.severity() == Severity.ERROR)
                ? Optional.empty()
                : Optional.ofNullable(alone.inspection().token());
    }

    private boolean isUsable(Look.Found found, Demand demand) {
        Optional<Token> token = token(found);
        if (token.isEmpty() || !demand.isMetBy(token.get())) {
            return false;
        }
        Optional<Long> left =
                Inspector.inspect(found, inspection.at(), true).inspection().secondsToExpiry();
        boolean lasts = demand.isMetBy(left);
        // A person's login is not for a place where nobody is.
        return lasts
                && (token.get().audience() != Audience.USER
                        || SecretStore.of(evidence.surroundings().place()).login());
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
        return looked.stream()
                .filter(Look.Found.class::isInstance)
                .map(Look.Found.class::cast)
                .filter(found -> used.isEmpty() || !used.get().secret().equals(found.secret()))
                .toList();
    }
}
