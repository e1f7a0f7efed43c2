package dev.chainloop.token.advice;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Inspection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The token that a plan is to end with: all that a check expects of it, or one like the token at hand.
 *
 * @param kinds the kinds that will do; none for any
 * @param organization the organization's name or ID
 * @param project the project's name or ID
 * @param exact whether a wider or a narrower scope will not do
 * @param remaining seconds that it must last; 0 when nothing is said about that
 * @param open whether another kind would do, too, if it can do the work
 */
public record Demand(
        List<Audience> kinds,
        Optional<String> organization,
        Optional<String> project,
        boolean exact,
        long remaining,
        boolean open) {
    private static final long DAY = 86_400;
    private static final long MONTH = 30 * DAY;

    /** As long as a login lives. */
    private static final long WEEK = 7 * DAY;

    public static final Demand ANY = new Demand(List.of(), Optional.empty(), Optional.empty(), false, 0, true);

    /** One of the same kind, where the token at hand has one. */
    public static Demand like(Inspection inspection) {
        return like(inspection, 0);
    }

    public static Demand like(Inspection inspection, long remaining) {
        Optional<Audience> kind = inspection.matched();
        List<Audience> kinds = kind.isPresent() ? List.of(kind.get()) : List.of(); // Without streams, at the start.
        return new Demand(kinds, Optional.empty(), Optional.empty(), false, remaining, true);
    }

    Demand of(Audience kind) {
        return new Demand(List.of(kind), organization, project, exact, remaining, open);
    }

    /** Whether a kind will do. Only an API token says what it is for. */
    boolean accepts(Audience kind) {
        boolean lasts = kind != Audience.USER || remaining < WEEK;
        return (kinds.isEmpty() || kinds.contains(kind)) && lasts && (kind == Audience.API_TOKEN || !isScoped());
    }

    /** Whether any kind can meet it. */
    public boolean canBeMet() {
        return Arrays.stream(Audience.values()).anyMatch(this::accepts);
    }

    boolean isScoped() {
        return organization.isPresent() || project.isPresent();
    }

    /** Whether a token is of an accepted kind, and for what is demanded. */
    boolean isMetBy(Token token) {
        if (!accepts(token.audience())) {
            return false;
        }
        if (!(token instanceof ApiToken api)) {
            return true;
        }
        return isFor(api) && (organization.isEmpty() || api.organization().isMeantBy(organization.get()));
    }

    /** A token of an organization works in all of its projects, and so is not of exactly one. */
    private boolean isFor(ApiToken api) {
        boolean part =
                api.scope().equals(Optional.of("product")) || api.workflow().isPresent();
        if (exact && (part || api.project().isPresent() != project.isPresent())) {
            return false;
        }
        return project.isEmpty()
                || (api.project().isPresent()
                        ? api.project().isMeantBy(project.get())
                        : !part && api.organization().isPresent());
    }

    /** The lifetime to create it with, in hours, since the CLI takes no days: the demanded time in whole days, else 30 days. */
    String hours() {
        // A whole day more than what is demanded in whole days, so that the same check passes tomorrow, too.
        long seconds = remaining == 0 ? MONTH : (remaining / DAY + 1) * DAY;
        return Duration.ofSeconds(seconds).toHours() + "h";
    }

    /** Whether the lifetime is the reader's choice. */
    boolean isOpenEnded() {
        return remaining == 0;
    }
}
