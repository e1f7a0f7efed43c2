package dev.chainloop.token.diagnosis;

import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.SearchResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token with what is wrong with it. Offline and honest: it says what is certain, never that a token is valid, for
 * signature, revocation and membership cannot be seen from here.
 *
 * @param evidence what was seen
 * @param findings in the order of {@link Rule}; none for a healthy token
 */
public record Diagnosis(Evidence evidence, List<Finding> findings) {
    /** Applies every rule to what was seen. */
    static Diagnosis of(Evidence evidence) {
        Rules rules = new Rules(evidence);
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            @Nullable Finding finding = rule.apply(rules);
            if (finding != null) {
                findings.add(finding);
            }
        }
        return new Diagnosis(evidence, findings);
    }

    /** Nothing was looked at, and why. */
    public static Diagnosis failed(Fault fault, Instant at) {
        SearchResult none = new SearchResult(List.of(), new ConfigReading.Missing(""), true);
        Inspection inspection = Inspection.without(Status.ERROR, Optional.empty(), at, Optional.of(fault));
        return new Diagnosis(new Evidence(inspection, none, Optional.empty(), "", false), List.of());
    }

    /** The token. */
    public Inspection inspection() {
        return evidence.inspection();
    }
}
