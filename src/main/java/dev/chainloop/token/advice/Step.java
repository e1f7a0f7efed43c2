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
 * @param run commands of the reader's shell, each complete; they can be pasted together, and only the last may read the terminal
 * @param put lines to put into a file
 * @param placeholders the words in {@code run} and {@code put} that the reader replaces
 * @param enough whether nothing more is to be done where its condition holds
 */
public record Step(
        Cure cure,
        Where where,
        Optional<String> condition,
        String text,
        List<String> run,
        List<String> put,
        List<String> placeholders,
        boolean enough) {

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

    private static final String ADDRESS = "HOST:PORT";

    private static final String SECTIONS_VARIABLES = "environment=";

    /** The words that stand for what only the reader knows. */
    private static final String[] PLACEHOLDERS =
            ("ID ORGANIZATION PROJECT WORKFLOW OWNER/NAME TOKEN SECRET KEY DEPLOYMENT"
                            + " UNIT IMAGE CONTAINER JOB HOSTNAME NAMESERVER FOLDER COMMAND TARGET DIGEST FILE HOST HOST:PORT ENVIRONMENT GROUP USER"
                            + " SERVICE CLUSTER PROCESS ARN FUNCTION EMAIL ROLE VERSION BUCKET REGION PASSWORD PORT FAMILY PATH ENGINE CONNECTION VAULT APP VAULT_ID SECRET_URI BACKEND SIZE SCHEDULE KIND CONTRACT")
                    .split(" ", -1);

    /**
     * A step that is always done.
     *
     * @param sentence an imperative without its full stop
     */
    static Step of(Cure cure, Where where, String sentence, List<String> run, List<String> put) {
        List<String> all = new ArrayList<>(run);
        all.addAll(put);
        List<String> placeholders = new ArrayList<>();
        for (String placeholder : PLACEHOLDERS) {
            if (all.stream().anyMatch(line -> holds(without(line, placeholder), placeholder))) {
                placeholders.add(placeholder);
            }
        }
        String end =
                all.isEmpty() ? "." : placeholders.isEmpty() ? ":" : "; fill in " + enumeration(placeholders) + ":";
        return new Step(cure, where, Optional.empty(), capitalized(sentence) + end, run, put, placeholders, false);
    }

    /**
     * The same steps on a condition, which only the first of them says; a step with a condition of its own keeps that.
     *
     * @param condition a phrase that follows "if"; empty for always
     */
    static List<Step> provided(String condition, List<Step> steps) {
        if (condition.isEmpty()) {
            return steps;
        }
        List<Step> all = new ArrayList<>();
        for (Step one : steps) {
            all.add(
                    one.condition.isPresent()
                            ? one
                            : one.on(condition, all.isEmpty() ? "If " + condition + "," : "Then"));
        }
        return all;
    }

    /** Whether both set variables in the one line for them that supervisord reads in a program's section. */
    boolean joinsWith(Step next) {
        return condition.isEmpty()
                && next.condition.isEmpty()
                && setsInSection()
                && next.setsInSection()
                && put.get(0).equals(next.put.get(0));
    }

    private boolean setsInSection() {
        return run.isEmpty() && put.size() == 2 && put.get(1).startsWith(SECTIONS_VARIABLES);
    }

    /** Both acts as one. */
    Step with(Step next) {
        String variables = put.get(1) + "," + next.put.get(1).substring(SECTIONS_VARIABLES.length());
        return of(cure, where, sentence() + ". " + next.sentence(), List.of(), List.of(put.get(0), variables));
    }

    /** The text without what announces the lines. */
    private String sentence() {
        int end = placeholders.isEmpty() ? text.length() - 1 : text.lastIndexOf("; fill in ");
        return text.substring(0, end);
    }

    /** The same without a phrase that a step before has said. */
    Step without(String phrase) {
        return new Step(cure, where, condition, text.replace(phrase, ""), run, put, placeholders, enough);
    }

    private Step on(String condition, String start) {
        return saying(Optional.of(condition), start);
    }

    private Step saying(Optional<String> when, String start) {
        String sentence = start + " " + Character.toLowerCase(text.charAt(0)) + text.substring(1);
        return new Step(cure, where, when, sentence, run, put, placeholders, enough);
    }

    /** The same step, which is all that there is to do. */
    Step thatIsEnough() {
        return new Step(cure, where, condition, text, run, put, placeholders, true);
    }

    /** The same step, for where one before it that is enough does not apply. */
    Step otherwise() {
        return condition.isPresent() ? this : saying(condition, "Otherwise,");
    }

    static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String enumeration(List<String> words) {
        int last = words.size() - 1;
        return (last == 0 ? "" : String.join(", ", words.subList(0, last)) + " and ") + words.get(last);
    }

    /** A line without the one placeholder that others are a part of. */
    private static String without(String line, String placeholder) {
        return placeholder.equals(ADDRESS) ? line : line.replace(ADDRESS, "");
    }

    /** Whether a line holds a placeholder as a word of its own, and not as a part of a variable's name. */
    private static boolean holds(String line, String placeholder) {
        for (int at = line.indexOf(placeholder); at >= 0; at = line.indexOf(placeholder, at + 1)) {
            int end = at + placeholder.length();
            if ((at == 0 || !isWord(line.charAt(at - 1))) && (end == line.length() || !isWord(line.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }
}
