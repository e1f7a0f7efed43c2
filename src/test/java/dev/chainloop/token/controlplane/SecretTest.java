package dev.chainloop.token.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
    private static final String TOKEN =
            "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJhIn0.AbCdEfGhIjKlMnOpQrStUvWxYz-_0123456789abcd";

    private static final Secret SECRET = new Secret(TOKEN);

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200b", "\n", ".", "\ud83d\ude00", "' + '"})
    void noPieceIsLeftWhateverStandsBetweenItsCharacters(String between) {
        StringBuilder said = new StringBuilder(TOKEN);
        for (int i = 11; i < said.length(); i += 11 + between.length()) {
            said.insert(i, between);
        }
        assertEquals("the token <token> is unknown", SECRET.removedFrom("the token " + said + " is unknown"));
    }

    @Test
    void noPieceIsLeftInAnotherCase() {
        assertEquals("<token>!", SECRET.removedFrom(TOKEN.toUpperCase(Locale.ROOT) + "!"));
    }

    @Test
    void noPieceIsLeftInAnEncoding() {
        byte[] bytes = TOKEN.getBytes(StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(bytes);
        assertEquals("<token>", SECRET.removedFrom(hex.toUpperCase(Locale.ROOT)));
        assertEquals(
                "%<token>", SECRET.removedFrom("%" + HexFormat.ofDelimiter("%").formatHex(bytes)));
        for (String before : new String[] {"", "a", "ab", "Bearer "}) {
            String base64 = Base64.getEncoder().encodeToString((before + TOKEN).getBytes(StandardCharsets.UTF_8));
            String left = SECRET.removedFrom(base64).replace("<token>", "").replace("=", "");
            // What is left is of the characters around the token, and of at most two of its own.
            assertTrue(left.length() <= 4 * (before.length() / 3 + 2), left);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "API token revoked", "issuer not found: cp.chainloop", "eyJhbGciOi, how they all begin"})
    void allElseStays(String words) {
        assertEquals(words, SECRET.removedFrom(words));
    }

    @Test
    void manyRepeatedPiecesTakeNoLongerThanOthers() {
        Secret dull = new Secret("a".repeat(1 << 20));
        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertEquals("<token>", dull.removedFrom("a".repeat(1 << 16))));
    }
}
