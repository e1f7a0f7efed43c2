package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Order(2)
final class TokenScannerTest {
    private static final String HEADER = url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    private static final String SIGNATURE = "hQUY7t0nF2ERAAYQ-xMXZs8ED3kXBBfE5ZpdPwTMfJ4";
    private static final String TOKEN =
            HEADER + "." + url("{\"user_id\":\"u\",\"aud\":[\"user-auth.chainloop\"]}") + "." + SIGNATURE;
    private static final String UNSIGNED = url("{\"alg\":\"none\"}") + "." + url("{\"a\":1}") + ".";
    private static final String SPACED = url(" {\n \"alg\" : \"HS256\"}") + "." + url("{\"a\":1}") + "." + SIGNATURE;
    private static final String SHORTEST = url("{\"alg\":\"dir\"}") + ".e30.";
    private static final String RSA = url("{\"alg\":\"RS256\"}") + "." + url("{\"a\":1}") + "." + "A".repeat(342);
    private static final String DETACHED = HEADER + ".." + SIGNATURE;
    private static final String JWE = url("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}")
            + "..48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6ji.XFBoMYUZodetZdvTiFvSkQ";
    private static final String WITHOUT_ALGORITHM = url("{\"typ\":\"JWT\"}") + "." + url("{\"a\":1}") + "." + SIGNATURE;

    private static final String RSA_OF_SOMEBODY =
            url("{\"alg\":\"RS256\"}") + "." + url("{\"sub\":\"somebody or others\"}") + "."
                    + "c2lnbmF0dXJl-_".repeat(25).substring(0, 342);

    private static final String UNPADDED =
            HEADER + "." + url("{\"user_id\":\"uu\",\"aud\":[\"user-auth.chainloop\"]}") + "." + SIGNATURE;
    private static final String SOURCE_MAP =
            base64("{\"version\":3,\"sources\":[\"a.ts\"],\"mappings\":\"" + "AAAA;".repeat(200) + "\"}");

