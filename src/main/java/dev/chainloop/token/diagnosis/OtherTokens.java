package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tokens that were found here besides the one in use, for advice that names one of them. */
final class OtherTokens {
    private final Evidence evidence;
    private final Inspection inspection;

    OtherTokens(Evidence evidence) {
        this.evidence = evidence;
        this.inspection = evidence.inspection();
    }

    /** A login that has not expired, and is not the token of another inspection. */
    Look.@Nullable Found login(@Nullable Inspection but) {
        for (Look look : evidence.search().looked()) {
            if (look instanceof Look.Found found && found.origin().kind() == SourceKind.CONFIG) {
                Inspection other = look(found);
                boolean same = but != null && Objects.equals(other.fingerprint(), but.fingerprint());
                return !same && other.isKind(Audience.USER) && isUsable(found) ? found : null;
            }
        }
        return null;
    }

    /**
     * One that can be used instead: a token that a variable wins over, else one in a variable that nothing reads;
     * {@code null} when there is none. A token that the user named is meant, unless it has no type.
     */
    Look.@Nullable Found usable() {
        boolean named = isThisExplicit();
        if (evidence.search().asked() || isThisUsable() || (named && inspection.token() != null)) {
            return null;
        }
        boolean variable = named;
        for (Look look : evidence.search().looked()) {
            if (variable && look instanceof Look.Found found && !isThis(found) && isUsable(found)) {
                return found;
            }
            variable |= look.decides() && look.origin().kind() == SourceKind.ENVIRONMENT;
        }
        return evidence.strays().stream().filter(this::isUsable).findFirst().orElse(null);
    }

    /** Whether the user gave this token itself, on the command line or on stdin. */
    boolean isThisExplicit() {
        return inspection.isFrom(SourceKind.ARGUMENT) || inspection.isFrom(SourceKind.STDIN);
    }

    Inspection look(Look.Found found) {
        return Inspector.decode(found, inspection.at(), true);
    }

    /** Whether nothing certain speaks against this token, apart from what is around it. */
    boolean isThisUsable() {
        return !isRefused(inspection, List.of());
    }

    /** Whether another token that was found here can be used as it is. In a CI job, a person's token cannot. */
    private boolean isUsable(Look.Found found) {
        Inspection other = look(found);
        return !(evidence.surroundings().ci().isPresent() && other.isKind(Audience.USER))
                && !isRefused(other, List.of(found));
    }

    /** Whether a token has no type, or a finding by itself that is an error. */
    private static boolean isRefused(Inspection token, List<Look> looked) {
        Search.Result alone = new Search.Result(looked, new ConfigReading.Missing(""), Optional.empty(), true);
        List<Finding> worst = Diagnosis.of(Evidence.of(token, alone, false)).findings();
        return token.token() == null || (!worst.isEmpty() && worst.get(0).severity() == Severity.ERROR);
    }

    /** A phrase for one of them: what it is, where, and when it expires. */
    String described(Look.Found found) {
        Inspection other = look(found);
        Token token = Objects.requireNonNull(other.token());
        String verb = other.expired().orElse(false) ? "expired " : "expires ";
        String state = other.time("exp")
                .map(then -> verb + Spans.distance(other.at(), then))
                .orElse("never expires");
        return token.audience().noun() + " in " + found.origin().kind().noun(found.origin()) + " (" + state
                + evidence.justWritten(found.origin()) + ")";
    }

    /** Those with an issuer, which may be empty for any, and of a kind, a phrase; empty when there is none. */
    String fitting(String issuer, Optional<Audience> kind) {
        Stream<Look.Found> fitting = all().filter(found -> {
            Inspection other = look(found);
            return other.token() != null
                    && (issuer.isEmpty()
                            || issuer.equalsIgnoreCase(other.issuer().orElse("")))
                    && (kind.isEmpty() || kind.equals(other.kind()));
        });
        return String.join(
                " or ", fitting.map(found -> "the " + described(found)).toList());
    }

    /** One that can be used and whose scope is as expected; {@code null} when there is none. */
    Look.@Nullable Found scoped(Expectations expectations) {
        return first(other -> ScopeExpectations.unmet(other, expectations).isEmpty());
    }

    /** One that can be used and is of an expected kind; {@code null} when there is none. */
    Look.@Nullable Found ofKind(Expectations expectations) {
        return first(other ->
                other.kind().isPresent() && expectations.accepts(other.kind().get()));
    }

    private Look.@Nullable Found first(Predicate<Inspection> wanted) {
        return all().filter(found -> isUsable(found) && isBehind(found) && wanted.test(look(found)))
                .findFirst()
                .orElse(null);
    }

    /** Whether a variable wins over it, so that it is used without that; or nothing reads it. */
    private boolean isBehind(Look.Found found) {
        return isThisExplicit()
                || inspection.isFrom(SourceKind.ENVIRONMENT)
                || found.origin().kind() == SourceKind.ENVIRONMENT;
    }

    private Stream<Look.Found> all() {
        return Stream.concat(evidence.search().looked().stream(), evidence.strays().stream())
                .filter(look -> look instanceof Look.Found found && !isThis(found))
                .map(Look.Found.class::cast);
    }

    private boolean isThis(Look.Found found) {
        Optional<Look.Found> deciding = evidence.search().found();
        return deciding.isPresent() && deciding.get().secret().equals(found.secret());
    }
}
