package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
        for (Look.Found stray : evidence.strays()) {
            if (isUsable(stray)) {
                return stray;
            }
        }
        return null;
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
        for (Finding finding : Diagnosis.of(Evidence.of(token, alone, false)).findings()) {
            if (finding.severity() == Severity.ERROR) {
                return true;
            }
        }
        return token.token() == null;
    }

    /** A phrase for one of them: what it is, where, and when it expires. */
    String described(Look.Found found) {
        Inspection other = look(found);
        Token token = Objects.requireNonNull(other.token());
        Optional<Instant> expiry = other.time("exp");
        String state = expiry.isEmpty()
                ? "never expires"
                : other.expired().orElse(false)
                        ? "expired " + Spans.distance(other.at(), expiry.get())
                        : "expires " + Spans.distance(other.at(), expiry.get());
        return token.audience().noun() + " in " + found.origin().kind().noun(found.origin()) + " (" + state
                + evidence.justWritten(found.origin()) + ")";
    }

    /** Those with an issuer, which may be empty for any, and of a kind, a phrase; empty when there is none. */
    String fitting(String issuer, Optional<Audience> kind) {
        List<String> fitting = new ArrayList<>();
        for (Look.Found found : all()) {
            Inspection other = look(found);
            if (other.token() != null
                    && other.decoded() != null
                    && (issuer.isEmpty()
                            || issuer.equalsIgnoreCase(
                                    other.decoded().claims().text("iss").orElse(null)))
                    && (kind.isEmpty() || other.token().audience() == kind.get())) {
                fitting.add("the " + described(found));
            }
        }
        return String.join(" or ", fitting);
    }

    /** One that can be used and whose scope is as expected; {@code null} when there is none. */
    Look.@Nullable Found scoped(Expectations expectations) {
        for (Look.Found found : all()) {
            if (isUsable(found)
                    && isBehind(found)
                    && ScopeExpectations.unmet(look(found), expectations).isEmpty()) {
                return found;
            }
        }
        return null;
    }

    /** One that can be used and is of an expected kind; {@code null} when there is none. */
    Look.@Nullable Found ofKind(Expectations expectations) {
        for (Look.Found found : all()) {
            Optional<Audience> kind = look(found).kind();
            if (kind.isPresent() && expectations.accepts(kind.get()) && isUsable(found) && isBehind(found)) {
                return found;
            }
        }
        return null;
    }

    /** Whether a variable wins over it, so that it is used without that; or nothing reads it. */
    private boolean isBehind(Look.Found found) {
        return isThisExplicit()
                || inspection.isFrom(SourceKind.ENVIRONMENT)
                || found.origin().kind() == SourceKind.ENVIRONMENT;
    }

    private List<Look.Found> all() {
        List<Look> looked = new ArrayList<>(evidence.search().looked());
        looked.addAll(evidence.strays());
        List<Look.Found> all = new ArrayList<>();
        for (Look look : looked) {
            if (look instanceof Look.Found found && !isThis(found)) {
                all.add(found);
            }
        }
        return all;
    }

    private boolean isThis(Look.Found found) {
        Optional<Look.Found> deciding = evidence.search().found();
        return deciding.isPresent() && deciding.get().secret().equals(found.secret());
    }
}
