package dev.chainloop.token.explain;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The lines of a text in which its last error stands: those of level error, or those without a level. */
final class LogLines {
    /** The words of the Chainloop CLI's own levels; other programs have longer ones. */
    private static final List<String> OWN_LEVELS = List.of("INF", "DBG", "WRN", "TRC");

    private static final List<String> OWN_ERRORS = List.of("ERR", "FTL", "PNC");

    /** What a CI system, a shell or a wrapper says after the command that failed. */
    private static final List<String> ENDINGS =
            List.of("exit code", "exit status", "exited with", "error code", "job failed", "returned non-zero");

    /** What a command, or a job, says at its end where nothing failed. */
    private static final List<String> SUCCESSES = List.of(
            "push completed",
            "attestation initialized!",
            "added to attestation",
            "login successful",
            "job succeeded",
            "finished: success",
            "exit code 0",
            "exit status 0");

    private static final List<String> FAILURES = List.of("error", "fail", "panic", "fatal");

    /** What ends a level's mark, as in {@code ##[error]}, {@code ::error::} and {@code error: }. */
    private static final Pattern AFTER_LEVEL = Pattern.compile("^(?:\\]:? ?|:: ?|: )");

    private static final int LONGEST_ENDING = 100;
    private static final int MOST_ERRORS = 20;
    private static final int MOST_LINES = 100;
    private static final int MOST_LETTERS = 2000;

    /** Words that an earlier failure can cause. */
    private static final List<String> CONSEQUENCES = Arrays.stream(KnownMessage.values())
            .filter(message -> message.row().consequence)
            .flatMap(message -> message.texts().stream())
            .toList();

    /**
     * A line of level error, and those without a level after it.
     *
     * @param own whether its level is the CLI's own
     * @param successes how many commands had succeeded before
     * @param command the number of the command that the text shows before it
     */
    private record Entry(StringBuilder text, boolean own, int successes, int command) {
        boolean isConsequence() {
            return hasOneOf(CONSEQUENCES, text.toString());
        }
    }

    private final Deque<Entry> errors = new ArrayDeque<>();
    private final Deque<String> bare = new ArrayDeque<>();

    /** The command whose lines the bare ones are, and those before it, with its own command line. */
    private int command;

    private List<String> before = List.of();
    private boolean afterError;
    private boolean own;
    private boolean others;
    private boolean succeeded;
    private int successes;

    /** Adds a line of level error, without what stands before its words. */
    void addError(String level, String line, int number) {
        begin(number);
        errors.add(new Entry(
                new StringBuilder(cut(AFTER_LEVEL.matcher(line).replaceFirst(""))),
                OWN_ERRORS.contains(level),
                successes,
                number));
        if (errors.size() > MOST_ERRORS) {
            errors.removeFirst();
        }
        afterError = true;
        succeeded = false;
    }

    /** Adds a line of a lesser level. */
    void addLesser(String level, String line) {
        boolean success = hasOneOf(SUCCESSES, line);
        succeeded |= success;
        successes += success ? 1 : 0;
        boolean ofCli = OWN_LEVELS.contains(level);
        own |= ofCli;
        others |= !ofCli;
        afterError = false;
    }

    /**
     * Adds a line without a level, which goes on with an error before it.
     *
     * @param number that of the command that the text shows before it
     */
    void add(String line, int number) {
        if (line.isBlank()) {
            return;
        }
        begin(number);
        others = true;
        succeeded = hasOneOf(SUCCESSES, line) || (succeeded && !isEnding(line) && !hasOneOf(FAILURES, line));
        if (afterError) {
            StringBuilder error = errors.getLast().text;
            error.append(error.length() < MOST_LETTERS ? "\n" + cut(line) : "");
            return;
        }
        bare.add(cut(line));
        if (bare.size() > MOST_LINES) {
            bare.removeFirst();
        }
    }

    private void begin(int number) {
        if (number > command) {
            command = number;
            before = List.copyOf(bare);
            bare.clear();
        }
    }

    private static String cut(String line) {
        return line.substring(0, Math.min(line.length(), MOST_LETTERS));
    }

    /** Whether all are progress by the CLI's own levels. */
    boolean areProgress() {
        return own && !others && errors.isEmpty();
    }

    /** Whether the last command says that it succeeded, whatever it reported before, and nothing failed after that. */
    boolean tellSuccess() {
        return succeeded;
    }

    /** Whether there is a line of level error. */
    boolean haveError() {
        return !errors.isEmpty();
    }

    /** Whether one is of the CLI's own. */
    boolean haveOwnError() {
        return errors.stream().anyMatch(Entry::own);
    }

    /** What may say why the command failed: the last error, or all lines without a level that the last command wrote. */
    Optional<String> last() {
        if (haveError()) {
            return lastError().map(error -> error.text.toString());
        }
        Deque<String> rest = new ArrayDeque<>(bare.isEmpty() ? before : bare);
        while (rest.size() > 1 && isEnding(rest.getLast())) {
            rest.removeLast();
        }
        return rest.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", rest));
    }

    /** Who says why the command failed. */
    enum Speaker {
        CLI,
        /** Perhaps the CLI: it is all that there is. */
        NOBODY_ELSE,
        /** Perhaps another program. */
        ANYBODY
    }

    Speaker speaker() {
        boolean npm = errors.stream().anyMatch(error -> error.text.indexOf("!") == 0);
        long said =
                errors.size() + bare.stream().filter(line -> !isEnding(line)).count();
        boolean alone = said == 1 && !npm;
        return lastError().filter(Entry::own).isPresent() ? Speaker.CLI : alone ? Speaker.NOBODY_ELSE : Speaker.ANYBODY;
    }

    /** The CLI's own errors before those of others; a consequence does not hide the failure that can have caused it. */
    private Optional<Entry> lastError() {
        boolean ofCli = errors.stream().anyMatch(Entry::own);
        Optional<Entry> last = Optional.empty();
        for (Entry error : errors) {
            boolean explained = error.isConsequence()
                    && last.filter(one -> one.successes == error.successes).isPresent();
            boolean counts = (error.own || !ofCli) && !isEnding(error.text.toString()) && !explained;
            last = counts ? Optional.of(error) : last;
        }
        return last;
    }

    /** The number of the command whose error that is. */
    Optional<Integer> command() {
        return lastError().map(Entry::command);
    }

    /** How many commands have succeeded so far. */
    int successes() {
        return successes;
    }

    /** Whether the last error is not what an earlier failure can have caused, or nothing else is there. */
    boolean endInFailure() {
        return lastError().filter(error -> !error.isConsequence()).isPresent();
    }

    private static boolean isEnding(String lines) {
        String line = lines.lines().findFirst().orElse("");
        return line.length() < LONGEST_ENDING && hasOneOf(ENDINGS, line);
    }

    private static boolean hasOneOf(List<String> words, String line) {
        String lower = cut(line).toLowerCase(Locale.ROOT);
        return words.stream().anyMatch(lower::contains);
    }
}
