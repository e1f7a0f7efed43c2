package dev.chainloop.token.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each message against each kind of token, in codes: {@code src/test/states/messages.txt}, which says at its head how it is read. */
class WeighingTest {
    private static final Path TABLE = Path.of("src/test/states/messages.txt");

    private static final Map<String, String> TOKENS = new LinkedHashMap<>();

    static {
        TOKENS.put("nothing", "");
        TOKENS.put("user", "USER");
        TOKENS.put("api", "API project_id=\"6c1d2b3c-0000-4000-8000-000000000001\" project_name=\"web\"");
        TOKENS.put("federated", "FEDERATED header={\"alg\":\"RS256\"}");
        TOKENS.put("expired", "API expired");
        TOKENS.put("malformed", "`");
    }

    @TempDir
    Path home;

    @Test
    void eachMessageIsWeighedAgainstEachKindOfToken() throws IOException {
        List<String> table = new ArrayList<>(Files.readString(TABLE)
                .lines()
                .takeWhile(line -> !line.startsWith("# "))
                .toList());
        for (KnownMessage message : KnownMessage.values()) {
            table.add("# " + message.word() + ": " + message.layer().word());
            Map<String, String> kinds = new LinkedHashMap<>();
            TOKENS.forEach((kind, token) -> kinds.merge(codes(message, token), kind, (one, more) -> one + ", " + more));
            kinds.forEach((codes, names) -> table.add(names + ": " + codes));
            table.add("");
        }
        Golden.compare(TABLE, String.join("\n", table));
    }

    private String codes(KnownMessage message, String token) {
        CliRun run = CliRun.withHome(home).env("CI", "true");
        String value = token.equals("`") ? "ghp_0123" : token.isEmpty() ? "" : TokenMint.described(token);
        JsonNode answer = Payload.read((value.isEmpty() ? run : run.env("CHAINLOOP_TOKEN", value))
                .run("explain", "-o", "json", message.texts().get(0).replace("…", "\"shop\""))
                .out());
        assertEquals(message.word(), answer.at("/message/id").asText());
        Map<String, String> findings = new LinkedHashMap<>();
        answer.path("findings")
                .forEach(one -> findings.put(
                        one.path("message").asText(), ":" + one.path("id").asText()));
        StringBuilder codes = new StringBuilder();
        for (JsonNode cause : answer.path("causes")) {
            codes.append(cause.path("weight").asText().replace(" here", "").replace(' ', '-'))
                    .append(findings.getOrDefault(cause.path("message").asText(), ""))
                    .append(' ');
        }
        String cure = answer.at("/plan/steps/0/cure").asText("-");
        return codes + "> " + cure;
    }
}