    private static String url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code «} and {@code »} stand around what is to be found. */
    static Stream<Arguments> texts() {
        List<Arguments> rows = new ArrayList<>();
        for (String token : List.of(TOKEN, UNSIGNED, SPACED, SHORTEST, RSA, DETACHED, JWE, WITHOUT_ALGORITHM)) {
            for (String around : List.of(
                    "%s",
                    " %s ",
                    "%s\n",
                    "%s\r\nnext",
                    "\"%s\"",
                    "Bearer %s",
                    "https://h/?token=%s&x=1",
                    "{\"t\":\"%s\"}",
                    "\u001b[31m%s\u001b[0m",
                    "\\n%s\\n",
                    "%%20%s",
                    "a.b.%s",
                    "x %s, y",
                    "%s %s",
                    "(%s)",
                    "token=%s;",
                    "\0%s\0",
                    "u0026%s",
                    "%s.",
                    "_%s",
                    "v1.2.3 %s",
                    "<%s>",
                    "“%s”",
                    "%s…",
                    "{\\\"t\\\":\\\"%s\\\"}",
                    "-H 'Authorization: Bearer %s' \\\n",
                    "\u001b]0;%s\u0007",
                    "curl https://h/%s%%20")) {
                String text = around.replace("%%", "%").replace("%s", "«" + token + "»");
                // A dot behind an empty signature is one more separator.
                rows.add(Arguments.of(text));
            }
        }
        for (String token : List.of(TOKEN, UNSIGNED, RSA, DETACHED)) {
            rows.add(Arguments.of("«" + token + "»«" + TOKEN + "» «" + token + "»«" + UNSIGNED + "»"));
        }
        rows.add(Arguments.of("«" + HEADER + "." + TOKEN + "» next"));
        rows.add(Arguments.of("«" + TOKEN.substring(0, 50) + TOKEN + "»\nnext"));
        String encoded = TOKEN.replace(".", "%2E");
        rows.add(Arguments.of("x «" + encoded + "» y"));
        rows.add(Arguments.of("x «" + TOKEN.replace(".", "%2e") + "» y"));
        rows.add(Arguments.of("?u=h%3Ft%3D«" + TOKEN.replace(".", "%252E") + "»%26x"));
        rows.add(Arguments.of("«" + TOKEN.replace(".", "%25252e") + "»&x"));
        rows.add(Arguments.of("token=3D«" + wrapped(TOKEN, 70, "=\r\n") + "»\r\nnext line"));
        rows.add(Arguments.of("«" + wrapped(RSA, 75, "=\n") + "»=\nnext line"));
        rows.add(Arguments.of("«" + wrapped(base64(TOKEN), 75, "=\r\n") + "» next line"));
        for (int width : List.of(40, 57, 80, 100, 132)) {
            rows.add(Arguments.of("«" + wrapped(TOKEN, width, "\n") + "»\nnext line"));
            rows.add(Arguments.of("«" + wrapped(TOKEN, width, "\r\n") + "»\r\nnext line"));
            rows.add(Arguments.of("«" + wrapped(RSA, width, "\n") + "»\nnextline"));
            rows.add(Arguments.of("«" + wrapped(JWE, width, "\n") + "»\nnextline"));
            rows.add(Arguments.of("  - «" + wrapped(TOKEN, width, "\n    ") + "»\n    next line"));
            rows.add(Arguments.of("  - «" + wrapped(RSA, width, "\r\n\t") + "»\r\n\tnext"));
            rows.add(Arguments.of("{\"log\":\"«" + wrapped(TOKEN, width, "\\n") + "»\\nnext line\"}"));
        }
        for (String token : List.of(TOKEN, UNSIGNED, SPACED, RSA, DETACHED, JWE)) {
            String colored = token.replace(".", "\u001b[0m.\u001b[1;35m");
            boolean ended = !token.equals(UNSIGNED);
            rows.add(Arguments.of("\u001b[31m«" + (ended ? colored : colored.replaceAll("\u001b\\[1;35m$", "")) + "»"
                    + (ended ? "" : "\u001b[1;35m") + "\u001b[0m\nnext"));
        }
        // As `grep --color` shows what it found.
        for (int end = 1; end < TOKEN.length(); end++) {
            rows.add(Arguments.of("a \u001b[01;31m\u001b[K«" + TOKEN.substring(0, end) + "\u001b[m\u001b[K"
                    + TOKEN.substring(end) + "» b"));
        }
        rows.add(Arguments.of("a «" + TOKEN.substring(0, 4) + "\u001b[01;31m\u001b[K" + TOKEN.substring(4, 8)
                + "\u001b[m\u001b[K" + TOKEN.substring(8) + "» b"));
        for (int prefix = 0; prefix < 4; prefix++) {
            String before = "user:pw:".substring(0, prefix);
            String all = base64(before + TOKEN);
            int start = base64(before).replace("=", "").length();
            rows.add(Arguments.of("secret: " + all.substring(0, start) + "«" + all.substring(start) + "»\n"));
        }
        rows.add(Arguments.of("data: «" + base64(TOKEN + "\n") + "» x"));
        rows.add(Arguments.of("«" + wrapped(base64(TOKEN), 76, "\n") + "»\nnext line"));
        rows.add(Arguments.of("«" + wrapped(base64(RSA), 76, "\n") + "»\nnext\n"));
        for (int width : List.of(60, 64, 76)) {
            for (String lineEnd : List.of("\n", "\r\n", "\n    ", "\\n", "\\r\\n")) {
                for (String token : List.of(TOKEN, RSA, UNPADDED)) {
                    rows.add(Arguments.of(
                            "data: «" + wrapped(base64(token), width, lineEnd) + "»" + lineEnd + "next line"));
                }
            }
        }
        rows.add(Arguments.of(
                "secret: «" + wrapped("secret: " + base64(RSA), 80, "\n").substring(8) + "»\nnext\n"));
        rows.add(Arguments.of("«" + base64(UNPADDED) + "»\nnextline\n"));
        rows.add(Arguments.of("«" + base64(TOKEN).replace("=", "") + "»\nnextline\n"));
        for (String other : List.of(
                "",
                "a.b.c",
                "1.2.3",
                "www.example.org",
                "eyJ",
                "starts with eyJ.",
                "eyJhbGciOiJIUzI1NiJ9",
                HEADER + ".",
                HEADER + "...",
                HEADER + ".eyJ...",
                "\u001b[32mDone\u001b[0m eyJ\u001b[0m [e\u001b[0m;",
                HEADER + ".eyJzdWIi… and so on",
                HEADER + "…",
                HEADER + ".abc",
                HEADER + "%25",
                HEADER + "%252",
                HEADER + "=\r\n.",
                "eyJhbGciOiJIUzI1NiJ9.abc",
                url("{\"a\":1}") + ".x.y",
                "45c70597b7cf5431".repeat(4),
                "4b0f0dd4-4538-4269-92a9-ab5b0fce0258.tar.gz",
                url("{}") + ".e30.",
                "com.example.eyJacket.Main",
                url("[\"alg\"]") + ".a.b",
                "ZXlKaGJHY2lPaUpJVXpJMU5pSjk=",
                url("{\"alg\":1}") + ".a.b",
                "\r\n\r\n",
                "eyJhbGciOiJIUzI1NiJ9\n.",
                "e".repeat(100),
                "eyJ".repeat(30),
                "sha512-" + base64("integrity".repeat(7) + "x") + "\"",
                "\"auth\": \"" + base64("user:password{\"alg\":1}") + "\"",
                "//# sourceMappingURL=data:application/json;base64," + SOURCE_MAP,
                wrapped(url("{\"version\":3,\"a\":{\"b\":{\"c\":\"" + "mappings;".repeat(100) + "\"}}}"), 76, "\n"),
                "-----BEGIN CERTIFICATE-----\n" + wrapped(base64("certificate".repeat(90)), 64, "\n")
                        + "\n-----END CERTIFICATE-----",
                HEADER + ".abc\nword\nword\nnext.word",
                url("{\"user\":1}") + ".Z0x1Yw.c2lnbmF0dXJl",
                "eyJ".repeat(30) + ".a.b")) {
            rows.add(Arguments.of(other));
            rows.add(Arguments.of("before " + other + "\nafter " + other));
        }
        // A short signature is the token's end, whatever the next line holds.
        rows.add(Arguments.of("«" + HEADER + "." + url("{\"a\":1}") + ".c2ln»\nnext line"));
        rows.add(Arguments.of("«" + TOKEN + "»\n" + SIGNATURE + "\n"));
        return rows.stream();
    }

    private static String wrapped(String text, int width, String lineEnd) {
        return text.replaceAll("(.{" + width + "})(?!$)", "$1" + Matcher.quoteReplacement(lineEnd));
    }

    private static byte[] bytes(String text) {
        return text.replace("«", "").replace("»", "").getBytes(StandardCharsets.UTF_8);
    }

    private static String marked(byte[] input, int[] cuts) {
        StringBuilder out = new StringBuilder();
        TokenScanner scanner = new TokenScanner();
        int from = 0;
        for (int cut = 0; cut <= cuts.length; cut++) {
            int to = cut == cuts.length ? input.length : cuts[cut];
            // What was decided is gone.
            byte[] part = Arrays.copyOfRange(input, from, to);
            int[] written = {0};
            int decided = scanner.scan(part, 0, part.length, cut == cuts.length, (start, end, compact) -> {
                out.append(text(part, written[0], start))
                        .append('«')
                        .append(text(part, start, end))
                        .append('»');
                written[0] = end;
            });
            out.append(text(part, written[0], decided));
            from += decided;
        }
        return out.toString();
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static String latin(String marked) {
        return new String(marked.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                .replace("Â«", "«")
                .replace("Â»", "»");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTokenIsFoundWhateverStandsAroundIt(String text) {
        assertEquals(latin(text), marked(bytes(text), new int[0]));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aTokenIsFoundWhereverTheStreamIsCut(String text) {
        byte[] input = bytes(text);
        for (int cut = 0; cut <= input.length; cut++) {
            assertEquals(latin(text), marked(input, new int[] {cut}), "cut at " + cut);
        }
        int[] each = new int[input.length];
        for (int i = 0; i < each.length; i++) {
            each[i] = i + 1;
        }
        assertEquals(latin(text), marked(input, each), "byte by byte");
    }

    private static final String CUT = TOKEN.substring(0, HEADER.length() + 15);

    static Stream<Arguments> cutTokens() {
        return Stream.of(
                arguments("before an ellipsis", "«" + CUT + "»…"),
                arguments("at the end", "x «" + CUT + "»"),
                arguments("before another line", "«" + CUT + "»\nanother line"),
                arguments("with a whole payload", ("«" + HEADER + "." + url("{\"a\":1}") + "»\n").repeat(3)),
                arguments("with %2E", "«" + CUT.replace(".", "%2E") + "» x"),
                arguments(
                        "on the second line",
                        "«" + wrapped(RSA_OF_SOMEBODY.substring(0, 85), 50, "\n") + "»\nanother line"),
                arguments("in Base64", "«" + base64(CUT + "…") + "» x"),
                arguments("in Base64 that is cut itself", "«" + base64(TOKEN).substring(0, 80) + "»…"),
                arguments("in front of a token", "«" + CUT + TOKEN + "» x"),
                arguments("in front of an encoded dot and a token", "%2E«" + CUT + "%2E" + TOKEN + "» x"),
                arguments(
                        "in front of a token without an algorithm",
                        "«" + HEADER + "." + url("{\"typ\":\"Some JWT\"}") + "." + url("{\"a\":1}") + "." + SIGNATURE
                                + "» x"),
                arguments("in Base64, in front of a token", "«" + base64(TOKEN).substring(0, 80) + TOKEN + "» x"),
                arguments(
                        "in Base64, in front of one in lines",
                        "«" + base64(TOKEN).substring(0, 80) + wrapped(base64(RSA_OF_SOMEBODY), 76, "\n")
                                + "»\nanother line"),
                arguments("within Base64", "«" + wrapped(base64(CUT + RSA_OF_SOMEBODY), 64, "\n") + "»\nanother line"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cutTokens")
    void aTokenThatWasCutIsMaskedAndHidesNoOther(String where, String text) {
        assertEquals(latin(text), marked(bytes(text), new int[0]));
        aTokenIsFoundWhereverTheStreamIsCut(text);
    }

    static Stream<Arguments> gluedTokens() {
        String glue = "x".repeat(20);
        String wrapped = wrapped(RSA_OF_SOMEBODY, 60, "\n");
        String encoded = wrapped(base64(RSA_OF_SOMEBODY).replace("=", ""), 76, "\n");
        return Stream.of(
                arguments("its signature", "«" + wrapped(TOKEN, 100, "\n") + "»" + glue + "\nnext"),
                arguments("one of its signature's many lines", "«" + wrapped + "»" + glue + " next"),
                arguments("a token", "«" + wrapped + "»«" + TOKEN + "»"),
                arguments("Base64", "«" + encoded + glue + "» next"),
                arguments("Base64 of another token", "«" + encoded + base64(TOKEN) + "» next"),
                arguments("a line of Base64 that ends with a blank", "«" + encoded + "» next"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gluedTokens")
    void whatIsGluedToTheLastLineDoesNotHideIt(String what, String text) {
        assertEquals(latin(text), marked(bytes(text), new int[0]));
        aTokenIsFoundWhereverTheStreamIsCut(text);
    }

    /** A signature of a 2048-bit key, of which a line ends where one of a 1024-bit key would. */
    @Test
    void aSignatureGoesOnWhereAShorterOneWouldEnd() {
        for (int width = 40; width < 200; width++) {
            String text = "«" + wrapped(RSA_OF_SOMEBODY, width, "\n") + "»\nanother line\n";
            assertEquals(latin(text), marked(bytes(text), new int[0]), "width " + width);
        }
    }

    @Test
    void aLongTokenInLinesOfBase64IsRead() {
        String token = HEADER + "." + url("{\"a\":\"" + "long ".repeat(100_000) + "\"}") + "." + SIGNATURE;
        byte[] text = wrapped(base64(token), 76, "\r\n").getBytes(StandardCharsets.US_ASCII);
        List<String> found = new ArrayList<>();
        new TokenScanner().scan(text, 0, text.length, true, (start, end, compact) -> found.add(compact));
        assertEquals(1, found.size());
        assertTrue(token.equals(found.get(0)), "its text is " + (found.get(0) == null ? "missing" : "another"));
    }

    @Test
    void aTokenInRandomBytesIsFoundAndNothingElse() {
        Random random = new Random(18);
        List<String> tokens = List.of(TOKEN, UNSIGNED, SPACED, RSA, JWE, TOKEN.replace(".", "%2E"), base64(TOKEN));
        for (int round = 0; round < 20_000; round++) {
            String token = tokens.get(random.nextInt(tokens.size()));
            byte[] before = noise(random);
            byte[] after = noise(random);
            byte[] middle = token.getBytes(StandardCharsets.US_ASCII);
            byte[] input = new byte[before.length + middle.length + after.length];
            System.arraycopy(before, 0, input, 0, before.length);
            System.arraycopy(middle, 0, input, before.length, middle.length);
            System.arraycopy(after, 0, input, before.length + middle.length, after.length);
            int[] cuts =
                    random.ints(random.nextInt(4), 0, input.length + 1).sorted().toArray();
            String marked = marked(input, cuts);
            assertEquals(text(input, 0, input.length), marked.replace("«", "").replace("»", ""));
            String outside = marked.replaceAll("«[^»]*»", "");
            assertFalse(outside.contains(token.substring(0, token.length() - 1)), () -> Arrays.toString(cuts) + marked);
            assertFalse(outside.contains(token.substring(token.length() / 2)), () -> Arrays.toString(cuts) + marked);
        }
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[random.nextInt(60)];
        random.nextBytes(noise);
        if (random.nextBoolean()) {
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (byte) "eyJ.-_ \nZXlK%2E\"{}=aA0".charAt(random.nextInt(22));
            }
        }
        for (int i = 0; i < noise.length; i++) {
            // They mark tokens here.
            noise[i] = noise[i] == (byte) 0xab || noise[i] == (byte) 0xbb ? 0 : noise[i];
        }
        return noise;
    }

    /** Base64 of JSON, such as an inline source map, begins like a header. */
    @Test
    void aHeaderThatIsTooLongIsNone() {
        String text = "base64," + url("{\"x\":\"" + "y".repeat(200_000) + "\"}") + ".e30.c2ln";
        assertEquals(text, marked(bytes(text), new int[] {100_000, 150_000}));
    }

    static Stream<String> slow() {
        return Stream.of(
                "eyJ".repeat(700_000) + ".",
                "ZXlK".repeat(500_000),
                (HEADER + ".\n").repeat(40_000),
                (HEADER + ".a\n").repeat(40_000),
                url("{\"alg\":\"" + "{\"x".repeat(200_000)),
                "eyJhbGciOiJIUzI1NiIsInR5cCI6Ik\n".repeat(60_000),
                "eyIi".repeat(400_000) + ".a.b",
                base64("{\"alg\":\"".repeat(100_000)),
                base64(HEADER + ".").repeat(20_000),
                (base64(TOKEN) + " ").repeat(5_000),
                base64(url("{\"" + "x".repeat(34))).repeat(32_000),
                HEADER + "." + "a\n".repeat(500_000),
                "ICAg".repeat(300_000) + ".",
                wrapped(
                        base64(HEADER + "." + url("{\"a\":\"" + "x".repeat(600_000) + "\"}") + "." + SIGNATURE),
                        76,
                        "\n"),
                "eyIiOnsiIjp7\n".repeat(80_000),
                "eyIiOnsiIjp7eyIiOnsiIjp7\n".repeat(40_000),
                ("x." + HEADER + "\n").repeat(40_000));
    }

    @ParameterizedTest
    @MethodSource("slow")
    void noTextIsSlow(String text) {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> marked(bytes(text), new int[0]));
    }
}
