package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.testing.TokenMint;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenShapeTest {
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TOKEN",
                " TOKEN",
                "Bearer TOKEN",
                "Authorization: Bearer TOKEN",
                "\"TOKEN\"",
                "CHAINLOOP_TOKEN=TOKEN",
                "/home/me/TOKEN.toml",
                "https://issuer.example/?token=TOKEN",
                "TOKEN\n",
                "HEADER",
                "PAYLOAD",
                "SIGNATURE",
                "issuer not found: SIGNATURE",
                "..SIGNATURE",
                "eyAiYWxnIjoiSFMyNTYifQ",
                "ewoiYWxnIjoiSFMyNTYifQ",
                "ewkiYWxnIjoiSFMyNTYifQ",
                "ew0KImFsZyI6IkhTMjU2In0",
                "eyJhbGciOiJ",
                "eyJhbGci",
                "issuer eyJhbGci",
                "eyAgICAg",
                "3nBz1xVw9Kd2LmQ7rTy4UaHs6EpGj8FcXo5NiZbM",
            })
    void aTokenOrAPartOfOneIsFoundWhereverItStands(String text) {
        String[] segments = TOKEN.split("\\.", -1);
        assertTrue(TokenShape.isIn(text.replace("TOKEN.toml", TOKEN + ".toml")
                .replace("TOKEN=", "VARIABLE=")
                .replace("TOKEN", TOKEN)
                .replace("HEADER", segments[0])
                .replace("PAYLOAD", segments[1])
                .replace("SIGNATURE", segments[2])));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "acme",
                "dddb8201-eab6-4e61-9201-f12b47c01892",
                "/home/me/.config/chainloop/config.toml",
                "https://token.actions.githubusercontent.com",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "My-Config-File-For-The-Chainloop-Production-Organization-2024",
                "publicKeyJwks-prod.json",
                "ewok-config.toml",
                "eyes-only-organization",
                "environment-of-acme",
                "eyJhbGc",
                "issuer eyJhbGc",
                "3nBz1xVw9Kd2LmQ7rTy4UaHs6EpGj8FcXo5NiZb",
                "issuer 3nBz1xVw9Kd2LmQ7rTy4UaHs6EpGj8FcXo5NiZb",
                "a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6a7b8c9d0",
                "A1B2C3D4E5F6A7B8C9D0A1B2C3D4E5F6A7B8C9D0",
                "aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgHiJkLmNoPqR",
                "a-very-long-name-of-a-project-that-nobody-would-want-to-type-1",
                "ACME_PRODUCTION_WORKFLOW_FOR_RELEASES_OF_THE_MAIN_PRODUCT_1"
            })
    void aNameIsNone(String text) {
        assertEquals(false, TokenShape.isIn(text));
    }

    /** Nearly all of many signatures: some happen to look like words. */
    @Test
    void nearlyAllSignaturesAreFound() {
        Random random = new Random(13);
        int missed = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] signature = new byte[32];
            random.nextBytes(signature);
            missed += TokenShape.isIn("x: " + TokenMint.encode(signature)) ? 0 : 1;
        }
        assertTrue(missed < 100, missed + " of 10,000 were missed");
    }
}
