package dev.chainloop.token.check;

import dev.chainloop.token.advice.Demand;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a pipeline requires of its token.
 *
 * @param genuine whether a key must have signed it; signature and times are then expectations of their own
 * @param values what the options that are given take
 */
public record Expectations(boolean genuine, Map<Expectation, Object> values) {
    boolean has(Expectation one) {
        return values.containsKey(one);
    }

    <T> Optional<T> value(Expectation one, Class<T> type) {
        return Optional.ofNullable(type.cast(values.get(one)));
    }

    /** The accepted kinds; empty for any. */
    @SuppressWarnings("unchecked") // The option takes no others.
    Set<Audience> types() {
        return (Set<Audience>) values.getOrDefault(Expectation.TYPE, Set.of());
    }

    /** Whether only a token that names what it is for can meet them. */
    boolean isScoped() {
        return has(Expectation.ORG) || has(Expectation.PROJECT);
    }

    /** The kinds that can meet them: only an API token says what it is for. */
    List<Audience> kinds() {
        return Arrays.stream(Audience.values())
                .filter(kind ->
                        (types().isEmpty() || types().contains(kind)) && (kind == Audience.API_TOKEN || !isScoped()))
                .toList();
    }

    /** Seconds that must be left. */
    long least() {
        return value(Expectation.MIN_REMAINING, Long.class).orElse(0L);
    }

    /** Seconds that may be left. */
    long most() {
        return value(Expectation.MAX_REMAINING, Long.class).orElse(Demand.ANY_TIME);
    }

    Demand demand() {
        return new Demand(
                kinds(),
                value(Expectation.ORG, String.class),
                value(Expectation.PROJECT, String.class),
                least(),
                most(),
                warned(),
                false);
    }

    /** A diagnosis with the warning that was asked for. */
    public Diagnosis warn(Diagnosis diagnosis) {
        return diagnosis.warningBelow(warned());
    }

    /** That warning among the findings with which a token passes, and those because of which some of the server's calls refuse it. */
    public List<Finding> warnings(Diagnosis diagnosis, List<Finding> others) {
        Optional<Long> left = diagnosis.inspection().secondsToExpiry();
        return others.stream()
                .filter(one -> one.rule() == Rule.EXPIRES_SOON ? left.orElse(0L) < warned() : one.isRefused())
                .toList();
    }

    private long warned() {
        return value(Expectation.WARN_REMAINING, Long.class).orElse(0L);
    }
}
