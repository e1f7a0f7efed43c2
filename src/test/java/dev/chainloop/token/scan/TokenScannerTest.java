package dev.chainloop.token.scan;

import static dev.chainloop.token.testing.TokenMint.segment;
import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In what is expected, {@code «} and {@code »} stand around each token, and {@code !} in front of a token that is cut off. */
@Order(2)
final class TokenScannerTest {
    private static final String HEADER = segment("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    private static final String SIGNATURE = "hQUY7t0nF2ERAAYQ-xMXZs8ED3kXBBfE5ZpdPwTMfJ4";
    private static final String PAYLOAD = segment("{\"user_id\":\"u\",\"aud\":[\"user-auth.chainloop\"]}");
    private static final String TOKEN = HEADER + "." + PAYLOAD + "." + SIGNATURE;

    /** As GitHub issues it: its header begins with {@code typ}. */
    private static final String GITHUB = segment("{\"typ\":\"JWT\",\"alg\":\"RS256\",\"kid\":\"k\"}") + "."
            + segment("{\"sub\":\"repo:o/r:ref\",\"iss\":\"https://token.actions.example\"}") + "." + random(342);

    private static final String UNSIGNED = segment("{\"alg\":\"none\"}") + "." + segment("{\"a\":1}") + ".";
    private static final String SPACED =
            segment("{\n \"alg\" : \"HS256\" }\n") + "." + segment("{ \"a\":1}") + "." + SIGNATURE;
    private static final String BLANK =
            segment("{ \"kid\":\"ü\", \"alg\":\"HS256\"}") + "." + PAYLOAD + "." + SIGNATURE;
    private static final String DETACHED = HEADER + ".." + SIGNATURE;
    private static final String JWE = segment("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}")
            + "..48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6ji.XFBoMYUZodetZdvTiFvSkQ";
    private static final List<String> TOKENS = List.of(TOKEN, GITHUB, UNSIGNED, SPACED, BLANK, DETACHED, JWE);

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String random(int letters) {
        byte[] bytes = new byte[letters];
        new Random(letters).nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes).substring(0, letters);
    }

    private static String wrapped(String text, int width, String lineEnd) {
        return text.replaceAll("(.{" + width + "})(?!$)", "$1" + lineEnd);
    }

    /** What streams.md promises: a token in one piece, as issuers write it, whatever stands around it. */
    static Stream<String> dresses() {
        return Stream.of(
                        "%s ",
                        " %s\nnext line",
                        "%s\r\nnext",
                        "\"%s\"",
                        "Bearer %s,",
                        "https://h/?token=%s&x=1",
                        "https://h/%s/x",
                        "{\"t\":\"%s\"}",
                        "{\\\"t\\\":\\\"%s\\\"}",
                        "\u001b[31m%s\u001b[0m",
                        "\\n%s\\n",
                        "\\t%s\\t",
                        "%%20%s%%20",
                        "&#32;%s&#32;",
                        "u0026%s=",
                        "user_%s;",
                        "eyJhIjoi-%s;",
                        "a.b.%s (",
                        "v1.2.3 %s %s;",
                        "\0%s\0",
                        "<%s>",
                        "“%s”",
                        "%s…",
                        "A=1\0T=%s\0B=2")
                .flatMap(dress ->
                        TOKENS.stream().map(token -> dress.replace("%%", "%").replace("%s", "«" + token + "»")));
    }

    /** What streams.md promises: the same in base64, after any text, and masked to its end. */
    static Stream<String> dressesInBase64() {
        return Stream.of("", "u", "us", "afW", "user:", "{\"auths\":{\"r\":{\"auth\":\"", "eyJ ZXlK \u00ff>?~: ")
                .flatMap(front -> TOKENS.stream().flatMap(token -> {
                    String kept = base64(front).replaceAll("=*$", "");
                    // The last character stands for the token's first bits, too.
                    kept = front.getBytes(StandardCharsets.UTF_8).length % 3 == 0
                            ? kept
                            : kept.substring(0, kept.length() - 1);
                    String all = base64(front + token + "\"}\n");
                    String padding = all.substring(all.replaceAll("=*$", "").length());
                    String one = kept + "«" + token + "»" + padding;
                    return Stream.of("secret: " + one + "\nnext", "'" + one + "' x")
                            .map(marked -> marked + "¶" + all);
                }));
    }

