package dev.chainloop.token.diagnosis;

/**
 * Something that a user should know about a token or where it came from. Holds claims as they are: hostile until
 * sanitized; but no ids, so that it may be shown in public.
 *
 * @param rule the rule that found it, for its stable id
 * @param severity how bad it is
 * @param message what is wrong, a sentence or two
 * @param remedy what to do, with the exact command where there is one
 */
public record Finding(Rule rule, Severity severity, String message, String remedy) {
    Finding(Rule rule, String message, String remedy) {
        this(rule, rule.severity(), message, remedy);
    }
}
