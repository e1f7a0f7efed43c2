package dev.chainloop.token.verification;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyException;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in files: what is read, what is rejected, and what to do then. */
class VerifierTest {
    private static final String PRIVATE = "holds a private key, which only its owner should have; use the public key";
    private static final String NONE =
            "holds no key that can verify a signature; use a PUBLIC KEY or CERTIFICATE in PEM,"
                    + " a JSON Web Key or a set of them";

    @TempDir
    Path folder;

    private VerificationKey key(String text) throws KeyException, IOException {
        Path file = Files.writeString(folder.resolve("key"), text);
        return keys("--key", file).keys().get(0);
    }

    private static KeySet keys(String option, Path file) throws KeyException {
        return KeySet.read(option, file.toString(), StandardInput.empty(), sentence -> {});
    }

    private static String fault(String option, Path file) {
        return assertThrows(KeyException.class, () -> keys(option, file)).getMessage();
    }

    @Test
    void readsPublicKeysOfEveryKind() throws Exception {
        Map<String, KeyPair> keys = Map.of(
                "RSA", TestKeys.RSA,
                "EC", TestKeys.pair("EC", 521),
                "EdDSA", TestKeys.pair("Ed25519", 0));
        String certificate = Files.readString(Path.of("src/test/resources/keys/rsa-certificate.pem"));
        assertEquals("RSA", key(certificate).kind());
        for (Map.Entry<String, KeyPair> key : keys.entrySet()) {
            String pem = TestKeys.pem(key.getValue().getPublic());
            String first = certificate + pem + TestKeys.pem(TestKeys.RSA.getPublic());
            String between = "of acme:\r\n" + pem.replace("\n", "\r\n") + "bye\n";
            assertEquals(key.getKey(), key(first).kind());
            assertEquals(key.getKey(), key(between).kind());
        }
    }

    /** The public and complete keys of a set. */
    @Test
    void readsTheUsableKeysOfASet() throws Exception {
        VerificationKey key = key("""
                {"keys":[{"kty":"OKP","crv":"Ed448","x":"AA"},{"kty":"oct","k":"AA"},\
                {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\
                "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","kid":"1","use":"sig"}]}""");
        assertEquals(Optional.of("1"), key.kid());
    }

    /** The example of RFC 7638 section 3.1. */
    @Test
    void theThumbprintFollowsRfc7638() throws Exception {
        VerificationKey key = key("""
                {"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc\
                _BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQ\
                MicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPks\
                INHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29",\
                "use":5,"key_ops":"x","x5c":["!"]}""");
        assertEquals(Optional.of("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"), key.thumbprint());
        assertEquals(Optional.of("2011-04-29"), key.kid());
        assertFalse(keys("--key", folder.resolve("key")).isSet());
        assertTrue(keys("--key", Path.of("src/test/resources/keys/jwks.json")).isSet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY"})
    void rejectsPrivateKeys(String label) throws IOException {
        String pem = TestKeys.pem(label, TestKeys.RSA.getPrivate().getEncoded());
        assertRejected(PRIVATE, pem);
        assertRejected(PRIVATE, TestKeys.pem("EC PARAMETERS", new byte[] {1}) + pem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kty\":\"EC\",\"d\":\"AQ\"}", "{\"keys\":[{\"kty\":\"EC\",\"d\":\"AQ\"}]}"})
    void rejectsPrivateWebKeys(String json) throws IOException {
        assertRejected(PRIVATE, json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PGP PUBLIC KEY BLOCK-----AAAA-----END PGP PUBLIC KEY BLOCK-----",
                "-----BEGIN PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----AAAA-----END CERTIFICATE-----",
                "-----BEGIN PUBLIC KEY-----!!!!-----END PUBLIC KEY-----",
                "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----",
                "a secret",
                "{}{}",
                "{}",
                "{\"kty\":\"RSA\",\"kty\":\"EC\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}",
                "{\"kty\":\"RSA\",\"n\":5,\"e\":\"AQAB\"}",
                "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}",
                "{\"jwks_uri\":\"https://x/\"}",
            })
    void rejectsOtherTexts(String text) throws IOException {
        assertRejected(NONE, text);
    }

    @Test
    void aSetOfMoreThanAHundredKeysIsRejected() throws IOException {
        String hundred = "{\"keys\":[" + "{\"kty\":\"EC\"},".repeat(99) + "5]}";
        assertRejected(NONE, hundred);
        assertRejected("holds more than 100 keys; use a file with only the issuer's keys", hundred.replace("[", "[6,"));
    }

    private void assertRejected(String fault, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), text);
        assertEquals(fault, fault("--key", file));
        assertEquals(fault, fault("--jwks", file));
    }

    @Test
    void aFolderAHugeFileAndAMissingOneAreReported() throws Exception {
        Path huge = Files.write(folder.resolve("huge"), new byte[(64 << 10) + 1]);
        String unreadable = "cannot be read; check the path and its permissions";
        assertEquals(unreadable, fault(KeySet.SECRET_FILE, folder));
        assertEquals(unreadable, fault(KeySet.SECRET_FILE, folder.resolve("missing")));
        assertEquals("is larger than 64 KiB; use a file that holds only the key", fault(KeySet.SECRET_FILE, huge));
        assertFalse(
                keys(KeySet.SECRET_FILE, Files.write(huge, new byte[64 << 10])).isSet());
    }

    @ParameterizedTest
    @CsvSource({
        "secret, secret",
        "'secret\n', secret",
        "'secret\r\n', secret",
        "'secret\n\n', 'secret\n'",
        "' secret ', ' secret '",
        "'secret\r', 'secret\r'",
        "c2VjcmV0, c2VjcmV0",
    })
    void aSecretIsTheFileWithoutOneLineBreak(String written, String secret) throws Exception {
        String token = TokenMint.token(TokenMint.HS256, "{}", secret.getBytes(StandardCharsets.UTF_8));
        Path file = Files.writeString(folder.resolve("secret"), written);
        assertTrue(keys(KeySet.SECRET_FILE, file).judge(token).isGenuine());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void rejectsEmptySecrets(String written) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), written);
        assertEquals("holds an empty secret; check what created it", fault(KeySet.SECRET_FILE, file));
    }

    @Test
    void noKeyPrintsItself() throws Exception {
        VerificationKey secret = VerificationKey.ofSecret(TestKeys.SECRET);
        VerificationKey pem = key(TestKeys.pem(TestKeys.RSA.getPublic()));
        for (KeySet keys : List.of(KeySet.of(secret), KeySet.of(pem), new KeySet(List.of(pem), true))) {
            String text = keys + " " + keys.judge(TokenMint.token(TokenMint.USER));
            assertTrue(text.contains("<redacted>"), text);
            assertFalse(
                    text.contains(
                            Base64.getEncoder().encodeToString(TestKeys.SECRET).substring(0, 8)),
                    text);
            assertFalse(text.contains("0123"), text);
        }
    }
}
