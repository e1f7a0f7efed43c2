package dev.chainloop.token.explain;

import dev.chainloop.token.core.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a text: how bad each is, whose it is, and of which command. */
final class LogLines {
    /** A level stands near the start of its line. */
    private static final int NEAR = 100;

    /** A message is broken over at most this many lines. */
    private static final int WRAPPED = 3;

    /** The first group is what an error has. A lookbehind keeps a level from being the end of a word. */
    private static final Pattern LEVEL = Pattern.compile(
            "((?<![\\p{L}\\p{Nd}])(?:ERR|FTL|FATAL|Error )|panic: |\"level\":\"error\"|level=error|rror:"
                    + "|\\[error\\]|::error|(?<!\\S)(?:denied|unauthorized|fatal): |npm error)"
                    + "|(?<![\\p{L}\\p{Nd}])(?:WRN|WARN|INF|DBG|DEBUG|TRC)|\"level\":\"|level=|arning:");

    /** Text that only says that something failed before. */
    private static final Pattern CONSEQUENCE = Pattern.compile(
            "(?i)exit status|exit code|exited with (?:code|status)|attestation not yet initialized|finished: failure|\\*\\*\\*"
                    + " \\[");

    /** Text that only Chainloop's own lines have. */
    private static final Pattern OWN =
            Pattern.compile("(?<![\\p{L}\\p{Nd}])(?:ERR|FTL|WRN|DBG) |panic: |\"level\":\"error\"|rpc error: code"
                    + "|authentication error: |authorization error: ");

    final List<Line> all = new ArrayList<>();

    /** How bad a line is, the worst first. */
    enum Level {
        ERROR,
        NONE,
        LESSER
    }

    /**
     * A line, without its line break.
     *
     * @param goesOn whether it continues the line before it
     * @param command which of the commands in the text it belongs to
     * @param own whether Chainloop says it about its own servers, so that a common text in it means its message
     * @param store whether it is about the artifact store
     */
    record Line(
            int number, int end, String text, Level level, boolean goesOn, int command, boolean own, boolean store) {}

    LogLines(String text) {
        int command = 0;
        boolean failed = false;
        boolean after = false;
        for (int start = 0; start <= text.length(); ) {
            int number = all.size();
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed;
            String line = text.substring(start, end);
            String lower = Form.lower(line);
            Level level = level(line);
            // What GitLab runs after a failure did not end the job.
            after |= failed && line.contains("Running after_script");
            level = after && level == Level.ERROR ? Level.LESSER : level;
            failed |= level == Level.ERROR;
            boolean own = OWN.matcher(line).find();
            boolean goesOn = number > 0 && level == Level.NONE && !line.isEmpty() && " >|".indexOf(line.charAt(0)) >= 0;
            if (goesOn) {
                level = all.get(number - 1).level;
                own |= all.get(number - 1).own;
            }
            // With --debug, the CLI shows the addresses that it asks.
            own &= (!line.contains("\"http") || line.contains("DBG ")) && !Layer.OTHER_SERVICE.hasSign(lower);
            command += line.startsWith("$ ") || line.startsWith("+ ") || line.contains("##[group]Run ") ? 1 : 0;
            all.add(new Line(number, end, line, level, goesOn, command, own, Layer.STORAGE.hasSign(lower)));
            start = end + 1;
        }
    }

    private static Level level(String line) {
        Matcher found = LEVEL.matcher(line.length() > NEAR ? line.substring(0, NEAR) : line);
        return !found.find() ? Level.NONE : found.group(1) == null ? Level.LESSER : Level.ERROR;
    }

    /** The line that holds a character, which is this one or a later one. */
    Line at(int index, Line from) {
        Line line = from;
        while (line.end < index) {
            line = all.get(line.number + 1);
        }
        return line;
    }

    boolean isSingle() {
        return all.size() == 1;
    }

    /** Whether the text is not a log but one message, perhaps broken over a few lines. */
    boolean isOneMessage() {
        boolean plain = all.size() <= WRAPPED;
        for (Line line : all) {
            plain &= line.level == Level.NONE && line.command == 0;
        }
        return plain || isSingle();
    }

    /** Whether nothing failed, as far as the levels tell. */
    boolean isProgress() {
        boolean lesser = false;
        for (Line line : all) {
            if (line.level == Level.ERROR || isConsequence(line)) {
                return false;
            }
            lesser |= line.level == Level.LESSER;
        }
        return lesser;
    }

    /** Whether it only says that something failed before. */
    static boolean isConsequence(Line line) {
        return CONSEQUENCE.matcher(line.text).find();
    }

    /** The last line that is an error, but not the consequence of another. */
    Optional<Line> lastError() {
        return last(line -> !line.goesOn && !isConsequence(line));
    }

    private Optional<Line> last(Predicate<Line> errors) {
        for (int number = all.size() - 1; number >= 0; number--) {
            Line line = all.get(number);
            if (line.level == Level.ERROR && errors.test(line)) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    /** The last error in Chainloop's own words. */
    Optional<Line> lastOwn() {
        return last(line -> line.own && !line.goesOn);
    }

    /** The last line that may say why a command failed. */
    String lastTelling() {
        Optional<Line> error = lastError().or(() -> last(any -> true));
        return (error.isPresent() ? error.get() : all.get(all.size() - 1)).text;
    }
}
