package dev.chainloop.token.verification;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.testing.TokenMint;
import java.util.List;

/** Bytes of any kind as keys: keys that judge no token of another's to be theirs, or a {@link KeyException}. */
class KeyFuzz {
    private static final List<String> TOKENS = List.of(
            TokenMint.token(TokenMint.USER), "eyJhbGciOiJSUzI1NiJ9.e30.AAAA", "eyJhbGciOiJFUzI1NiJ9.e30.AAAA",
            "eyJhbGciOiJFZERTQSJ9.e30.AAAA");

    @FuzzTest(maxDuration = "7m")
    void read(byte[] bytes) throws MalformedTokenException {
        try {
            judge(KeyReader.set(bytes));
        } catch (KeyException e) {
            // Told in words.
        }
        try {
            judge(KeyReader.single(bytes));
        } catch (KeyException e) {
            // As above.
        }
    }

    private static void judge(KeySet keys) throws MalformedTokenException {
        for (String token : TOKENS) {
            if (keys.judge(token).isGenuine()) {
                throw new AssertionError("another's signature is genuine");
            }
        }
    }
}
