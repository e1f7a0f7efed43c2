package dev.chainloop.token.advice;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Cure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One act of a plan.
 *
 * @param cure what it is a part of
 * @param where where it is done
 * @param condition when it is done, a phrase that follows "if"; empty for always
 * @param text the whole sentence, with place and condition; it ends in a colon when something follows
 * @param run commands of a POSIX shell, each complete; they can be pasted together, and only the last may read the terminal
 * @param put lines to put into a file
 * @param placeholders the words in {@code run} and {@code put} that the reader replaces
 */
public record Step(
        Cure cure,
        Where where,
        Optional<String> condition,
        String text,
        List<String> run,
        List<String> put,
        List<String> placeholders) {

    /** Where a step is done. */
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
    private static final String[] PLACEHOLDERS = ("ID NAME ORG ORGANIZATION PROJECT WORKFLOW ROLE OWNER/REPO SECRET KEY"
                    + " DEPLOYMENT UNIT IMAGE FUNCTION COMMAND FILE HOST:PORT")
            .split(" ", -1);

    /** Steps that are done only on a condition, a phrase that follows "if". */
    static List<Step> provided(String condition, List<Step> steps) {
        List<Step> all = new ArrayList<>();
        for (Step one : steps) {
            String text = (all.isEmpty() ? "If " + condition + ", " : "Then ")
                    + Character.toLowerCase(one.text.charAt(0))
                    + one.text.substring(1);
            Optional<String> own = one.condition.isPresent() ? one.condition : Optional.of(condition);
            all.add(new Step(one.cure, one.where, own, text, one.run, one.put, one.placeholders));
        }
        return all;
    }

    /** The same steps behind a sentence that is read first. */
    static List<Step> after(String sentence, List<Step> steps) {
        List<Step> all = new ArrayList<>(steps);
        Step one = all.get(0);
        all.set(
                0,
                new Step(one.cure, one.where, one.condition, sentence + one.text, one.run, one.put, one.placeholders));
        return all;
    }

    /** The same, with more at the end of its sentence, and perhaps in words alone. */
    Step ending(String more, boolean alone) {
        int end = text.lastIndexOf("; fill in ");
        String sentence = text.substring(0, end < 0 ? text.length() - 1 : end) + more;
        Step step = of(cure, where, sentence, alone ? List.of() : run, alone ? List.of() : put);
        return new Step(cure, where, condition, step.text, step.run, step.put, step.placeholders);
    }

    /** A step of a sentence without its end, which may begin with a condition. */
    static Step of(Cure cure, Where where, String sentence, List<String> run, List<String> put) {
        List<String> placeholders = new ArrayList<>();
        String lines = String.join("\n", run) + "\n" + String.join("\n", put);
        for (String placeholder : PLACEHOLDERS) {
            if (holds(lines, placeholder)) {
                placeholders.add(placeholder);
            }
        }
        Optional<String> condition = sentence.startsWith("If ")
                ? Optional.of(sentence.substring(3, sentence.indexOf(',')))
                : Optional.empty();
        String end = run.isEmpty() && put.isEmpty() ? "." : fillingIn(placeholders) + ":";
        return new Step(cure, where, condition, sentence + end, run, put, placeholders);
    }

    private static String fillingIn(List<String> placeholders) {
        int last = placeholders.size() - 1;
        if (last < 0) {
            return "";
        }
        String before = String.join(", ", placeholders.subList(0, last));
        return "; fill in " + before + (before.isEmpty() ? "" : " and ") + placeholders.get(last);
    }

    /** Whether lines hold a placeholder as a word of its own, and not as a part of a variable's name. */
    private static boolean holds(String lines, String placeholder) {
        for (int at = lines.indexOf(placeholder); at >= 0; at = lines.indexOf(placeholder, at + 1)) {
            int end = at + placeholder.length();
            if ((at == 0 || !isWord(lines.charAt(at - 1))) && (end == lines.length() || !isWord(lines.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }
}
