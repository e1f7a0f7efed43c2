package dev.chainloop.token.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The lines of a text: how bad each is, whose it is, and of which command. */
final class LogLines {
    /** A level stands near the start of its line. */
    private static final int NEAR = 100;

    /** A message is broken over no more lines than that. */
    private static final int WRAPPED = 3;

    private static final String[] ERRORS = {
        "ERR", "FTL", "FATAL", "panic: ", "\"level\":\"error\"", "level=error", "rror:", "[error]", "::error", "Error "
    };
    private static final String[] LESSER = {
        "WRN", "WARN", "INF", "DBG", "DEBUG", "TRC", "\"level\":\"", "level=", "arning:"
    };

    /** What only says that something failed before, in lower case. */
    private static final String[] CONSEQUENCES = {
        "exit status", "exit code", "attestation not yet initialized", "finished: failure", "*** ["
    };

    /** What only a line of Chainloop's own has. */
    private static final String[] OWN = {
        "ERR ",
        "FTL ",
        "WRN ",
        "DBG ",
        "panic: ",
        "\"level\":\"error\"",
        "rpc error: code",
        "authentication error: ",
        "authorization error: "
    };

    private final String text;
    private final List<Line> lines = new ArrayList<>();

    /** How bad a line is, the worst first. */
    enum Level {
        ERROR,
        NONE,
        LESSER
    }

    /**
     * A line, without its end.
     *
     * @param goesOn whether it goes on with the line before it
     * @param command which of the commands that the text shows it is of
     * @param own whether Chainloop says it of Chainloop's own servers, so that a common text in it means its message
     * @param store whether it is about the artifact store
     */
    record Line(int number, int start, int end, Level level, boolean goesOn, int command, boolean own, boolean store) {}

    LogLines(String text) {
        this.text = text;
        int command = 0;
        for (int start = 0; start <= text.length(); ) {
            int number = lines.size();
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed;
            String line = text.substring(start, end);
            String lower = line.toLowerCase(Locale.ROOT);
            Level level = level(line);
            boolean own = first(line, OWN) < line.length();
            boolean goesOn = number > 0 && level == Level.NONE && !line.isEmpty() && " >|".indexOf(line.charAt(0)) >= 0;
            if (goesOn) {
                level = lines.get(number - 1).level;
                own |= lines.get(number - 1).own;
            }
            own &= !line.contains("\"http") && !Layer.OTHER_SERVICE.hasSign(lower);
            command += line.startsWith("$ ") || line.startsWith("+ ") || line.contains("##[group]Run ") ? 1 : 0;
            lines.add(new Line(number, start, end, level, goesOn, command, own, Layer.STORAGE.hasSign(lower)));
            start = end + 1;
        }
    }

    private static Level level(String line) {
        String head = line.length() > NEAR ? line.substring(0, NEAR) : line;
        int error = first(head, ERRORS);
        int lesser = first(head, LESSER);
        return error < head.length() && error <= lesser
                ? Level.ERROR
                : lesser < head.length() ? Level.LESSER : Level.NONE;
    }

    /** Where the first of some signs stands that no word goes on into; the line's length for nowhere. */
    private static int first(String line, String[] signs) {
        int first = line.length();
        for (String sign : signs) {
            int at = line.indexOf(sign);
            boolean word = Character.isUpperCase(sign.charAt(0));
            if (at >= 0 && (at == 0 || !word || !Character.isLetterOrDigit(line.charAt(at - 1)))) {
                first = Math.min(first, at);
            }
        }
        return first;
    }

    String line(Line line) {
        return text.substring(line.start, line.end);
    }

    /** The line that holds a character, which is this one or a later one. */
    Line at(int index, Line from) {
        Line line = from;
        while (line.end < index) {
            line = lines.get(line.number + 1);
        }
        return line;
    }

    Line first() {
        return lines.get(0);
    }

    boolean isSingle() {
        return lines.size() == 1;
    }

    /** Whether the text is no log, but one message, perhaps broken over a few lines. */
    boolean isOneMessage() {
        boolean plain = lines.size() <= WRAPPED;
        for (Line line : lines) {
            plain &= line.level == Level.NONE && line.command == 0;
        }
        return plain || isSingle();
    }

    /** Whether the text is a person's own sentence, in which any known text is meant. */
    boolean isSentence() {
        return isSingle() && lines.get(0).level == Level.NONE && text.indexOf(':') < 0;
    }

    /** Whether nothing failed, as far as the levels tell. */
    boolean isProgress() {
        boolean lesser = false;
        for (Line line : lines) {
            if (line.level == Level.ERROR || isConsequence(line)) {
                return false;
            }
            lesser |= line.level == Level.LESSER;
        }
        return lesser;
    }

    private boolean isConsequence(Line line) {
        return Layer.has(line(line).toLowerCase(Locale.ROOT), CONSEQUENCES);
    }

    /** The last line that is an error and no consequence of one. */
    Optional<Line> lastError() {
        for (int number = lines.size() - 1; number >= 0; number--) {
            Line line = lines.get(number);
            if (line.level == Level.ERROR && !line.goesOn && !isConsequence(line)) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    /** The last line that may say why a command failed. */
    String lastTelling() {
        Optional<Line> error = lastError();
        return line(error.isPresent() ? error.get() : lines.get(lines.size() - 1));
    }
}
