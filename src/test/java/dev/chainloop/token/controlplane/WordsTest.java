package dev.chainloop.token.controlplane;

import static org.junit.jupiter.api.Assertions.*;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    private static final String TOKEN =
            "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJhIn0.AbCdEfGhIjKlMnOpQrStUvWxYz-_0123456789abcd";
    private static final Words WORDS = new Words(TOKEN);

    /** Ways in which a server can give the token back. */
    static List<UnaryOperator<String>> echoes() {
        return List.of(
                token -> token,
                token -> token.toUpperCase(Locale.ROOT),
                token -> new StringBuilder(token).reverse().toString(),
                token -> HexFormat.of().formatHex(bytes(token)),
                token -> HexFormat.ofDelimiter(" ").formatHex(bytes(token)),
                token -> HexFormat.ofDelimiter(", ").withPrefix("0x").formatHex(bytes(token)),
                token -> HexFormat.of().withPrefix("\\x").formatHex(bytes(token)),
                token -> HexFormat.of().withPrefix("%").formatHex(bytes(token)),
                token -> numbers(token, " "),
                token -> numbers(token, ","),
                token -> numbers(token, ", "),
                token -> token.chars().mapToObj(Integer::toOctalString).collect(Collectors.joining("\\")),
                token -> Base64.getEncoder().encodeToString(bytes("x" + token)),
                token -> Base64.getMimeEncoder(76, new byte[] {' '}).encodeToString(bytes(token)),
                token -> token.replace(".", " . "),
                token -> String.join("\u200b", token.split("")),
                token -> String.join("' + '", token.split("(?<=\\G.{11})")),
                token -> String.join("\n", token.split("(?<=\\G.{11})")),
                token -> String.join(" ", token.split("")));
    }

    private static byte[] bytes(String token) {
        return token.getBytes(StandardCharsets.UTF_8);
    }

    private static String numbers(String token, String between) {
        return token.chars().mapToObj(Integer::toString).collect(Collectors.joining(between));
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void noEchoOfTheTokenIsShown(UnaryOperator<String> echo) {
        String said = echo.apply(TOKEN);
        String shown = WORDS.free("no: " + said + " !");
        for (int i = 0; i + 20 <= said.length(); i++) {
            assertTrue(!shown.contains(said.substring(i, i + 20)), shown);
        }
        for (Pattern form : List.of(Words.NAME, Words.PERSON, Words.EMAIL, Words.VERSION, Words.URL, Words.WORD)) {
            for (String around : List.of("%s", "a%s", "v1-%s", "https://x/%s", "%s@x", "https://%s")) {
                assertEquals(
                        Optional.empty(), WORDS.field(Optional.of(around.formatted(TOKEN.substring(0, 20))), form));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            API token revoked |
            issuer not found: https://token.actions.githubusercontent.com |
            issuer not found: cp.chainloop |
            eyJhbGciOi, how they all begin |
            frozen since 2026-01-01 12:00 for all |
            dial tcp 10.0.0.1:5432: connection refused |
            see https://intranet.acme.example/wiki/freeze?x=1 now | see https://intranet.acme.example now
            see https://65794a6862476369.4f694a4955.evil.example-host.example now | see <not shown> now
            at 101 121 74 there | at <not shown> there
            at 101, 121,74 there | at <not shown> there
            at 0x65 0x79 0x4a there | at <not shown> there
            at 12 of 13 in 14 | at 12 of 13 in 14
            nineteen-letters-abc | <not shown>
            nineteen-letters-ab |
            """)
    void allElseStays(String words, String shown) {
        assertEquals(shown == null ? words : shown, WORDS.free(words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a ", "a1b ", "1 ", "\ud83d\ude00 ", "a", "1"})
    void anyTextIsBoundedAndTakesNoTime(String piece) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            String shown = WORDS.free(piece.repeat(1 << 20));
            assertTrue(shown.length() <= 300, shown);
            assertEquals(shown, new String(bytes(shown), StandardCharsets.UTF_8));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "NAME, acme-1, Acme",
        "NAME, a, -a",
        "NAME, a1, a b",
        "EMAIL, a@acme.example, a@b@c",
        "EMAIL, a+b@c, a b@c",
        "PERSON, Ada Lovelace, Ada1",
        "PERSON, Zoë O’Neil-Smith Jr., \u001b[1m",
        "VERSION, v1.106.1-ee+a.b, v1 x",
        "VERSION, dev, developer",
        "URL, https://cp.example:8443/login, https://cp.example/?token=x",
        "URL, https://cp.example, http://cp.example",
        "WORD, ALLOW_LIST_ERROR_NOT_IN_LIST, a b"
    })
    void aFieldIsShownInItsFormOnly(String form, String shown, String hidden) throws Exception {
        Pattern pattern = (Pattern) Words.class.getDeclaredField(form).get(null);
        assertEquals(Optional.of(shown), WORDS.field(Optional.of(shown), pattern));
        assertEquals(Optional.empty(), WORDS.field(Optional.of(hidden), pattern));
        String end = form.equals("EMAIL") ? "a@" : "";
        String long300 = end + IntStream.range(0, 300).mapToObj(i -> "a").collect(Collectors.joining());
        assertEquals(Optional.empty(), WORDS.field(Optional.of(long300), pattern));
    }

    @Test
    void itIsNotShownItself() {
        assertEquals("<redacted>", WORDS.toString());
    }
}
