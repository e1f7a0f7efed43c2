package dev.chainloop.token.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * Something that a user should know about a token or its source. It holds claims as they are, hostile until sanitized,
 * but no ids, so that it may be shown in public.
 *
 * @param rule the rule that found it, for its stable id
 * @param severity how bad it is
 * @param stage where the server refuses the token for it; {@code null} where it does not
 * @param headline what is wrong, a sentence without its full stop
 * @param more sentences that follow; empty for none
 * @param cure what would make it right; {@code null} for nothing
 */
public record Finding(
        Rule rule,
        Severity severity,
        @Nullable Stage stage,
        String headline,
        String more,
        @Nullable Cure cure) {
    Finding(Rule rule, String headline, String more, @Nullable Cure cure) {
        this(rule, rule.severity(), rule.stage(), headline, more, cure);
    }

    Finding(Rule rule, Severity severity, String headline, String more, @Nullable Cure cure) {
        this(rule, severity, rule.stage(), headline, more, cure);
    }

    /** All that is to be said. */
    public String message() {
        return more.isEmpty() ? headline + "." : headline + ". " + more;
    }

    /** Whether the server comes to it before a stage. */
    public boolean isBefore(@Nullable Stage other) {
        return stage != null && other != null && stage.compareTo(other) < 0;
    }

    /** What is wrong, a clause about the token. */
    public String fault() {
        return rule == Rule.NOT_YET_VALID ? "it is not valid yet" : stage == null ? "" : stage.fault();
    }

    /** Whether the server refuses the token for it where it looks at it; otherwise it only may. */
    public boolean isSure() {
        return rule.severity() == Severity.ERROR || rule == Rule.ODD_CLAIM;
    }

    /** Whether some call of the server refuses the token for it. */
    public boolean isRefused() {
        return stage != null && isSure();
    }
}
