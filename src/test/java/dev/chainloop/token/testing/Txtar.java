package dev.chainloop.token.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Several texts in one file, in the format txtar of the Go project: a comment, then for each text a line {@code -- name --}
 * and its lines. What the format cannot hold, or a reader cannot see, is escaped: {@code @U+1B@} is that character,
 * and {@code @NOEOL@} at the end of a text removes its last line end.
 *
 * @param comment what stands above the first text
 * @param texts with their escapes, by name
 */
record Txtar(String comment, Map<String, String> texts) {
    private static final Pattern MARK = Pattern.compile("^-- (.+) --\n", Pattern.MULTILINE);
    private static final Pattern CHARACTER = Pattern.compile("@U\\+([0-9A-F]+)@");
    private static final String NO_END = "@NOEOL@\n";

    /**
     * Control characters but TAB and LF, those that change the direction of text or have no width, blanks at line
     * ends.
     */
    private static final Pattern HIDDEN = Pattern.compile(
            "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\t\n]]|[ \t](?=\n|\\z)|@(?=U\\+|NOEOL@)|^-(?=- .+ --$)",
            Pattern.MULTILINE);

    static Txtar parse(String file) {
        Map<String, String> texts = new LinkedHashMap<>();
        Matcher mark = MARK.matcher(file);
        String name = "";
        int start = 0;
        while (mark.find()) {
            put(texts, name, file.substring(start, mark.start()));
            name = mark.group(1);
            start = mark.end();
        }
        put(texts, name, file.substring(start));
        return new Txtar(texts.remove(""), texts);
    }

    private static void put(Map<String, String> texts, String name, String text) {
        if (texts.put(name, text) != null) {
            throw new IllegalArgumentException("there twice: " + name);
        }
    }

    String text(String name) {
        return texts.getOrDefault(name, "");
    }

    static String escape(String text) {
        String shown = HIDDEN.matcher(text)
                .replaceAll(match -> "@U+%X@".formatted(match.group().codePointAt(0)));
        return shown.isEmpty() || shown.endsWith("\n") ? shown : shown + NO_END;
    }

    static String unescape(String text) {
        String whole = text.endsWith(NO_END) ? text.substring(0, text.length() - NO_END.length()) : text;
        return CHARACTER
                .matcher(whole)
                .replaceAll(
                        match -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1), 16))));
    }

    @Override
    public String toString() {
        StringBuilder file = new StringBuilder(comment);
        texts.forEach(
                (name, text) -> file.append("-- ").append(name).append(" --\n").append(text));
        return file.toString();
    }
}
