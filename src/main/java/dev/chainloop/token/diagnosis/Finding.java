package dev.chainloop.token.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * Something that a user should know about a token or its source. It holds claims as they are, hostile until sanitized,
 * but no ids, so that it may be shown in public.
 *
 * @param rule the rule that found it, for its stable id
 * @param severity how bad it is
 * @param message what is wrong, a sentence or two
 * @param cure what would make it right; {@code null} for nothing
 */
public record Finding(
        Rule rule,
        Severity severity,
        String message,
        @Nullable Cure cure) {
    Finding(Rule rule, String message, @Nullable Cure cure) {
        this(rule, rule.severity(), message, cure);
    }
}