    @ParameterizedTest
    @MethodSource("dresses")
    void promisedTokensAreFoundWhereverTheStreamIsCut(String expected) throws IOException {
        assertFound(expected, expected.replaceAll("[«»]", ""));
    }

    @ParameterizedTest
    @MethodSource("dressesInBase64")
    void promisedTokensAreFoundInBase64(String row) throws IOException {
        String[] parts = row.split("¶", -1);
        String text = parts[0].replaceAll("[^ ']*«.*»=*", parts[1]);
        assertFound(parts[0], text);
    }

    private static void assertFound(String expected, String text) throws IOException {
        byte[] input = text.getBytes(StandardCharsets.UTF_8);
        for (int piece : new int[] {input.length + 1, 1, 2, 3, 7, 64}) {
            assertEquals(expected, marked(input, piece, piece), "in pieces of " + piece);
        }
        for (int cut = 0; cut < input.length; cut += 1 + input.length / 50) {
            assertEquals(expected, marked(input, cut, input.length), "cut at " + cut);
        }
    }

    private static final class Marks implements TokenScanner.Sink {
        private final StringBuilder marked = new StringBuilder();

        @Override
        public void text(byte[] bytes, int from, int to) {
            marked.append(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void token(String compact, boolean cut) {
            marked.append(cut ? "!\u0001" : "\u0001").append(compact).append('\u0002');
        }

        String text() {
            return new String(marked.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                    .replace('\u0001', '«')
                    .replace('\u0002', '»');
        }
    }

    private static String marked(byte[] input, int first, int piece) throws IOException {
        Marks marks = new Marks();
        feed(new TokenScanner(marks), input, first, piece);
        return marks.text();
    }

    private static void feed(TokenScanner scanner, byte[] input, int first, int piece) throws IOException {
        byte[] buffer = {};
        int length = first;
        for (int at = 0; at <= input.length; at += length, length = piece) {
            int to = Math.min(input.length, at + length);
            int kept = buffer.length;
            buffer = Arrays.copyOf(buffer, kept + to - at);
            System.arraycopy(input, at, buffer, kept, to - at);
            int decided = scanner.scan(buffer, buffer.length, at + length > input.length);
            buffer = Arrays.copyOfRange(buffer, decided, buffer.length);
        }
    }

    /** The beginning of a token at the end of a line; a token that is cut off inside its signature looks whole. */
    static Stream<String> cuts() {
        String half = HEADER.substring(0, 24);
        return Stream.of(
                        "x !«" + half + "»%n",
                        "x !«" + HEADER.substring(0, 20) + "»%n",
                        "x !«" + HEADER + "»%n",
                        "x !«" + HEADER + ".»%n",
                        "x !«" + HEADER + ".abc»%n",
                        "x !«" + HEADER + "." + PAYLOAD + "»%n",
                        "x !«" + segment("{\"enc\":\"A256GCM\",") + "»%n",
                        "x «" + HEADER + "." + PAYLOAD + ".»%n",
                        "x «" + TOKEN.substring(0, TOKEN.length() - 30) + "»%n",
                        "x " + HEADER.substring(0, 19) + "%n",
                        "x " + half + "...%n",
                        "x " + HEADER + "...%n",
                        "x " + HEADER + ".abcdefghi...%n",
                        "x «" + HEADER + "." + PAYLOAD + "»...%n",
                        "x " + half + "…%n",
                        "x " + half + " y%n",
                        "x " + HEADER + ". y%n",
                        "x " + segment("{\"name\":\"web\",\"more\":\"") + "%n")
                .flatMap(row -> Stream.of("\nnext", "\r\nnext", "").map(end -> row.replace("%n", end)));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void theBeginningOfATokenAtTheEndOfALineIsFoundAndReported(String expected) throws IOException {
        assertFound(expected, expected.replaceAll("!?[«»]", ""));
    }

    /** Text that is not a token, alone and before and after other lines. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.b.c",
                "www.example.org",
                "eyJ",
                "starts with eyJ.",
                "com.example.eyJacket.Main.and.more.names",
                "org.springframework.web.servlet.FrameworkServlet.processRequest",
                "eyJeyJeyJeyJeyJeyJeyJeyJeyJeyJ.aaaaaaaaaaa.b",
                "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
                "3b4c1f0e9d8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c",
                "eyJjdXJzb3IiOiJhIn0",
                "WyJhbGciXQ.aaaaaaaaa.bbbbbbbbbb",
                "ZXlKIHRoYXQgaXMgbm8gdG9rZW4gYXQgYWxsLCBidXQgYmVnaW5zIGxpa2Ugb25l"
            })
    void nothingElseIsFound(String other) throws IOException {
        for (String text : List.of(other, "before " + other + "\nafter " + other, other + "\r\n")) {
            assertFound(text, text);
        }
    }

    @Test
    void textGluedToATokenIsMaskedWithIt() throws IOException {
        assertFound("x «" + TOKEN + TOKEN + "» y", "x " + TOKEN + TOKEN + " y");
        assertFound("x «" + TOKEN + ".txt». y", "x " + TOKEN + ".txt. y");
        assertEquals(List.of(TOKEN, GITHUB), TokenScanner.find(TOKEN + " and " + GITHUB + "."));
    }

    /** A registry's Secret has the token once more in {@code auth}, in base64. */
    @Test
    void base64ThatHeldATokenIsMaskedToItsEnd() throws IOException {
        String secret = base64("{\"r\":{\"password\":\"" + TOKEN + "\",\"auth\":\"" + base64("u:" + TOKEN) + "?>~\"}}");
        assertFound(
                "x: eyJyIjp7InBhc3N3b3JkIjoi«" + TOKEN + "»" + secret.replaceAll("[^=]", "") + "\nnext",
                "x: " + secret + "\nnext");
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 10, 128 << 10})
    void textTooLongForATokenIsMaskedToItsEndAndNotKept(int piece) throws IOException {
        String token = HEADER + "." + "x".repeat(3 << 20);
        for (String text : List.of("a " + token + "/+A b", "a " + base64("user:" + token) + " b")) {
            String masked = marked(text.getBytes(StandardCharsets.US_ASCII), piece, piece);
            assertEquals(
                    (text.startsWith("a e") ? "a «" : "a dXNlcj«") + "»" + text.replaceAll("[^=]", "") + " b",
                    masked.replaceAll("«[^»]*»", "«»"));
        }
    }

    /** For each loop of the search, text that keeps it busy, as it is, in a header and in base64. */
    static Stream<Arguments> hostile() {
        return Stream.of(
                        "A",
                        ".",
                        "e",
                        "ey",
                        "eyJ",
                        "eyJhIjoi",
                        "ZXlK",
                        "ZXlKaElqb2k",
                        "ZXlKGV5KBleU",
                        HEADER,
                        HEADER + ".",
                        HEADER + ".\n",
                        HEADER.substring(0, 28) + "\n",
                        TOKEN,
                        UNSIGNED,
                        base64(HEADER + "."),
                        base64(TOKEN),
                        "eyJhIjoi.",
                        "x.eyJ\n",
                        "ICAg",
                        "eyJhIjoifQ.",
                        "=",
                        "\n",
                        "eyJhIjoieQ0gIA")
                .flatMap(one -> Stream.of(
                        arguments(one, one.repeat((1 << 18) / one.length())),
                        arguments(
                                one + " as a header's",
                                segment("{\"alg\":\"") + one.repeat((63 << 10) / one.length()) + "fQ"
                                        + ".".repeat(1 << 18)),
                        arguments(
                                one + " in Base64",
                                base64(one.repeat((3 << 16) / one.length())).replace("=", ""))));
    }

    /** How often bytes are read, whatever the text, and however it arrives. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void noTextTakesMoreThanLinearWork(String name, String text) throws IOException {
        byte[] input = text.getBytes(StandardCharsets.US_ASCII);
        for (int piece : new int[] {64 << 10, 1 << 12}) {
            TokenScanner scanner = new TokenScanner(new Marks());
            feed(scanner, input, piece, piece);
            assertTrue(scanner.work < 200L * input.length, () -> scanner.work / input.length + " times");
        }
    }
}
