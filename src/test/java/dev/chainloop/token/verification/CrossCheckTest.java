package dev.chainloop.token.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.verification.Verification.Outcome;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifies as other implementations do: Debian's {@code jose} and {@code python3-jwt}, where they are installed. */
class CrossCheckTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, ?> CLAIMS = Map.of("iss", "cp.chainloop", "jti", "1");
    private static final boolean HAS_JOSE = works("jose", "alg");
    private static final boolean HAS_PYJWT =
            works("/usr/bin/python3", "-c", "import jwt, cryptography; assert hasattr(jwt, 'PyJWK')");

    @TempDir
    Path folder;

    static List<Algorithm> joseAlgorithms() {
        List<Algorithm> algorithms = new ArrayList<>(List.of(Algorithm.values()));
        algorithms.remove(Algorithm.EDDSA); // It does not know it.
        return algorithms;
    }

    private record Signed(String token, String jwk, VerificationKey key) {}

    private static Signed sign(Algorithm algorithm) throws Exception {
        if (algorithm.kind == VerificationKey.Kind.SECRET) {
            String k = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(TestKeys.SECRET);
            String jwk = "{\"kty\":\"oct\",\"k\":\"" + k + "\"}";
            Key key = TestKeys.secretKey(algorithm);
            return new Signed(TestKeys.token(algorithm, key, Map.of(), CLAIMS), jwk, read(jwk));
        }
        KeyPair pair = TestKeys.pairsFor(algorithm)[0];
        Map<String, ?> members = Jwks.builder().key(pair.getPublic()).build();
        String jwk = JSON.writeValueAsString(Map.copyOf(members));
        return new Signed(TestKeys.token(algorithm, pair.getPrivate(), Map.of(), CLAIMS), jwk, read(jwk));
    }

    private static VerificationKey read(String jwk) throws Exception {
        JsonNode members = JSON.readTree(jwk);
        return members.path("kty").asText().equals("oct")
                ? VerificationKey.ofSecret(java.util.Base64.getUrlDecoder()
                        .decode(members.path("k").asText()))
                : KeyReader.single(jwk.getBytes(StandardCharsets.UTF_8)).keys().get(0);
    }

    /** A token, the same with another payload, and the same with a signature that was cut off. */
    private static List<String> variants(String token) {
        int dot = token.lastIndexOf('.');
        return List.of(token, token.substring(0, dot) + "AAAA" + token.substring(dot), token.substring(0, dot + 9));
    }

    /** RFC 7515 appendix A, RFC 8037 appendix A.4 and RFC 7520 section 4, most with payloads that are not JSON. */
    @Test
    void theExamplesOfTheRfcsAreGenuine() throws Exception {
        JsonNode vectors =
                JSON.readTree(Path.of("src/test/resources/jws-vectors.json").toFile());
        assertEquals(9, vectors.size());
        for (JsonNode one : vectors) {
            String begin = one.get("header").asText() + "." + one.get("payload").asText();
            String signature = "." + one.get("signature").asText();
            VerificationKey key = read(one.get("key").toString());
            assertEquals(
                    true, isGenuine(begin + signature, key), one.get("name").asText());
            assertEquals(
                    false,
                    isGenuine(begin + "AAAA" + signature, key),
                    one.get("name").asText());
        }
    }

    @ParameterizedTest
    @MethodSource("joseAlgorithms")
    void joseAgrees(Algorithm algorithm) throws Exception {
        skipUnless(HAS_JOSE, "jose");
        Signed signed = sign(algorithm);
        Path jwk = Files.writeString(folder.resolve("key.jwk"), signed.jwk);
        for (String token : variants(signed.token)) {
            Path file = Files.writeString(folder.resolve("token"), token);
            assertEquals(
                    isGenuine(token, signed.key),
                    works("jose", "jws", "ver", "-i", file.toString(), "-k", jwk.toString()),
                    token);
        }
    }

    @ParameterizedTest
    @EnumSource
    void pyJwtAgrees(Algorithm algorithm) throws Exception {
        skipUnless(HAS_PYJWT, "python3-jwt");
        Signed signed = sign(algorithm);
        String script = """
                import sys, json, jwt
                jwk, algorithm, *tokens = sys.argv[1:]
                key = jwt.PyJWK(json.loads(jwk), algorithm=algorithm).key
                for token in tokens:
                    try:
                        jwt.PyJWS().decode(token, key, algorithms=[algorithm])
                        print('true')
                    except jwt.InvalidTokenError:
                        print('false')
                """;
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-c", script, signed.jwk, algorithm.word()));
        StringBuilder ours = new StringBuilder();
        for (String token : variants(signed.token)) {
            command.add(token);
            ours.append(isGenuine(token, signed.key)).append('\n');
        }
        assertEquals(ours.toString(), Program.run(command.toArray(new String[0])));
    }

    /** What {@code jose} signs is genuine here too. */
    @ParameterizedTest
    @MethodSource("joseAlgorithms")
    void whatJoseSignsIsGenuine(Algorithm algorithm) throws Exception {
        skipUnless(HAS_JOSE, "jose");
        Path key = folder.resolve("private.jwk");
        Path token = folder.resolve("token");
        Path payload = Files.writeString(folder.resolve("payload"), "{\"iss\":\"cp.chainloop\"}");
        assertEquals(
                true,
                works("jose", "jwk", "gen", "-i", "{\"alg\":\"" + algorithm.word() + "\"}", "-o", key.toString()));
        assertEquals(true, works(("jose jws sig -I " + payload + " -k " + key + " -c -o " + token).split(" ")));
        Path shown = folder.resolve("public.jwk");
        if (algorithm.kind == VerificationKey.Kind.SECRET) {
            shown = key;
        } else {
            assertEquals(true, works("jose", "jwk", "pub", "-i", key.toString(), "-o", shown.toString()));
        }
        String jwk = Files.readString(shown);
        assertEquals(true, isGenuine(Files.readString(token).strip(), read(jwk)), algorithm.word());
    }

    private static boolean isGenuine(String token, VerificationKey key) throws Exception {
        return TestKeys.judge(token, key).outcome() == Outcome.GENUINE;
    }

    private static void skipUnless(boolean installed, String name) {
        if (!installed) {
            System.out.println("skipped: " + name + " is not installed, so nothing is compared with it");
        }
        assumeTrue(installed, name);
    }

    private static boolean works(String... command) {
        try {
            return Program.of(command).run().status() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
