package dev.chainloop.token.source;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The one token in a value, what the value is called, and how a command takes the token out. */
class WrappingTest {
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN);
    private static final String OTHER = TokenMint.token(Payload.of(TokenMint.API_TOKEN, "jti", "\"other\""));
    private static final String HEADER = TOKEN.substring(0, TOKEN.indexOf('.'));
    /** Its payload has a {@code +} where base64url has a hyphen. */
    private static final String STANDARD =
            TokenMint.token(Payload.of(TokenMint.API_TOKEN, "x", "\">>>>>>\"")).replace('-', '+');

    @TempDir
    Path home;

    static Stream<Arguments> values() {
        return Stream.of(
                arguments(base64(base64(TOKEN)), Wrapping.BASE64_TWICE, Extraction.DECODE_TWICE),
                arguments("{\"data\":{\"token\":\"" + base64(TOKEN) + "\"}}", Wrapping.JSON, Extraction.DECODE_PART),
                arguments(STANDARD, Wrapping.RECODED, Extraction.RECODE),
                arguments(
                        TOKEN.substring(0, 40) + "\u200b" + TOKEN.substring(40), Wrapping.INVISIBLE, Extraction.ALONE),
                arguments("\ufeff" + TOKEN, Wrapping.INVISIBLE, Extraction.ALONE),
                arguments("\\\"" + TOKEN + "\\\"", Wrapping.ESCAPED, Extraction.ALONE),
                arguments("\"" + TOKEN + "\\n\"", Wrapping.ESCAPED, Extraction.ALONE),
                arguments("setx CHAINLOOP_TOKEN " + TOKEN, Wrapping.VARIABLES, Extraction.ALONE),
                arguments("set -gx CHAINLOOP_TOKEN " + TOKEN, Wrapping.VARIABLES, Extraction.ALONE),
                arguments(TOKEN.substring(0, 40) + "\\\n" + TOKEN.substring(40), Wrapping.BROKEN, Extraction.BARE),
                arguments(TOKEN.substring(0, 40) + "=\n" + TOKEN.substring(40), Wrapping.BROKEN, Extraction.BARE),
                arguments("[auth]\ntoken = '" + TOKEN + "'", Wrapping.TEXT, Extraction.ALONE),
                arguments("https://jwt.io/#debugger-io?token=" + TOKEN, Wrapping.ADDRESS, Extraction.ALONE),
                arguments("[" + TOKEN + "]", Wrapping.TEXT, Extraction.ALONE),
                arguments("`" + TOKEN + "`", Wrapping.BACKQUOTES, Extraction.ALONE),
                arguments("```\n" + TOKEN + "\n```", Wrapping.BACKQUOTES, Extraction.ALONE),
                arguments(TOKEN.replace(".", "%2E"), Wrapping.RECODED, Extraction.RECODE),
                arguments(TOKEN.replace(".", "%2e"), Wrapping.RECODED, Extraction.RECODE),
                arguments(TOKEN.substring(0, 70) + "\n" + TOKEN.substring(70), Wrapping.BROKEN, Extraction.BARE),
                arguments(TOKEN.substring(0, 40) + "\r\n  " + TOKEN.substring(40), Wrapping.BROKEN, Extraction.BARE),
                arguments(base64(TOKEN), Wrapping.BASE64, Extraction.DECODE),
                arguments(base64(TOKEN + "\n"), Wrapping.BASE64, Extraction.DECODE),
                arguments(base64(TOKEN).replaceAll("(.{76})", "$1\n"), Wrapping.BASE64, Extraction.DECODE),
                arguments("{\"token\":\"" + TOKEN + "\"}", Wrapping.JSON, Extraction.ALONE),
                arguments("[{\"jwt\": \"" + TOKEN + "\"}]", Wrapping.JSON, Extraction.ALONE),
                arguments("TOKEN=" + TOKEN, Wrapping.ASSIGNMENT, Extraction.ALONE),
                arguments("$env:T = \"" + TOKEN + "\"", Wrapping.ASSIGNMENT, Extraction.ALONE),
                arguments("# for CI\nA=b\nT=" + TOKEN + "\n", Wrapping.VARIABLES, Extraction.ALONE),
                arguments(
                        "kind: Secret\ndata:\n  token: " + base64(TOKEN) + "\n", Wrapping.YAML, Extraction.DECODE_PART),
                arguments("token: " + TOKEN, Wrapping.YAML, Extraction.ALONE),
                arguments(TOKEN + "==", Wrapping.RECODED, Extraction.ALONE),
                arguments(
                        HEADER + "=." + TOKEN.substring(HEADER.length() + 1) + "=", Wrapping.RECODED, Extraction.BARE),
                arguments(TOKEN + ".", Wrapping.TEXT, Extraction.ALONE),
                arguments(base64("{\"token\":\"" + TOKEN + "\"}"), Wrapping.BASE64_OF_MORE, Extraction.DECODE_PART),
                arguments(base64("Bearer " + TOKEN), Wrapping.BASE64_OF_MORE, Extraction.DECODE_PART),
                arguments(base64("CHAINLOOP_TOKEN=" + TOKEN + "\n"), Wrapping.BASE64_OF_MORE, Extraction.DECODE_PART),
                arguments(
                        "| ci |\n\nSave the following token since it will not printed again: \n\n " + TOKEN,
                        Wrapping.PRINTED,
                        Extraction.ALONE),
                arguments("“" + TOKEN + "”", Wrapping.TYPOGRAPHIC, Extraction.ALONE),
                arguments("‘" + TOKEN + "’", Wrapping.TYPOGRAPHIC, Extraction.ALONE),
                arguments("« " + TOKEN + " »", Wrapping.TYPOGRAPHIC, Extraction.ALONE),
                arguments("„" + TOKEN + "“", Wrapping.TYPOGRAPHIC, Extraction.ALONE),
                arguments("\"“" + TOKEN + "”\"", Wrapping.TYPOGRAPHIC, Extraction.ALONE),
                arguments("user:" + TOKEN, Wrapping.USER, Extraction.ALONE),
                arguments("x-access-token:" + TOKEN, Wrapping.USER, Extraction.ALONE),
                arguments("https://user:" + TOKEN + "@cp.example", Wrapping.ADDRESS, Extraction.ALONE),
                arguments("+----+\n| " + TOKEN + " |\n+----+", Wrapping.TABLE, Extraction.ALONE),
                arguments("│ ci │ " + TOKEN + " │", Wrapping.TABLE, Extraction.ALONE),
                arguments(TOKEN + TOKEN, Wrapping.REPEATED, Extraction.HALF),
                arguments(TOKEN + "\n" + TOKEN, Wrapping.REPEATED, Extraction.ONCE),
                arguments("Basic " + base64("user:" + TOKEN), Wrapping.TEXT, Extraction.DECODE_PART),
                arguments("here it is: " + TOKEN + ", please keep it", Wrapping.TEXT, Extraction.ALONE),
                arguments("token = " + TOKEN + " # until May", Wrapping.VARIABLES, Extraction.ALONE),
                arguments(utf16("\ufeff" + TOKEN + "\r\n"), Wrapping.UTF16, Extraction.ALONE));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("values")
    void theOneTokenIsFoundAndTheRestIsNamedWithoutAPieceOfIt(String value, Wrapping kind, Extraction way) {
        Wrapping.Wrapped wrapped = Cleaned.of(value).wrapped();
        assertNotNull(wrapped);
        assertEquals(value.equals(STANDARD) ? STANDARD.replace('+', '-') : TOKEN, wrapped.token());
        assertEquals(kind, wrapped.kind());
        assertEquals(way, wrapped.way());
        for (CliRun.Result result : List.of(
                CliRun.withHome(home).env("CHAINLOOP_TOKEN", value).run(),
                CliRun.withHome(home).stdin(value).run("check"),
                CliRun.withHome(home).run("-t", value, "-o", "json"))) {
            String all = result.out() + result.err();
            assertEquals(0, result.status(), all);
            for (int i = 0; i + 12 <= TOKEN.length(); i++) {
                assertEquals(-1, all.indexOf(TOKEN.substring(i, i + 12)), all);
            }
        }
        assertEquals(
                1,
                CliRun.withHome(home).env("CHAINLOOP_TOKEN", value).run("check").status());
    }

    @Test
    void everyRowHasAnExample() {
        Set<Object> shown = values().map(row -> row.get()[1]).collect(Collectors.toSet());
        List<Wrapping> missing = Arrays.stream(Wrapping.values())
                .filter(row -> !shown.contains(row))
                .toList();
        // PathValueTest has these.
        assertEquals(List.of(Wrapping.FILE, Wrapping.FILE_OF_MORE), missing);
    }

    static Stream<String> noneIsPicked() {
        return Stream.of(
                TOKEN + "\n" + OTHER,
                TOKEN + OTHER,
                "{\"a\":\"" + TOKEN + "\",\"b\":\"" + OTHER + "\"}",
                base64(TOKEN + " " + OTHER),
                "A=" + TOKEN + "\nB=" + base64(OTHER),
                "no token at all",
                HEADER);
    }

    @ParameterizedTest
    @MethodSource
    void noneIsPicked(String value) {
        assertNull(Cleaned.of(value).wrapped());
    }

    @Test
    void aLongValueTakesNoLongerThanItsLength() {
        for (String value : List.of(
                "# \n".repeat(100_000) + "X=" + TOKEN,
                "eyJ ".repeat(75_000),
                "eyJhbGciOiJIUzI1NiJ9.".repeat(40_000),
                "%2E".repeat(100_000),
                "+".repeat(300_000) + "!",
                "a:".repeat(150_000) + TOKEN,
                ".".repeat(300_000),
                "export ".repeat(40_000) + TOKEN)) {
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Cleaned.of(value));
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** As it is read: what is not UTF-8 becomes the replacement character. */
    private static String utf16(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.UTF_8);
    }
}
