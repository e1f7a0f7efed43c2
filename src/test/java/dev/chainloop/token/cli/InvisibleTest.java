package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.StandInCli;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** No output of any command, in any format, has a bidi or invisible character: of a claim, a file's name, a log or a server. */
class InvisibleTest {
    /** One of each kind: bidi, joiners and spaces without width, fillers, a variation selector, a tag, line ends, an escape. */
    private static final String UNSEEN =
            "\u202e\u2066\u200f\u061c\u200b\u200d\u2060\u00ad\u034f\u115f\u17b4\u180e\u3164\uffa0\u2800"
                    + "\ufe0f\ufeff\udb40\udc41\ud834\udd73\u2028\u2029\u0085\u009b\u001b\u0000";

    /** A file's name cannot have the last. */
    private static final String NAME = "a" + UNSEEN.replace("\u0000", "") + "b";

    @TempDir
    Path home;

    static final List<String> ARE_ESCAPED_OR_LEFT_OUT = List.of(("inspect;inspect --claims;inspect --redact;"
                    + "--field id,orgName,tokenName,claims,header,issuer,subject,audience;--all;"
                    + "check --org x --issuer y --require-exp;check -q --project x --fail-on warning;"
                    + "verify --secret-file IN/key;sources;sources -c NAMED;"
                    + "ask;"
                    + "explain issuer not found: NAME, valid only with the project \"NAME\";mask;"
                    + "mask IN;-c NAMED;issuer not found: NAME")
            .split(";"));

    @ParameterizedTest
    @FieldSource("ARE_ESCAPED_OR_LEFT_OUT")
    void areEscapedOrLeftOut(String command) throws IOException {
        String payload = Payload.of(TokenMint.API_TOKEN, "exp", "1", "aud", Payload.string("api-token-auth.chainloop"));
        for (String claim : List.of(
                "jti", "org_id", "org_name", "token_name", "project_name", "scope", "iss", "sub", "x" + UNSEEN)) {
            payload = Payload.of(payload, claim, Payload.string(NAME));
        }
        String token = TokenMint.token("{\"alg\":\"HS256\",\"kid\":" + Payload.string(NAME) + "}", payload);
        Path folder = Files.createDirectories(home.resolve(NAME));
        Files.writeString(
                folder.resolve(NAME), "organization = " + Payload.string(NAME) + "\nauth.token = '" + token + "'\n");
        Files.writeString(home.resolve("key"), "x".repeat(32));
        Files.writeString(home.resolve("error"), "ERR authentication error: " + NAME + "\n");
        Files.writeString(home.resolve("answer"), """
                {"currentUser":{"id":X,"email":X,"firstName":X,"lastName":X},
                "currentMembership":{"org":{"name":X},"role":X}}
                """.replace("X", Payload.string(NAME)));
        for (String script : List.of("cat \"$HOME/error\" >&2; exit 1", "cat \"$HOME/answer\"")) {
            StandInCli cli = new StandInCli(home, "v1.106.1", "v1.106.1", script);
            int answered = 0;
            for (String format : List.of("text", "json", "dotenv", "github")) {
                Path output = Files.writeString(home.resolve("output"), "");
                Path summary = Files.writeString(home.resolve("summary"), "");
                List<String> line = new ArrayList<>();
                for (String word : command.split(" ", -1)) {
                    line.add(word.replace("NAMED", folder.resolve(NAME).toString())
                            .replace("NAME", NAME)
                            .replaceFirst("^IN(?=$|/)", home.toString()));
                }
                if (!format.equals("text")) {
                    line.addAll(1, List.of("-o", format));
                }
                CliRun run = CliRun.withHome(home)
                        .env("PATH", cli.variables().get("PATH"))
                        .env("GITHUB_OUTPUT", output.toString())
                        .env("GITHUB_STEP_SUMMARY", summary.toString());
                CliRun.Result result = (command.contains("NAMED") ? run : run.env("CHAINLOOP_TOKEN", token))
                        .stdin(token)
                        .run(line.toArray(new String[0]));
                answered += result.status() == 2 ? 0 : 1;
                String all = result.out() + result.err() + Files.readString(output) + Files.readString(summary);
                List<Integer> seen = all.codePoints()
                        .filter(point -> IntStream.concat(UNSEEN.codePoints(), IntStream.of('\t', '\r'))
                                .anyMatch(one -> one == point))
                        .boxed()
                        .toList();
                assertEquals(List.of(), seen, all);
            }
            assertTrue(answered > 0 || command.startsWith("issuer"), "nothing was answered");
        }
    }
}
