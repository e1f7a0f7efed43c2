package dev.chainloop.token.check;

import dev.chainloop.token.advice.WantedToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Severity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a pipeline requires of its token.
 *
 * @param genuine whether a key must have signed it; signature and times are then separate expectations
 * @param types the accepted kinds; empty for any
 * @param organization the organization's name or ID
 * @param project the project's name or ID
 * @param least seconds that must be left
 * @param most seconds that may be left
 * @param warned seconds below which it only warns; zero for never
 * @param expiry whether it must expire
 * @param failOn the least severity of a finding that fails it
 * @param federated whether a token that the job can request counts
 */
public record Expectations(
        boolean genuine,
        Set<Audience> types,
        Optional<String> organization,
        Optional<String> project,
        Optional<String> issuer,
        Optional<Long> least,
        Optional<Long> most,
        Optional<Long> warned,
        boolean expiry,
        Severity failOn,
        boolean federated) {

    /** Why no token can meet them all; empty when one can. */
    public Optional<String> contradiction() {
        if (kinds().isEmpty()) {
            String only = " can be met by an API token only, but --type takes " + words(types, Audience::word);
            return Optional.of((organization.isPresent() ? "--org" : "--project") + only);
        }
        if (most.equals(Optional.of(0L))) {
            return Optional.of("--max-remaining takes more than 0s");
        }
        return most.isPresent() && most.get() < least.orElse(0L)
                ? Optional.of("--max-remaining is shorter than --min-remaining, so no token can meet both")
                : Optional.empty();
    }

    /** Whether only a token that names what it is for can meet them. */
    boolean isScoped() {
        return organization.isPresent() || project.isPresent();
    }

    /** The kinds that can meet them: only an API token says what it is for. */
    List<Audience> kinds() {
        List<Audience> kinds = new ArrayList<>(List.of(Audience.values()));
        kinds.removeIf(kind -> (!types.isEmpty() && !types.contains(kind)) || (isScoped() && !kind.hasScope()));
        return kinds;
    }

    WantedToken wanted() {
        return new WantedToken(
                kinds(),
                organization,
                project,
                least.orElse(0L),
                most.orElse(WantedToken.ANY_TIME),
                warned.orElse(0L),
                false);
    }

    /** A diagnosis with the warning that was asked for, which takes the place of the usual one. */
    public Diagnosis warn(Diagnosis diagnosis) {
        return least.isEmpty() && warned.isEmpty() ? diagnosis : diagnosis.warningBelow(warned.orElse(0L));
    }

    static String words(Set<Audience> kinds, Function<Audience, String> word) {
        return EnumSet.copyOf(kinds).stream().map(word).collect(Collectors.joining(" or "));
    }
}
