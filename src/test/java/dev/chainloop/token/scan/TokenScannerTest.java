package dev.chainloop.token.scan;

import static org.junit.jupiter.api.Assertions.*;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In each text, {@code «} and {@code »} stand around what is to be found. */
@Order(2)
final class TokenScannerTest {
    private static final String HEADER = url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    private static final String SIGNATURE = "hQUY7t0nF2ERAAYQ-xMXZs8ED3kXBBfE5ZpdPwTMfJ4";
    private static final String PAYLOAD = url("{\"user_id\":\"u\",\"aud\":[\"user-auth.chainloop\"]}");
    private static final String TOKEN = HEADER + "." + PAYLOAD + "." + SIGNATURE;

    /** As GitHub issues it: its header begins with {@code typ}. */
    private static final String GITHUB = url("{\"typ\":\"JWT\",\"alg\":\"RS256\",\"kid\":\"k\"}") + "."
            + url("{\"sub\":\"repo:o/r:ref\",\"iss\":\"https://token.actions.example\"}") + "." + random(342);

    private static final String UNSIGNED = url("{\"alg\":\"none\"}") + "." + url("{\"a\":1}") + ".";
    private static final String SPACED = url("{\n \"alg\" : \"HS256\"}") + "." + url("{ \"a\":1}") + "." + SIGNATURE;
    private static final String DETACHED = HEADER + ".." + SIGNATURE;
    private static final String JWE = url("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}")
            + "..48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6ji.XFBoMYUZodetZdvTiFvSkQ";
    private static final List<String> TOKENS = List.of(TOKEN, GITHUB, UNSIGNED, SPACED, DETACHED, JWE);
    private static final String HASH = "3b4c1f0e9d8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c";

    private static String url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static int letters(String text) {
        return base64(text).replace("=", "").length();
    }

