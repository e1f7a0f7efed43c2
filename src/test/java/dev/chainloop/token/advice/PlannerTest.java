package dev.chainloop.token.advice;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Phrases;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.Surroundings.Variable;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.TestWorld;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each cure in each place, with each kind of token: a plan is short by construction, and can be carried out. */
class PlannerTest {
    private static final String PROJECT = " project_id=\"5a1d\" project_name=\"web\"";

    /** What the variable holds, or else stdin: nothing at first. */
    private static final List<String> VARIABLES = List.of(
            "",
            "variable:",
            "variable:  ",
            "variable: $CHAINLOOP_TOKEN",
            "variable: @API@",
            "variable: @API expired@",
            "variable: @API expired" + PROJECT + "@",
            "variable: @API exp=now+1h" + PROJECT + "@",
            "variable: @API expired scope=\"project\"@",
            "variable: @API expired scope=\"product\"@",
            "variable: @API expired scope=\"instance\"@",
            "variable: @API expired workflow_id=\"5a1d\" workflow_name=\"build\"" + PROJECT + "@",
            "variable: @USER@",
            "variable: @USER expired@",
            "variable: @FEDERATED@",
            "variable: @FEDERATED aud=\"sigstore\"@",
            "variable: \"@API@\"");

    private static final Path MATRIX = Path.of("src/test/states/matrix.txt");

    /** A command with its options. */
    private static final Pattern COMMAND = Pattern.compile(
            "(chainloop (?:org api-token|auth|organization) [a-z]+(?: [a-z]+)?)[^)|;&]*?(?= ?[)|;&]|$)");

    private static final WantedToken API_TOKEN = new WantedToken(
            List.of(Audience.API_TOKEN), Optional.of("acme"), Optional.of("web"), 0, WantedToken.ANY_TIME, 0, false);

    /** Beside the kind of value. */
    private static final List<String> AROUND = List.of(
            "",
            "env: GITHUB_ACTOR=dependabot[bot]",
            "env: CI_COMMIT_REF_PROTECTED=false; env: CI_COMMIT_REF_NAME=feature/x",
            "env: CI_MERGE_REQUEST_SOURCE_PROJECT_ID=2; env: CI_MERGE_REQUEST_PROJECT_ID=1",
            "env: SUDO_USER=ann",
            "env: SHELL=/usr/bin/fish");

    @TempDir
    Path home;

    private int longest;
    private Plan longestPlan = new Plan(Place.ELSEWHERE, List.of(), Optional.empty());

    @ParameterizedTest
    @FieldSource("dev.chainloop.token.advice.AdviceTest#PLACES")
    void aPlanIsShort(String place) throws IOException {
        for (boolean login : List.of(false, true)) {
            if (login) {
                TestWorld.of("login: @USER@").makeFiles(home);
            }
            for (String variable : VARIABLES) {
                boolean nothing = variable.strip().length() <= "variable:".length();
                // What is around matters if there is no token; a place that is named, if no token is known.
                for (String around : nothing && !login ? AROUND : List.of("")) {
                    Diagnosis diagnosis = diagnosis("in: " + place + "; " + variable + "; " + around);
                    check(diagnosis);
                    if (place.equals("terminal")) {
                        check(in(Place.POD, diagnosis));
                        check(in(Place.SERVICE, diagnosis));
                    }
                }
                Diagnosis given = diagnosis("in: " + place + "; " + variable.replace("variable", "stdin"));
                check(given);
                check(in(Place.ELSEWHERE, given));
            }
        }
    }

    private static Diagnosis in(Place place, Diagnosis diagnosis) {
        return Diagnosis.of(Evidence.of(diagnosis.evidence().inputs(), Optional.of(place), CliRun.NOW));
    }

    private void check(Diagnosis diagnosis) {
        for (WantedToken wanted : List.of(WantedToken.ANY, WantedToken.ANY.like(diagnosis.used()), API_TOKEN)) {
            for (boolean works : List.of(false, true)) {
                PlanContext context = new PlanContext(diagnosis.evidence(), wanted, works, PlanContext.Role.ANY);
                for (Cure cure : Cure.values()) {
                    List<Step> steps = Planner.of(context, cure).steps();
                    Supplier<String> shown = () -> context.place() + " " + cure + " " + steps;
                    assertTrue(!steps.isEmpty() && steps.size() <= (cure.isAside() ? 1 : 3), shown);
                    for (Step step : steps) {
                        check(step, context, shown);
                    }
                    Plan plan = Plan.of(context, List.of(Cure.SET_CLOCK, cure)).orElseThrow();
                    assertTrue(plan.steps().size() <= 4, shown);
                    int lines = plan.steps().stream()
                            .mapToInt(step -> 1
                                    + step.text().length() / 78
                                    + String.join("\n", step.run()).split("\n").length
                                    + step.put().size())
                            .sum();
                    longestPlan = lines > longest ? plan : longestPlan;
                    longest = Math.max(longest, lines);
                }
            }
        }
        assertTrue(longest <= 18, longestPlan::toString);
    }

    private static void check(Step step, PlanContext context, Supplier<String> shown) {
        String run = String.join("\n", step.run());
        boolean login = run.contains("auth login");
        assertTrue(context.place().isAttended() || !login || step.where() == Step.Where.OWN_MACHINE, shown);
        assertEquals(login, login && step.run().get(step.run().size() - 1).contains("auth login"), shown);
        assertFalse(
                step.text().contains("  ")
                        || step.text().contains("..")
                        || step.text().contains(" ."),
                shown);
        step.placeholders().forEach(word -> assertTrue((run + step.put()).contains(word), shown));
    }

