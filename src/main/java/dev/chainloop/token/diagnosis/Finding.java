package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Something that a user should know about a token, its source, or the lack of an answer. Its texts quote claims, which are hostile
 * until sanitized; what is not for the public is marked in them by {@link Redaction}.
 *
 * @param id a stable word: the {@link Rule} that found it, the expectation that is not met, or the {@link Fault}
 * @param stage where the server refuses the token for it; empty where it does not
 * @param headline what is wrong: a clause, in lower case unless it begins with a name
 * @param more the sentences that follow
 * @param cure what would make it right, if anything would
 */
public record Finding(
        Keyword id, Severity severity, Optional<Stage> stage, String headline, List<String> more, Optional<Cure> cure) {
    static Finding of(Rule rule, String headline, Cure cure, String... more) {
        return new Finding(rule, rule.severity, rule.stage, headline, List.of(more), Optional.of(cure));
    }

    /** The same where the server refuses the token at another stage than usual. */
    Finding at(Stage other) {
        return new Finding(id, severity, Optional.of(other), headline, more, cure);
    }

    /** The same of another severity than usual. */
    Finding weighed(Severity other) {
        return new Finding(id, other, stage, headline, more, cure);
    }

    /** Why there is no answer, or an expectation that is not met. */
    public static Finding error(Keyword id, String headline, Optional<Cure> cure, String... more) {
        return new Finding(id, Severity.ERROR, Optional.empty(), headline, List.of(more), cure);
    }

    /** The same, as an error with another ID. */
    public Finding as(Keyword other) {
        return new Finding(other, Severity.ERROR, Optional.empty(), headline, more, cure);
    }

    /** Sorts by severity, the worst first, then in the order of the rules. */
    static void sort(List<Finding> findings) {
        findings.sort(Comparator.comparing(Finding::severity).thenComparing(one -> (Rule) one.id));
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    public String message() {
        return Phrases.capitalized(headline) + (headline.endsWith("?") ? "" : ".") + rest();
    }

    /** The sentences that follow, after a space. */
    public String rest() {
        return more.isEmpty() ? "" : " " + String.join(" ", more);
    }

    public Finding shown(UnaryOperator<String> filter) {
        List<String> sentences = new ArrayList<>(more);
        sentences.replaceAll(filter);
        return new Finding(id, severity, stage, filter.apply(headline), sentences, cure);
    }

    /** Whether the server comes to it before a stage. */
    public boolean isBefore(Stage other) {
        return stage.isPresent() && stage.get().compareTo(other) < 0;
    }

    /** Whether the server comes to it after a stage. */
    public boolean isBehind(Stage other) {
        return stage.isPresent() && stage.get().compareTo(other) > 0;
    }

    /** What is wrong with a token that the server refuses for it, a clause. */
    public String fault() {
        return id == Rule.NOT_YET_VALID ? "it is not valid yet" : stage.orElseThrow().fault;
    }

    /** Whether the server refuses the token for it whenever it looks at it; otherwise it only may. */
    public boolean isSure() {
        return id == Rule.ODD_CLAIM || (id instanceof Rule rule && rule.severity == Severity.ERROR);
    }
}
