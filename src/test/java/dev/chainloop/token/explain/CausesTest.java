package dev.chainloop.token.explain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which faults of a token change what explains a message: a line for each message in {@code src/test/answers/causes.txt},
 * with the faults that are certain causes, those that leave likely ones (?) or unseen ones (~), and those that show that
 * another token was sent (-). {@code -Dgolden.update=true} writes it.
 */
class CausesTest {
    private static final Path TABLE = Path.of("src/test/answers/causes.txt");
    private static final String QUOTED = "quoted: API";
    private static final String GOOD = "none: API";
    private static final List<String> FAULTS = List.of(
            "user: USER",
            "federated: FEDERATED header={\"alg\":\"RS256\"}",
            "expired: API expired",
            "early: API nbf=now+1h",
            "audience: API aud=\"other\"",
            "identity: API -jti",
            "unsigned: API header={\"alg\":\"none\"}",
            "length: API letters=20",
            "left-out: API signature=REDACTED",
            "algorithm: API header={\"alg\":\"RS256\"}",
            "self-issued: API aud=\"chainloop\"",
            QUOTED,
            "claim: API exp=\"soon\"",
            "encoding: API spare-bit");

    @TempDir
    Path home;

    @Test
    void asInTheTable() throws IOException {
        List<String> table = new ArrayList<>();
        for (KnownMessage message : KnownMessage.values()) {
            String good = causes(message, GOOD).toString();
            StringBuilder line = new StringBuilder(message.name()).append(':').append(sign(causes(message, GOOD)));
            for (String fault : FAULTS) {
                JsonNode causes = causes(message, fault);
                if (!causes.toString().equals(good)) {
                    line.append(' ').append(nameOf(fault)).append(sign(causes));
                }
            }
            table.add(line.toString());
        }
        Golden.check(TABLE, String.join("\n", table) + "\n");
    }

    private JsonNode causes(KnownMessage message, String fault) throws IOException {
        String token = TokenMint.described(fault.substring(nameOf(fault).length() + 2));
        CliRun.Result result = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", fault.equals(QUOTED) ? "'" + token + "'" : token)
                .stdin("ERR " + message.texts().get(0))
                .run("explain", "-o", "json");
        return Payload.read(result.out()).at("/causes");
    }

    private static String nameOf(String fault) {
        return fault.substring(0, fault.indexOf(':'));
    }

    private static String sign(JsonNode causes) {
        List<String> weights = new ArrayList<>();
        for (JsonNode cause : causes) {
            String weight = cause.at("/weight").asText();
            if (weight.startsWith("ruled") && cause.at("/message").asText().startsWith("the token here")) {
                return "-";
            }
            weights.add(weight);
        }
        return weights.contains("certain") ? "" : weights.contains("likely") ? "?" : "~";
    }
}