    /** A working token is revoked only after another has been stored, and a new token may do no more than the old one. */
    @ParameterizedTest
    @FieldSource("dev.chainloop.token.advice.AdviceTest#PLACES")
    void nothingIsTakenAwayOrWidened(String place) {
        for (String variable : VARIABLES) {
            Diagnosis diagnosis = diagnosis("in: " + place + "; " + variable);
            WantedToken wanted = WantedToken.ANY.like(diagnosis.used());
            PlanContext context = new PlanContext(diagnosis.evidence(), wanted, true, PlanContext.Role.ANY);
            List<Step> steps = Planner.of(context, Cure.REPLACE_API_TOKEN).steps();
            List<String> run =
                    steps.stream().flatMap(step -> step.run().stream()).toList();
            String all = String.join("\n", run);
            boolean dead = diagnosis.used().expired().orElse(false);
            if (variable.contains("API") && !dead && all.contains(" revoke ")) {
                assertTrue(all.indexOf(" create ") < all.indexOf(" revoke "), all);
                assertFalse(all.contains("unset "), all);
            }
            if (variable.contains("project")) {
                assertEquals(all.contains(" create "), all.contains(" --project "), all);
            }
            if (variable.contains("product") || variable.contains("instance") || variable.contains("workflow")) {
                assertFalse(all.contains(" create "), all);
            }
        }
    }

    /**
     * The plan for each trouble in each place: {@code src/test/states/matrix.txt}. Places with the same steps share one line;
     * a place's own words are those of its row in {@link SecretStore}, and here their names.
     */
    @Test
    void aPlanIsTheMatrixs() throws IOException {
        String written = Files.readString(MATRIX);
        StringBuilder matrix = new StringBuilder(written.substring(0, written.indexOf("\n## ")));
        for (String line : written.lines().filter(one -> one.startsWith("## ")).toList()) {
            String[] trouble = line.substring(3).split(" \\| ?", -1);
            Cure cure = Cure.valueOf(trouble[0].toUpperCase(Locale.ROOT).replace('-', '_'));
            Map<String, List<String>> places = new LinkedHashMap<>();
            for (Place place : Place.values()) {
                String steps = steps(place, cure, trouble[2]);
                places.computeIfAbsent(steps, any -> new ArrayList<>()).add(place.word());
            }
            matrix.append("\n").append(line).append("\n");
            places.forEach((steps, of) -> matrix.append("- ")
                    .append(String.join(" ", of))
                    .append("\n")
                    .append(steps));
        }
        Golden.check(MATRIX, matrix.toString());
    }

    private String steps(Place place, Cure cure, String world) throws IOException {
        boolean elsewhere = place == Place.ELSEWHERE;
        String lines = "in: " + (elsewhere ? "terminal" : place.word()) + "; " + world;
        Diagnosis here = diagnosis(lines.replace("; works", ""));
        Variable shown = world.equals("variable:") ? Variable.EMPTY : Variable.UNSEEN;
        Evidence evidence = (elsewhere ? here.elsewhere(place, shown) : here).evidence();
        WantedToken wanted = WantedToken.ANY.like(evidence.used());
        PlanContext context = new PlanContext(evidence, wanted, world.endsWith("; works"), PlanContext.Role.ANY);
        StringBuilder steps = new StringBuilder();
        for (Step step : Plan.of(context, List.of(cure)).orElseThrow().steps()) {
            String commands = String.join("; ", step.run()).replaceAll("\\s+", " ");
            steps.append("    ")
                    .append(named(step.text().replaceAll("; fill in [^:]*", ""), SecretStore.of(place)))
                    .append(
                            commands.isEmpty()
                                    ? ""
                                    : " " + COMMAND.matcher(commands).replaceAll("$1"))
                    .append(step.put().isEmpty() ? "" : " {lines}")
                    .append('\n');
        }
        return steps.toString();
    }

    /** What is the place's own, by its name. */
    private static String named(String text, SecretStore place) {
        String named = text;
        for (Map.Entry<String, String> words : List.of(
                Map.entry(place.unset(), "UNSET"),
                Map.entry(place.empty(), "EMPTY"),
                Map.entry(place.ofRun(), "OF-RUN"),
                Map.entry(" as " + place.kept(), " as KEPT"),
                Map.entry(" in " + place.kept(), " in KEPT"),
                Map.entry("`" + place.restart() + "`", "RESTART"))) {
            if (!words.getKey().isEmpty()) {
                named = named.replace(words.getKey(), words.getValue());
                named = named.replace(Phrases.capitalized(words.getKey()), words.getValue());
            }
        }
        return named;
    }

    private Diagnosis diagnosis(String lines) {
        TestWorld world = TestWorld.of(lines.split("; "));
        Map<String, String> variables = world.variables(home);
        variables.put("HOME", home.toString());
        CliRun.FixedMachine machine =
                new CliRun.FixedMachine(world.all("machine"), home, Descriptor.Kind.FILE, Descriptor.Kind.FILE);
        Optional<String> stdin = world.stdin(home);
        InputStream in = new ByteArrayInputStream(stdin.orElse("").getBytes(StandardCharsets.UTF_8));
        Search search = new Search(
                new Environment(variables, false, machine),
                new StandardInput(stdin.isPresent() ? Descriptor.Kind.PIPE : Descriptor.Kind.OTHER, in),
                InstantSource.fixed(CliRun.NOW),
                note -> {},
                1);
        Search.Selection request = new Search.Selection(
                stdin.map(text -> SourceKind.STDIN), Optional.empty(), Optional.empty(), false, false);
        return Diagnosis.of(Evidence.of(search.run(request), Optional.empty(), CliRun.NOW));
    }
}
