package dev.chainloop.token.advice;

import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Phrases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One act of a plan.
 *
 * @param cure what it is a part of
 * @param where where it is done
 * @param condition when it is done, a phrase that follows "if"; empty for always
 * @param act what is done, a sentence without its end, in lower case
 * @param run commands of a POSIX shell, each complete; they can be pasted together, and only the last may read the terminal
 * @param put lines to put into a file
 */
public record Step(Cure cure, Where where, Optional<String> condition, String act, List<String> run, List<String> put) {

    public enum Where implements Keyword {
        /** In the place that the plan is for. */
        HERE,
        /** Where a person can log in. */
        OWN_MACHINE,
        /** In the settings or files of the pipeline, pod or service. */
        PIPELINE,
        /** Whoever runs the control plane, or the organization. */
        ADMINISTRATOR
    }

    /** The words that stand for what only the reader knows. */
    private static final List<String> PLACEHOLDERS =
            List.of(("ID NAME ORG ORGANIZATION PROJECT WORKFLOW ROLE OWNER/REPO"
                            + " SECRET KEY DEPLOYMENT UNIT IMAGE FUNCTION COMMAND FILE HOST:PORT")
                    .split(" ", -1));

    /** The same, with more at the end of its sentence, and perhaps in words alone. */
    public Step ending(String more, boolean alone) {
        return new Step(cure, where, condition, act + more, alone ? List.of() : run, alone ? List.of() : put);
    }

    /** The same on a condition, a phrase that follows "if". */
    Step provided(String phrase) {
        return new Step(cure, where, Optional.of(phrase), "if " + phrase + ": " + act, run, put);
    }

    public Step shown(UnaryOperator<String> filter) {
        List<String> commands = new ArrayList<>(run);
        commands.replaceAll(filter);
        List<String> lines = new ArrayList<>(put);
        lines.replaceAll(filter);
        return new Step(cure, where, condition, filter.apply(act), commands, lines);
    }

    /** The words in {@code run} and {@code put} that the reader replaces. */
    public List<String> placeholders() {
        String lines = String.join("\n", run) + "\n" + String.join("\n", put);
        List<String> words = new ArrayList<>();
        // Without a pattern, which makes classes at each start.
        for (int i = 0; i < lines.length(); i++) {
            for (String word : isWithin(lines, i - 1) ? List.<String>of() : PLACEHOLDERS) {
                boolean whole = lines.startsWith(word, i) && !isWithin(lines, i + word.length());
                if (whole && !words.contains(word)) {
                    words.add(word);
                }
            }
        }
        return words;
    }

    /** Whether a character at a place would make a word longer. */
    private static boolean isWithin(String text, int at) {
        return at >= 0 && at < text.length() && Form.isBase64Url(text.charAt(at));
    }

    /** The whole sentence, with place and condition; it ends in a colon when something follows. */
    public String text() {
        List<String> open = placeholders();
        String end = run.isEmpty() && put.isEmpty() ? "." : ":";
        return Phrases.capitalized(act) + (open.isEmpty() ? "" : "; fill in " + Phrases.list(open, "and")) + end;
    }
}
