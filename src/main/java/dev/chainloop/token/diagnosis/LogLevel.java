package dev.chainloop.token.diagnosis;

import java.util.Locale;

/** The level of a log line, the most severe first. */
enum LogLevel {
    ERROR,
    /** None is given. */
    NONE,
    /** Warnings, notes and less, which do not end a command. */
    LESS;

    private static final int MAX_WORDS = 6;
    private static final int MAX_LENGTH = 300;

    /** The level of the line that starts at an index of a text: a word near its start, or a member or field {@code level}. */
    static LogLevel ofLine(String text, int start) {
        int end = text.indexOf('\n', start);
        String line = text.substring(start, Math.min(end < 0 ? text.length() : end, start + MAX_LENGTH));
        int field = line.indexOf("level");
        if (field >= 0) {
            int from = field + "level".length();
            while (from < line.length() && "\": =".indexOf(line.charAt(from)) >= 0) {
                from++;
            }
            int to = from;
            while (to < line.length() && Character.isLetter(line.charAt(to))) {
                to++;
            }
            LogLevel level = ofWord(line.substring(from, to).toUpperCase(Locale.ROOT));
            if (level != NONE) {
                return level;
            }
        }
        String[] words = line.split(" ", MAX_WORDS + 1);
        for (int i = 0; i < words.length && i < MAX_WORDS; i++) {
            LogLevel level = ofWord(words[i]);
            if (level != NONE) {
                return level;
            }
        }
        return NONE;
    }

    /** The level that a word names in the way logs do: in capitals, or before a colon. */
    static LogLevel ofWord(String word) {
        if (word.startsWith("##[error]") || word.startsWith("::error")) {
            return ERROR;
        }
        int start = 0;
        while (start < word.length() && !Character.isLetter(word.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < word.length() && Character.isLetter(word.charAt(end))) {
            end++;
        }
        String name = word.substring(start, end);
        if (word.endsWith(":")) {
            name = name.toUpperCase(Locale.ROOT);
        }
        return switch (name) {
            case "ERR", "ERROR", "ERRO", "FTL", "FATAL", "FATA", "PNC", "PANIC" -> ERROR;
            case "WRN", "WARN", "WARNING", "INF", "INFO", "DBG", "DEBUG", "DEBU", "TRC", "TRACE" -> LESS;
            default -> NONE;
        };
    }
}