    private static String random(int letters) {
        byte[] bytes = new byte[letters];
        new Random(letters).nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes).substring(0, letters);
    }

    private static String wrapped(String text, int width, String lineEnd) {
        return text.replaceAll("(.{" + width + "})(?!$)", "$1" + Matcher.quoteReplacement(lineEnd));
    }

    static Stream<String> surroundings() {
        return Stream.of(
                        "%s",
                        " %s\n",
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
                        "\0%s\0",
                        "u0026%s",
                        "v1.2.3 %s;",
                        "<%s>",
                        "“%s”",
                        "%s…",
                        "{\\\"t\\\":\\\"%s\\\"}",
                        "'Bearer %s' \\\n",
                        "\u001b]0;%s\u0007",
                        "A=1\0T=%s\0B=2",
                        "> Authorization: Bearer %s\r\n>\r\n",
                        "t: %s\nu: v\n")
                .flatMap(around ->
                        TOKENS.stream().map(token -> around.replace("%%", "%").replace("%s", "«" + token + "»")));
    }

    static Stream<String> forms() {
        List<String> rows = new ArrayList<>();
        for (String dot : List.of("%2E", "%2e", "%252E", "%25252e")) {
            rows.add("?u=h%3Ft%3D«" + TOKEN.replace(".", dot) + "»%26x");
        }
        for (String end : List.of(
                "\n",
                "\r\n",
                "\r\r\n",
                "\n    ",
                "\r\n\t",
                "\\n",
                "\\r\\n",
                "\\\\n",
                "=\r\n",
                "=\\r\\n\\t",
                "\r",
                "\n\r",
                "\f",
                "\u000b",
                "\\u000a",
                "%0A",
                "%0D%0A",
                "%250a")) {
            for (int width : List.of(40, 64, 76)) {
                for (String token : List.of(TOKEN, GITHUB, JWE)) {
                    rows.add("  - «" + wrapped(token, width, end) + "»" + end + "next line");
                }
                for (String token : List.of(TOKEN, GITHUB)) {
                    String text = wrapped(base64(token).replace("=", ""), width, end);
                    rows.add("data: «" + text + "»" + end + "next line");
                }
            }
        }
        for (int before = 0; before < 4; before++) {
            String front = "usr:".substring(0, before);
            for (String token : List.of(TOKEN, GITHUB, SPACED)) {
                String all = base64(front + token + "\"}\n");
                int start = letters(front);
                int end = letters(front + token);
                rows.add("secret: " + all.substring(0, start) + "«" + all.substring(start, end) + "»"
                        + all.substring(end) + " x");
            }
        }
        // By the length of the signature, a last line of a few small letters is known to be the token's.
        for (String signed : List.of(
                "HS256 43",
                "HS384 64",
                "HS512 86",
                "ES256 86",
                "ES384 128",
                "ES512 176",
                "EdDSA 86",
                "EdDSA 152",
                "RS256 342",
                "RS512 512",
                "PS256 683")) {
            String token = url("{\"alg\":\"" + signed.split(" ")[0] + "\"}") + "." + PAYLOAD + "."
                    + random(Integer.parseInt(signed.split(" ")[1]) - 4) + "tail";
            rows.add("x «" + wrapped(token, token.length() - 4, "\n") + "»\nnext line");
        }
        rows.add("«" + base64(TOKEN).replace("=", "") + "»\nnextline\n");
        rows.add("{\"log\":\"«" + TOKEN.replaceAll("(?<=.)(?=.)", "\\\\u001b[1m") + "»\"}");
        rows.add("«" + TOKEN.replaceAll("(?<=.)(?=.)", "\\\\033[1m") + "»\\n");
        rows.add("«" + TOKEN.replaceAll("(?<=.)(?=.)", "\\\\x1b[1m") + "»\\n");
        rows.add("x«" + TOKEN + TOKEN + "»\nnext");
        rows.add("«" + UNSIGNED + TOKEN + "» «" + TOKEN.substring(0, 50) + TOKEN + "»");
        rows.add("x «" + TOKEN.substring(0, 90) + "»…\nnext");
        rows.add("x «" + wrapped(GITHUB.substring(0, 85), 50, "\n") + "»\nanother line");
        rows.add("x «" + HEADER + ".»\nnext line");
        rows.add("x «" + HEADER + ".abc»\r\nnext line");
        rows.add("x «" + HEADER + ".abc» x\nnext line");
        rows.add("| «" + wrapped(TOKEN, 60, " |\n| ") + "» |\n| next line |");
        rows.add("x «" + HEADER + "»=\r\n.");
        rows.add("«" + base64(TOKEN).substring(0, 80) + "»…");
        // A letter behind the last line, and a header that begins amid another token: the line passed.
        rows.add("«" + TOKEN.substring(0, 70) + wrapped(TOKEN, 40, "\n") + "e» x");
        rows.add("ICAgZXlK\u001b[«" + wrapped(TOKEN, 55, "\n    ") + "»\n    next");
        rows.add("…JIUzI1NiJ9.«" + PAYLOAD + "." + SIGNATURE + "» without its front");
        rows.add("…JIUzI1NiJ9.«" + wrapped(PAYLOAD + "." + SIGNATURE, 30, "\n") + "»\nwithout its front");
        return rows.stream();
    }

    /** What is no token, alone and before and behind other lines. */
    static Stream<String> others() {
        return Stream.of(
                        "",
                        "a.b.c",
                        "www.example.org",
                        "eyJ",
                        "starts with eyJ.",
                        HEADER + ". x",
                        HEADER + "...",
                        HEADER + ".eyJ...",
                        HEADER + "…",
                        HEADER + "%25",
                        "\r\n\r\n",
                        url("{\"cursor\":\"a\"}"),
                        url("{\"cursor\":\"a\"}") + "\nnext.line.of.names",
                        base64(PAYLOAD),
                        "com.example.eyJacket.Main",
                        url("[\"alg\"]") + ".aaaaaaaaa.bbbbbbbbbb",
                        "e".repeat(100),
                        HASH,
                        "\u001b[32mDone\u001b[0m eyJ\u001b[0m [e\u001b[0m;",
                        "eyJ".repeat(30) + ".aaaaaaaaaaa.b",
                        "sha512-" + base64("integrity".repeat(7) + "x") + "\"",
                        "\"auth\": \"" + base64("user:password{\"alg\":1}") + "\"",
                        "base64," + base64("{\"version\":3,\"mappings\":\"" + "AAAA;".repeat(200) + "\"}"),
                        wrapped(base64("{\"a\":{\"b\":{\"c\":\"" + "mappings;".repeat(100) + "\"}}}"), 76, "\n"),
                        wrapped(base64(url("{\"a\":{\"b\":[\"" + "d ".repeat(100) + "\"]}}")), 76, "\n"),
                        "-----BEGIN CERTIFICATE-----\n" + wrapped(base64("certificate".repeat(90)), 64, "\n"))
                .flatMap(other -> Stream.of(other, "before " + other + "\nafter " + other));
    }

    @ParameterizedTest
    @MethodSource({"surroundings", "forms", "others"})
    void tokensAndNothingElseAreFoundWhereverTheStreamIsCut(String text) {
        byte[] input = text.replaceAll("[«»]", "").getBytes(StandardCharsets.UTF_8);
        String expected = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                .replace("Â«", "«")
                .replace("Â»", "»");
        assertEquals(expected, marked(input));
        for (int cut = 0; cut <= input.length; cut += 1 + input.length / 30) {
            assertEquals(expected, marked(input, cut), "cut at " + cut);
        }
        assertEquals(
                expected, marked(input, IntStream.rangeClosed(1, input.length).toArray()), "byte by byte");
    }

    private static String marked(byte[] input, int... cuts) {
        StringBuilder out = new StringBuilder();
        int[] written = {0};
        byte[][] parts = {{}};
        TokenScanner scanner = new TokenScanner((start, end, compact) -> {
            out.append(text(parts[0], written[0], start))
                    .append('«')
                    .append(text(parts[0], start, end))
                    .append('»');
            written[0] = end;
        });
        int from = 0;
        for (int cut = 0; cut <= cuts.length; cut++) {
            int to = cut == cuts.length ? input.length : cuts[cut];
            // What was decided is gone.
            byte[] part = Arrays.copyOfRange(input, from, to);
            parts[0] = part;
            written[0] = 0;
            int decided = scanner.scan(part, 0, part.length, cut == cuts.length);
            out.append(text(part, written[0], decided));
            from += decided;
        }
        return out.toString();
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static String left(String text) {
        return marked(text.getBytes(StandardCharsets.ISO_8859_1)).replaceAll("(?s)«[^»]*»", "#");
    }

    /** A line that ended within the first letters of a token in base64 let it pass, as did sequences other than colors. */
    @Test
    void aTokenIsFoundWhereverALineEndsAndOverAnySequence() {
        String token = url("{\"kid\":\"bPG60dQV\",\"alg\":\"HS256\"}") + "." + PAYLOAD + "." + SIGNATURE;
        for (int before = 0; before < 240; before++) {
            String lineEnd = List.of("\n", "\r\n", "\r\r\n", "\n    ", "\r\n\t").get(before % 4);
            String text = wrapped(base64("x y ".repeat(20).substring(0, before / 4 + 10) + token + "\n"), 76, lineEnd);
            byte[] input = ("data: " + text + lineEnd + "end").getBytes(StandardCharsets.US_ASCII);
            String marked = marked(input);
            assertTrue(marked.replaceAll("(?s)«.*»", "").length() < 250 && marked.contains("»"), marked);
            // A stream that was cut in front of the line end hid how long the line is.
            assertEquals(marked, marked(input, 65 + before % 17));
        }
        for (String sequence :
                List.of("\u001b]8;;x:/y\u001b\\", "\u001b]0;x\u0007", "\u001b7", "\u001b=", "\\u001b[31m")) {
            assertEquals("x # y", left("x " + TOKEN.substring(0, 70) + sequence + TOKEN.substring(70) + " y"));
        }
    }

    /** A third of them passed. */
    @Test
    void base64OfGithubsTokensIsFound() {
        for (String before : List.of("", "u", "us", "usr", "user:", "{\"auth\": \"", "token=")) {
            for (String space : List.of("", " ", "\n", "\t", "\r\n")) {
                String token =
                        url("{" + space + "\"typ\":\"JWT\",\"alg\":\"RS256\"}") + "." + PAYLOAD + "." + random(342);
                String left = left(base64(before + token) + " end");
                assertTrue(left.matches("(?s).{0,20}#=* end"), left);
            }
        }
    }

    /** {@code grep --color} left 36 of a signature's 43 characters. */
    @Test
    void aTokenIsFoundInTheColorsOfGrep() {
        for (int from = 0; from < TOKEN.length(); from++) {
            for (int to : List.of(from + 1, from + 3, TOKEN.length())) {
                int end = Math.min(to, TOKEN.length());
                assertEquals(
                        "a " + (from == 0 ? "\u001b[01;31m\u001b[K#" : "#")
                                + (end == TOKEN.length() ? "\u001b[m\u001b[K" : "") + " b",
                        left("a " + TOKEN.substring(0, from) + "\u001b[01;31m\u001b[K" + TOKEN.substring(from, end)
                                + "\u001b[m\u001b[K" + TOKEN.substring(end) + " b"));
            }
        }
        assertEquals(
                "#\u001b(B x",
                left(TOKEN.replaceAll("(?<=.)(?=.)", "\u001b(B\u001b[?25l\u001b[38;5;1m") + "\u001b(B x"));
    }

    /** 14 KB of it did. */
    @Test
    void noTextInFrontOfAWrappedTokenUnmasksIt() {
        for (String made : List.of(
                "eyIiOnsiIjp7", "eyJ", "ZXlK", "ICAg", "eyJhIjoi", "ZXlKaElqb2k", HEADER, HEADER + ".\n", "eyIi")) {
            for (String between : List.of("", " ", "\n", ".", "=")) {
                String left = left(
                        made.repeat(14_000 / made.length()) + between + wrapped(GITHUB, 80, "\n") + "\nnext line\n");
                assertTrue(left.endsWith("#\nnext line\n"), () -> left);
            }
        }
    }

    @Test
    void linesOfHashesAndNamesSurviveBehindACutHeaderOrAToken() {
        String lines =
                "\n" + (HASH + "\n").repeat(20) + "README.md\nsome-project-name\nrelease_notes_2026.txt\nalpine\n"
                        + HASH.substring(0, 40) + "\n" + HASH.substring(0, 32) + "\n";
        for (String cut : List.of(HEADER, HEADER.substring(0, 20), HEADER + ".")) {
            assertEquals("#" + lines, left(cut + lines));
            assertEquals("#" + lines + "#\n", left(cut + lines + TOKEN + "\n"));
        }
        for (String token :
                List.of(TOKEN, GITHUB, UNSIGNED, DETACHED, TOKEN.substring(0, 70), TOKEN.substring(0, 140))) {
            assertEquals("#" + lines, left(token + lines));
        }
    }

    @Test
    void aLongTokenInLinesOfBase64IsRead() {
        String token = HEADER + "." + url("{\"a\":\"" + "long ".repeat(60_000) + "\"}") + "." + SIGNATURE;
        assertEquals(List.of(token), TokenScanner.find(wrapped(base64(token), 76, "\r\n")));
    }

    static Stream<String> slow() {
        return Stream.of(
                "eyJ".repeat(350_000) + ".",
                "ZXlK".repeat(250_000),
                (HEADER + ".\n").repeat(20_000),
                (HEADER + ".a\n").repeat(20_000),
                url("{\"alg\":\"" + "{\"x".repeat(100_000)),
                "eyIi".repeat(200_000) + ".a.b",
                base64(HEADER + ".").repeat(10_000),
                (base64(TOKEN) + " ").repeat(5_000),
                base64(TOKEN).replace("=", "").repeat(5_000),
                TOKEN.repeat(10_000),
                base64(url("{\"" + "x".repeat(34))).repeat(16_000),
                HEADER + "." + "a\n".repeat(250_000),
                "ICAg".repeat(150_000) + ".",
                url("[" + "{\"a\":{\"b\":1}},".repeat(35_000)),
                HEADER + "." + url("[" + "{\"a\":{\"b\":1}},".repeat(35_000)) + "." + SIGNATURE,
                wrapped(
                        base64(HEADER + "." + url("{\"a\":\"" + "x".repeat(300_000) + "\"}") + "." + SIGNATURE),
                        76,
                        "\n"),
                "eyIiOnsiIjp7\n".repeat(40_000),
                HEADER + "\u001b[m".repeat(150_000) + ".",
                "%25".repeat(250_000) + HEADER + "%" + "25".repeat(250_000),
                ("x." + HEADER + "\n").repeat(20_000),
                // Lines that each are a header without its dot, or the beginning of one.
                (HEADER + "\n").repeat(30_000),
                (HEADER.substring(0, 28) + "\n").repeat(30_000),
                ("A" + HEADER.substring(0, 27) + "\n").repeat(30_000));
    }

    @ParameterizedTest
    @MethodSource("slow")
    void noTextIsSlow(String text) {
        assertTimeoutPreemptively(Duration.ofSeconds(150), () -> marked(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
