package dev.chainloop.token.advice;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.MarkdownTable;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plans of states in places: the page advice.md shows them, and its tables are the program's own. */
final class AdviceTest {
    private static final Path PAGE = Path.of("src/site/markdown/advice.md");

    @TempDir
    Path home;

    /** What the page shows at each of some places. */
    private enum State {
        NO_TOKEN("There is no token", ""),
        EXPIRED_LOGIN("A login has expired", "USER expired"),
        EXPIRED("An API token has expired", "API expired"),
        EXPIRES_SOON("An API token ends in three days", "API exp=now+3d");
        private final String title;
        private final String token;

        State(String title, String token) {
            this.title = title;
            this.token = token;
        }
    }

    /** How each place is known: its variables, and what the machine tells. */
    private enum Where {
        TERMINAL("", ""),
        GITHUB("GITHUB_ACTIONS=true GITHUB_REPOSITORY=acme/web", ""),
        GITLAB("GITLAB_CI=true", ""),
        JENKINS("JENKINS_URL=https://ci.example", ""),
        AZURE("TF_BUILD=True", ""),
        CIRCLECI("CIRCLECI=true", ""),
        BUILDKITE("BUILDKITE=true", ""),
        TEAMCITY("TEAMCITY_VERSION=1", ""),
        BITBUCKET("BITBUCKET_BUILD_NUMBER=1", ""),
        TRAVIS("TRAVIS=true", ""),
        TEKTON("", "unattended\n/tekton/results"),
        CI("CI=true", ""),
        POD("KUBERNETES_SERVICE_HOST=10.0.0.1", "unattended"),
        BUILD("", "unattended\n/proc/sys/kernel/hostname buildkitsandbox"),
        CONTAINER("", "unattended\n/.dockerenv"),
        SERVICE("INVOCATION_ID=1", "unattended"),
        CRON("", "unattended"),
        SSH("SSH_CONNECTION=1", "");
        private final String variables;
        private final String machine;

        Where(String variables, String machine) {
            this.variables = variables;
            this.machine = machine;
        }

        CliRun run(Path home, String token) {
            CliRun run = CliRun.withHome(home).machine(machine);
            Arrays.stream(variables.split(" "))
                    .filter(one -> !one.isEmpty())
                    .forEach(one -> run.env(one.split("=")[0], one.split("=", 2)[1]));
            return token.isEmpty() ? run : run.env("CHAINLOOP_TOKEN", TokenDescription.mint(token));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlaceIsKnownByItsSigns(Where where) {
        assertEquals(
                where.name().toLowerCase(),
                plan(where, State.EXPIRED).get("place").asText());
    }

    @Test
    void eachPlaceIsShown() {
        List<String> all = Arrays.stream(Place.values()).map(Enum::name).toList();
        List<String> shown = Stream.concat(Arrays.stream(Where.values()).map(Enum::name), Stream.of("ELSEWHERE"))
                .toList();
        assertTrue(shown.containsAll(all), () -> all + " " + shown);
    }

    /** Where nobody can log in, no plan does; a plan fits on a screen; a placeholder is told. */
    @ParameterizedTest
    @EnumSource
    void aPlanFitsItsPlace(Where where) {
        for (State state : State.values()) {
            JsonNode plan = plan(where, state);
            boolean attended = where == Where.TERMINAL || where == Where.SSH;
            assertTrue(plan.get("steps").size() <= 3, plan::toPrettyString);
            for (JsonNode step : plan.get("steps")) {
                String run = step.path("run").toString();
                assertTrue(attended || !run.contains("auth login"), plan::toPrettyString);
                assertTrue(!run.contains("#") && !run.contains("\"$ "), plan::toPrettyString);
                step.get("placeholders")
                        .forEach(word ->
                                assertTrue((run + step.path("put")).contains(word.asText()), plan::toPrettyString));
            }
        }
    }

    @Test
    void thePageIsTheProgramsOwn() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("| place | a person can log in | where the token is kept |");
        lines.add("|---|---|---|");
        for (Place place : Place.values()) {
            Custody custody = Custody.of(place);
            lines.add(MarkdownTable.row(place.title(), custody.login() ? "yes" : "no", custody.kept()));
        }
        for (State state : State.values()) {
            lines.add("");
            lines.add("### " + state.title);
            for (Where where : List.of(Where.TERMINAL, Where.GITHUB, Where.GITLAB, Where.POD, Where.CRON)) {
                lines.add("");
                lines.add("In " + Place.valueOf(where.name()).title() + ":");
                lines.add("");
                lines.add("```text");
                String out = where.run(home, state.token).run().out();
                lines.addAll(out.substring(out.indexOf("What to do\n") + "What to do\n".length())
                        .lines()
                        .toList());
                lines.add("```");
            }
        }
        String page = Files.readString(PAGE);
        String start = "<!-- generated -->\n";
        String end = "<!-- end -->\n";
        Golden.check(
                PAGE,
                page.substring(0, page.indexOf(start) + start.length()) + "\n" + String.join("\n", lines) + "\n\n"
                        + page.substring(page.indexOf(end)));
    }

    private JsonNode plan(Where where, State state) {
        return Payload.read(where.run(home, state.token)
                        .run("inspect", "-o", "json")
                        .out())
                .get("plan");
    }
}
