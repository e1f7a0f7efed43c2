package dev.chainloop.token.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
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
