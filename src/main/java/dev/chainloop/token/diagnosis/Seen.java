package dev.chainloop.token.diagnosis;

import dev.chainloop.token.source.Look;
import java.time.Instant;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** The tokens that a run has seen, each decoded once. For one thread. */
final class Seen {
    private final Instant at;
    private final IdentityHashMap<Look.Found, Inspection> inspections = new IdentityHashMap<>();

    /** None yet; their times will be evaluated at an instant. */
    Seen(Instant at) {
        this.at = at;
    }

    /** A token, decoded and typed. */
    Inspection inspection(Look.Found found) {
        @Nullable Inspection known = inspections.get(found); // Not by a lambda: every run comes here.
        if (known == null) {
            known = Inspection.of(found, at);
            inspections.put(found, known);
        }
        return known;
    }
}
