package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a token is, by the judgment of the library that the CLI and the server read it with. */
public class JudgeTest {
    private static final int TOKEN_COLUMN = 30;
    private static final Pattern REPEATED = Pattern.compile("%\\(([0-9]+) ([^)]*)\\)");
    private static final Pattern ENCODED = Pattern.compile("<([^<>]*)>");
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-F]{2})");

    /** All rows of golang-jwt, in the table's order. */
    public static List<JudgedToken> rows() throws IOException {
        return read(Path.of("src/test/conformance/golang-jwt.txt"));
    }

    public static List<JudgedToken> read(Path table) throws IOException {
        List<JudgedToken> rows = new ArrayList<>();
        String section = "";
        int number = 0;
        for (String line : Files.readAllLines(table)) {
            number++;
            if (line.startsWith("[")) {
                section = line;
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                List<String> answers = List.of(line.substring(0, TOKEN_COLUMN).split(" +"));
                rows.add(new JudgedToken(
                        table.getFileName() + ":" + number, section, answers, line.substring(TOKEN_COLUMN)));
            }
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void readsWhatTheServerReadsButForTheWantedDifferences(JudgedToken judged) {
        assertEquals(judged.ours(), isRead(judged.text()), judged::row);
    }

    /** A false difference, or a leniency, has no place at the table's head. */
    @Test
    void eachWantedDifferenceIsOneAndIsStricter() throws IOException {
        List<JudgedToken> differences =
                rows().stream().filter(row -> row.theirs() != row.ours()).toList();
        assertTrue(differences.size() > 50, () -> differences.size() + " rows");
        assertEquals(rows().subList(0, differences.size()).toString(), differences.toString());
        differences.forEach(row -> assertTrue(row.theirs(), row::row));
    }

    private static boolean isRead(String text) {
        try {
            new Parser().decode(text);
            return true;
        } catch (MalformedTokenException e) {
            return false;
        }
    }

    /** Reads the table's way to write a token; a byte is a character until the end. */
    private static byte[] bytesOf(String row) {
        String bytes = new String(row.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String text = replaced(REPEATED, bytes, match -> match.group(2).repeat(Integer.parseInt(match.group(1))));
        // From the inside out: one may be in another.
        while (ENCODED.matcher(text).find()) {
            text = replaced(ENCODED, text, match -> TokenMint.encode(unescaped(unabbreviated(match.group(1)))));
        }
        return unescaped(text);
    }

    private static String unabbreviated(String text) {
        return switch (text) {
            case "N" -> "{\"alg\":\"none\"}";
            case "H" -> TokenMint.HS256;
            case "P" -> TokenMint.USER.replaceFirst("[0-9a-f-]{36}", "u");
            case "S" -> "s".repeat(32);
            default -> text;
        };
    }

    private static byte[] unescaped(String text) {
        return replaced(ESCAPE, text, match -> Character.toString(Integer.parseInt(match.group(1), 16)))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String replaced(Pattern pattern, String text, Function<MatchResult, String> by) {
        return pattern.matcher(text).replaceAll(match -> Matcher.quoteReplacement(by.apply(match)));
    }

    /**
     * A row of a table: a token and what is said about it.
     *
     * @param where the table's name and the line there
     * @param section the heading above it
     * @param row the token as the table writes it
     */
    public record JudgedToken(String where, String section, List<String> answers, String row) {
        /** Whether golang-jwt reads it with MapClaims. */
        private boolean theirs() {
            return !answers.get(1).equals("malformed");
        }

        /** Whether this tool is to read it. */
        public boolean ours() {
            return theirs() && !section.endsWith("] here: malformed");
        }

        public byte[] bytes() {
            return bytesOf(row);
        }

        /** The token as Java reads a variable or an argument. */
        public String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return where + " " + section + " " + row;
        }
    }
}
