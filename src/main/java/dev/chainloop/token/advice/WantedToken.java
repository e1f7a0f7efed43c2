package dev.chainloop.token.advice;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Durations;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Candidate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The token that a plan is to end with: all that a check expects of it, or one like the token at hand.
 *
 * @param kinds the kinds that will do; none for any, and only an API token has a scope
 * @param organization the organization's name or ID
 * @param project the project's name or ID
 * @param remaining seconds that it must last; 0 for no demand
 * @param longest seconds that it may last; {@link #ANY_TIME} for no demand, and it may never expire
 * @param wished seconds below which a check warns; 0 for no demand
 * @param open whether another kind would do, too, if it can do the work
 */
public record WantedToken(
        List<Audience> kinds,
        Optional<String> organization,
        Optional<String> project,
        long remaining,
        long longest,
        long wished,
        boolean open) {
    public static final long ANY_TIME = Long.MAX_VALUE;

    private static final long HOUR = 3600;
    private static final long DAY = 86_400;

    /** A login expires after this time. */
    private static final long WEEK = 7 * DAY;

    public static final WantedToken ANY =
            new WantedToken(List.of(), Optional.empty(), Optional.empty(), 0, ANY_TIME, 0, true);

    /** The same for a token of the same kind, if the token at hand has a kind. */
    public WantedToken like(Candidate token) {
        Optional<Audience> kind = token.matched();
        List<Audience> same = kind.isPresent() ? List.of(kind.get()) : List.of();
        return new WantedToken(same, organization, project, remaining, longest, wished, true);
    }

    boolean accepts(Audience kind) {
        boolean lasts = kind != Audience.USER || (remaining < WEEK && longest >= WEEK);
        return (kinds.isEmpty() || kinds.contains(kind)) && lasts;
    }

    /** Whether a plan may end with a kind: an accepted kind, or any that can do the work. */
    boolean allows(Audience kind) {
        return open || accepts(kind);
    }

    public boolean canBeMet() {
        return Arrays.stream(Audience.values()).anyMatch(this::accepts);
    }

    /** Whether a token is of an accepted kind, and for what is demanded. */
    boolean isMetBy(Token token) {
        return accepts(token.audience()) && (!(token instanceof ApiToken api) || isFor(api));
    }

    /** A token of an organization works in all of its projects. */
    private boolean isFor(ApiToken api) {
        boolean part = api.isOfProduct() || api.workflow().isPresent() || api.isOfInstance();
        return (organization.isEmpty() || api.organization().isMeantBy(organization.get()))
                && (project.isEmpty()
                        || (api.isOfProject()
                                ? api.project().isMeantBy(project.get())
                                : !part && api.organization().isPresent()));
    }

    /**
     * Whether a check neither fails because of its expiry, nor warns of it although a new token of its kind would last. A working
     * token that only expires too soon is not exchanged for one that expires sooner.
     */
    boolean isOutlastedBy(Candidate one, Candidate used) {
        Optional<Long> left = one.secondsToExpiry();
        long enough = one.isKind(Audience.USER) && wished >= WEEK && !used.isUsable() ? remaining : enough();
        if (left.isEmpty()) {
            return longest == ANY_TIME && !one.claims().has("exp");
        }
        boolean meant = used.isUsable() && isMetBy(used.token().orElseThrow());
        long own = meant ? used.secondsToExpiry().orElse(0L) : 0;
        return left.get() >= enough && left.get() <= longest && (left.get() > own || own > longest);
    }

    private long enough() {
        return Math.max(remaining, wished);
    }

    /** Seconds for which to create it: 30 days more than demanded, but no more than allowed. */
    private long lifetime() {
        return Math.min((days() + 30) * DAY, longest);
    }

    /** Days that are demanded; less than one needs no other lifetime than the usual. */
    private long days() {
        return enough() < DAY ? 0 : (enough() + DAY - 1) / DAY;
    }

    /** The same as the CLI takes it, which knows no days. */
    String expiration() {
        long seconds = lifetime();
        return seconds % HOUR == 0 ? seconds / HOUR + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** What is to be said about the lifetime: that it is the reader's choice, or that the demand leaves little of it. */
    String remark() {
        if (lifetime() == longest) {
            return " (the longest lifetime allowed)";
        }
        if (days() == 0) {
            return " (30 days; adjust --expiration"
                    + (longest == ANY_TIME ? ")" : ", at most " + Durations.length(longest) + ")");
        }
        return " (" + (days() + 30) + " days: 30 more than " + (wished > remaining ? "--warn" : "--min")
                + "-remaining)";
    }
}
