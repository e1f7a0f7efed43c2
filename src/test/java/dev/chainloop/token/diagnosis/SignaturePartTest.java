package dev.chainloop.token.diagnosis;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a token that lost letters of its signature, or was given without it. */
class SignaturePartTest {
    private static final String API = TokenMint.token(TokenMint.API_TOKEN);

    @TempDir
    Path home;

    static Stream<Integer> cuts() {
        return IntStream.rangeClosed(1, 42).boxed();
    }

    /** One that lost 2 letters, which are no base64url then, was malformed; one that lost others passed. */
    @ParameterizedTest
    @MethodSource("cuts")
    void aCutAnywhereHasOneFindingAndOneStatus(int lost) {
        CliRun.Result check = run(API.substring(0, API.length() - lost), "check", "-o", "json");
        assertEquals(1, check.status());
        assertEquals(
                "signature-length",
                Payload.read(check.out())
                        .get("check")
                        .get("failures")
                        .get(0)
                        .get("actual")
                        .asText());
    }

    /** The letters of each are those that a signature of that algorithm has. */
    @ParameterizedTest
    @CsvSource({
        "HS384, 64",
        "HS512, 86",
        "ES256, 86",
        "ES256K, 86",
        "ES384, 128",
        "ES512, 176",
        "EdDSA, 86",
        "EdDSA, 152",
        "Ed25519, 86",
        "Ed448, 152",
        "RS256, 342",
        "PS512, 683",
        "RS384, 512"
    })
    void aWholeSignatureOfAnyAlgorithmIsNotJudged(String algorithm, int letters) {
        String token = TokenMint.described("FEDERATED header={\"alg\":\"" + algorithm + "\"} letters=" + letters);
        assertFalse(run(token, "-o", "json").out().contains("signature-length"));
    }

    @Test
    void headerAndPayloadAreShownWhereTheSignatureIsNoBase64url() {
        for (String cut : new String[] {API.substring(0, API.length() - 2), head() + "***"}) {
            CliRun.Result shown = run(cut, "--claims");
            assertEquals(0, shown.status());
            assertTrue(shown.out().contains("\"token_name\": \"ci\""), shown.out());
        }
    }

    /** The letters around a mask are pieces of a secret. */
    @ParameterizedTest
    @ValueSource(strings = {"check", "inspect"})
    void noLetterOfAMaskedSignatureIsShown(String command) {
        CliRun.Result result = run(head() + "SflK****wxyz", command, "-o", "json");
        assertFalse((result.out() + result.err()).contains("SflK"));
        assertFalse((result.out() + result.err()).contains("wxyz"));
    }

    @ParameterizedTest
    @CsvSource({"REDACTED, 1", "***, 1", "ab%cd, 3", "ab=, 3"})
    void aPlaceholderIsNoTokenAndNoJunkIsAPlaceholder(String signature, int status) {
        CliRun.Result check = run(head() + signature, "check");
        assertEquals(status, check.status());
        assertFalse(check.out().contains("api-token create"), check.out());
    }

    /** Such texts are read in linear time. */
    @Test
    void aLongTextInItsPlaceIsSoonJudged() {
        for (String part : new String[] {"x", "no", "(", ".", "_", "ab**"}) {
            String text = head() + part.repeat(50_000 / part.length()) + "%";
            String short1000 = head() + part.repeat(1000 / part.length()) + "%";
            assertTimeout(java.time.Duration.ofSeconds(60), () -> {
                assertEquals(3, run(text, "check").status());
                assertEquals(3, run(short1000, "check").status());
            });
        }
    }

    private static String head() {
        return API.substring(0, API.lastIndexOf('.') + 1);
    }

    private CliRun.Result run(String token, String... args) {
        return CliRun.withHome(home).stdin(token + "\n").run(args);
    }
}
