package dev.chainloop.token.explain;

import java.util.Arrays;
import java.util.Locale;

/** The lines of a text: what level each has, and which command it is of. */
final class LogLines {
    private static final String ERRORS = " ERR ERRO ERROR FTL FATA FATAL PNC PANIC Error ";
    private static final String LESSER = " WRN WARN WARNING INF INFO DBG DEBU DEBUG TRC TRACE ";

    /** A level stands near the start of its line. */
    private static final int NEAR = 100;

    /** A message is broken over no more lines than that. */
    private static final int WRAPPED = 3;

    /** What only says that something failed before, in lower case. */
    private static final String[] CONSEQUENCES = {
        "exit status", "exit code", "attestation not yet initialized", "finished: failure", "*** ["
    };

    private final String text;
    private final int[] starts;
    private final Level[] levels;
    private final int[] commands;
    private boolean failed;

    /** What a line is, the worst first. */
    enum Level {
        ERROR,
        NONE,
        LESSER
    }

    LogLines(String text) {
        this.text = text;
        int count = 1;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            count++;
        }
        starts = new int[count];
        levels = new Level[count];
        commands = new int[count];
        for (int number = 0, start = 0; number < count; number++) {
            starts[number] = start;
            start = text.indexOf('\n', start) + 1;
        }
        int command = 0;
        for (int number = 0; number < count; number++) {
            String line = line(number);
            command += isCommand(line) ? 1 : 0;
            commands[number] = command;
            levels[number] = levelOf(line);
            if (goesOn(number) && levels[number] == Level.NONE) {
                levels[number] = levels[number - 1];
            }
            failed |= levels[number] == Level.ERROR || isConsequence(line);
        }
    }

    private static boolean isCommand(String line) {
        return line.startsWith("$ ") || line.startsWith("+ ") || line.contains("##[group]Run ");
    }

    /** The level that a line names: a word in capitals, or one before a colon or behind {@code level}. */
    private static Level levelOf(String line) {
        int most = Math.min(line.length(), NEAR);
        boolean named = false;
        for (int i = 0; i < most; i++) {
            int start = i;
            while (i < line.length() && Character.isLetter(line.charAt(i))) {
                i++;
            }
            String word = line.substring(start, i);
            boolean marked = named || line.startsWith(":", i) || line.startsWith("]", i);
            String upper = marked && word.length() <= 7 ? word.toUpperCase(Locale.ROOT) : word;
            if (word.length() > 2 && ERRORS.contains(" " + upper + " ")) {
                return Level.ERROR;
            }
            if (word.length() > 2 && LESSER.contains(" " + upper + " ")) {
                return Level.LESSER;
            }
            named = word.isEmpty() ? named : word.equals("level");
        }
        return Level.NONE;
    }

    /** Whether a word is a level as the CLI writes it. */
    static boolean isLevel(String word) {
        return word.length() > 2 && (ERRORS.contains(" " + word + " ") || LESSER.contains(" " + word + " "));
    }

    private static boolean isConsequence(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        for (String sign : CONSEQUENCES) {
            if (lower.contains(sign)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a line goes on with the one before it. */
    private boolean goesOn(int number) {
        int start = starts[number];
        return number > 0 && start < text.length() && " >|".indexOf(text.charAt(start)) >= 0;
    }

    /** The first line of those that a line goes on with. */
    int firstOf(int number) {
        int first = number;
        while (first > number - 8 && goesOn(first)) {
            first--;
        }
        return first;
    }

    /** A line with those that it goes on with. */
    String whole(int number) {
        return text.substring(starts[firstOf(number)], end(number));
    }

    String line(int number) {
        return text.substring(starts[number], end(number));
    }

    private int end(int number) {
        return number + 1 < starts.length ? starts[number + 1] - 1 : text.length();
    }

    int numberAt(int index) {
        int found = Arrays.binarySearch(starts, index);
        return found >= 0 ? found : -found - 2;
    }

    Level level(int number) {
        return levels[number];
    }

    /** Which of the commands that the text shows a line is of. */
    int command(int number) {
        return commands[number];
    }

    boolean isSingle() {
        return starts.length == 1;
    }

    /** Whether the text is no log, but one message, perhaps broken over a few lines. */
    boolean isOneMessage() {
        boolean log = starts.length > WRAPPED || commands[starts.length - 1] > 0;
        for (int number = 0; !log && number < starts.length; number++) {
            log = levels[number] != Level.NONE;
        }
        return isSingle() || !log;
    }

    /** Whether the text is a person's own sentence, in which any known text is meant. */
    boolean isSentence() {
        return isSingle() && levels[0] == Level.NONE && text.indexOf(':') < 0;
    }

    /** Whether nothing failed, as far as the levels tell. */
    boolean isProgress() {
        boolean lesser = false;
        for (Level level : levels) {
            lesser |= level == Level.LESSER;
        }
        return lesser && !failed;
    }

    /** The last line that is an error and no consequence of one; -1 for none. */
    int lastError() {
        for (int number = starts.length - 1; number >= 0; number--) {
            if (levels[number] == Level.ERROR && !goesOn(number) && !isConsequence(line(number))) {
                return number;
            }
        }
        return -1;
    }

    /** The last line that may say why a command failed. */
    String lastTelling() {
        int error = lastError();
        for (int number = starts.length - 1; error < 0 && number >= 0; number--) {
            if (!line(number).isBlank()) {
                error = number;
            }
        }
        return error < 0 ? "" : line(error);
    }

    /** Whether a line ends so. */
    boolean hasEnd(String end) {
        for (int number = 0; number < starts.length; number++) {
            if (line(number).stripTrailing().endsWith(end)) {
                return true;
            }
        }
        return false;
    }
}
