package dev.chainloop.token.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of {@code src/test/judge/golang-jwt.txt}: a token and what golang-jwt says of it.
 *
 * @param row the token as the table writes it
 * @param bytes the token
 * @param theirs whether golang-jwt reads it with MapClaims
 * @param typed whether golang-jwt reads it with typed claims
 * @param ours whether this tool is to read it
 */
public record JudgedToken(String row, byte[] bytes, boolean theirs, boolean typed, boolean ours) {
    private static final Path TABLE = Path.of("src/test/judge/golang-jwt.txt");
    private static final int TOKEN_COLUMN = 30;

    /** All rows, in the table's order. */
    public static List<JudgedToken> all() throws IOException {
        List<JudgedToken> rows = new ArrayList<>();
        boolean refusedHere = false;
        for (String line : Files.readAllLines(TABLE)) {
            if (line.startsWith("[")) {
                refusedHere = line.endsWith("] here: malformed");
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                String[] verdicts = line.substring(0, TOKEN_COLUMN).split(" +");
                String row = line.substring(TOKEN_COLUMN);
                boolean theirs = !verdicts[1].equals("malformed");
                rows.add(new JudgedToken(
                        row,
                        new Notation(row).bytes(),
                        theirs,
                        !verdicts[2].equals("malformed"),
                        theirs && !refusedHere));
            }
        }
        return rows;
    }

    /** The token as a text, as Java reads a variable or an argument. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return row;
    }

    /** Reads the table's way to write a token. */
    private static final class Notation {
        private final String text;
        private int at;

        Notation(String text) {
            this.text = text;
        }

        byte[] bytes() {
            return until('\0');
        }

        private byte[] until(char end) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            while (at < text.length() && text.charAt(at) != end) {
                bytes.writeBytes(next());
            }
            at++;
            return bytes.toByteArray();
        }

        private byte[] next() {
            int start = at;
            if (text.charAt(at) == '<') {
                at++;
                byte[] inner = until('>');
                return ascii(TokenMint.encode(abbreviated(text.substring(start + 1, at - 1), inner)));
            }
            if (text.startsWith("%(", at)) {
                int blank = text.indexOf(' ', at);
                at = text.indexOf(')', at) + 1;
                int times = Integer.parseInt(text.substring(start + 2, blank));
                return new Notation(text.substring(blank + 1, at - 1).repeat(times)).bytes();
            }
            if (text.charAt(at) == '%') {
                at += 3;
                return new byte[] {(byte) Integer.parseInt(text.substring(start + 1, at), 16)};
            }
            at = text.offsetByCodePoints(at, 1);
            return text.substring(start, at).getBytes(StandardCharsets.UTF_8);
        }

        private static byte[] abbreviated(String name, byte[] otherwise) {
            return switch (name) {
                case "N" -> ascii("{\"alg\":\"none\"}");
                case "H" -> ascii(TokenMint.HS256);
                case "P" ->
                    ascii("{\"user_id\":\"u\",\"iss\":\"cp.chainloop\",\"aud\":[\"user-auth.chainloop\"],"
                            + "\"exp\":1767830400}");
                case "S" -> ascii("s".repeat(32));
                default -> otherwise;
            };
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
