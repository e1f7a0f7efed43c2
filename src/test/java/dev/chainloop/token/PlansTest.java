package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.RowNames;
import dev.chainloop.token.testing.TestWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Carries out the plan of each state in {@code src/test/plans/states.txt}, against stand-ins for the programs in it, and
 * then asks the stand-in's server whether it accepts the next command of the job, or of the person.
 */
@Order(1)
@ExtendWith(RowNames.class)
class PlansTest {
    private static final Path FOLDER = Path.of("src/test/plans").toAbsolutePath();
    private static final Pattern TOKEN = Pattern.compile("@([A-Z][^@]*)@");
    private static final List<String> SHELLS = List.of("sh", "bash", "dash", "zsh").stream()
            .filter(Program::exists)
            .toList();

    /** The reader's replacements for what only the reader knows. */
    private static final Map<String, String> READER =
            Map.of("SECRET", "chainloop", "KEY", "token", "DEPLOYMENT", "web");

    private static final String NEXT = "chainloop attestation init --yes --workflow=build --project=web";

    @TempDir
    Path folder;

    static List<TestWorld> states() throws IOException {
        return TestWorld.rows(FOLDER.resolve("states.txt"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void cures(TestWorld state) throws Exception {
        for (String line : state.answer()) {
            assertTrue(line.matches("(address|server|paste|reads|dead): .+"), line);
        }
        Session session = new Session(state, folder);
        JsonNode plan = session.answer(session.variables).path("plan");
        List<Step> steps = Step.all(plan.path("steps"));
        for (Step step : steps) {
            step.checkForm(folder);
        }
        session.carryOut(
                steps, List.of("terminal", "ssh").contains(plan.path("place").asText()));
    }

    record Step(String where, List<String> run, List<String> placeholders) {
        private static final Pattern CAPITALS = Pattern.compile("(?<![\\w$-])[A-Z]{2,}(?:[:/_][A-Z]+)*(?![\\w-])");
        private static final Set<String> PARSED = new TreeSet<>();

        static List<Step> all(JsonNode steps) {
            List<Step> all = new ArrayList<>();
            for (JsonNode step : steps) {
                all.add(new Step(step.path("where").asText(), texts(step, "run"), texts(step, "placeholders")));
            }
            return all;
        }

        private static List<String> texts(JsonNode step, String name) {
            List<String> texts = new ArrayList<>();
            step.path(name).forEach(text -> texts.add(text.asText()));
            return texts;
        }

        /** Whether its commands can be pasted as they are. */
        void checkForm(Path folder) throws Exception {
            for (String command : run) {
                assertFalse(
                        Pattern.compile("(?m)(^|\\s)#|^\\s*[$%>] ")
                                .matcher(command)
                                .find(),
                        command);
                assertFalse(command.contains("auth login") && !command.equals(run.get(run.size() - 1)), command);
                for (Matcher word = CAPITALS.matcher(command); word.find(); ) {
                    assertTrue(word.group().contains("_") || placeholders.contains(word.group()), command);
                }
                for (String shell : PARSED.add(command) ? SHELLS : List.<String>of()) {
                    Path file = Files.writeString(folder.resolve("command"), command + "\n");
                    String said = Program.run(shell, "-n", file.toString());
                    assertEquals("", said, shell + " -n: " + command);
                }
            }
        }

        /** Its commands, except those that only show something, with what the reader fills in. */
        List<String> filledIn() {
            List<String> commands = new ArrayList<>(run);
            commands.removeIf(command -> command.startsWith("chainloop-token ") || command.startsWith("grep -ls "));
            READER.forEach((placeholder, value) -> commands.replaceAll(
                    command -> command.replaceAll("(?<![\\w-])" + placeholder + "(?![\\w-])", value)));
            return commands;
        }
    }

    /** One state, made: machines, and a server that knows the tokens. */
    private static final class Session {
        private final TestWorld state;
        private final Path folder;
        private final Path home;
        private final Path server;
        private final Map<String, String> variables;

        Session(TestWorld state, Path folder) throws IOException {
            this.state = state;
            this.folder = folder;
            home = folder.resolve("home");
            server = folder.resolve("server");
            Files.createDirectories(server.resolve("credentials"));
            Files.writeString(server.resolve("orgs"), "other\nacme\n");
            Files.writeString(server.resolve("address"), state.one("address", "api.cp.chainloop.dev:443"));
            Files.createFile(server.resolve(state.one("server", "browser")));
            state.makeFiles(home);
            variables = state.variables(home);
            issued(state.world() + state.one("paste", ""));
            if (state.one("reads", "").equals("pod")) {
                Path secrets = Files.createDirectories(server.resolve("secrets/kubernetes"));
                Files.writeString(secrets.resolve("chainloop"), variables.get("CHAINLOOP_TOKEN"));
            }
            TestWorld own = TestWorld.of("config: organization = 'other'", "login: @USER user_id=\"own\"@");
            own.makeFiles(folder.resolve("own"));
            issued(own.world().toString());
        }

        /** The server has issued the tokens in a text. */
        private void issued(String text) throws IOException {
            for (Matcher match = TOKEN.matcher(text); match.find(); ) {
                String token = TestWorld.text(match.group(), home);
                byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
                JsonNode claims = Payload.read(new String(payload, StandardCharsets.UTF_8));
                String kind = claims.has("jti") ? "api" : "user";
                String id = claims.path("jti").asText(claims.path("user_id").asText());
                String known = "kind=" + kind + " id=" + id + " name='"
                        + claims.path("token_name").asText() + "' org='"
                        + claims.path("org_name").asText()
                        + "' exp=" + claims.path("exp").asText("0") + " revoked= text='" + token + "'";
                Files.writeString(server.resolve("credentials/" + kind + "-" + id), known);
            }
        }

        /** What the tool answers there, with these variables. */
        JsonNode answer(Map<String, String> with) {
            CliRun run = state.around(home);
            with.forEach(run::env);
            List<String> words = state.arguments(home);
            words.addAll(List.of("-o", "json"));
            CliRun.Result result = run.run(words);
            assertTrue(result.out().startsWith("{"), result.err());
            return Payload.read(result.out());
        }

        void carryOut(List<Step> steps, boolean attended) throws Exception {
            List<String> there = new ArrayList<>();
            List<String> own = new ArrayList<>();
            for (Step step : steps) {
                (attended || step.where().equals("here") ? there : own).addAll(step.filledIn());
            }
            assertEquals(
                    "", run("away", own, Map.of("HOME", folder.resolve("own").toString()), true));
            Map<String, String> job = new LinkedHashMap<>(variables);
            if (!state.all("reads").isEmpty()) {
                job.put("CHAINLOOP_TOKEN", stored(state.one("reads", "")));
            }
            List<String> kept = List.of("CHAINLOOP_TOKEN", "CHAINLOOP_CONTROL_PLANE_API");
            kept.forEach(name -> there.add("printf %s \"${" + name + "-}\" >" + folder.resolve(name)));
            assertEquals("", run("there", there, job, attended));
            for (String name : kept) {
                job.put(name, Files.readString(folder.resolve(name)));
            }
            assertEquals("", run("next", List.of(NEXT), job, attended));
            if (state.one("$", "").contains("--min-remaining")) {
                assertTrue(answer(job).at("/check/passed").asBoolean(), "half a minute later the same check fails");
            }
            for (String dead : state.all("dead")) {
                Map<String, String> old =
                        Map.of("CHAINLOOP_TOKEN", TestWorld.text(dead, home), "HOME", home.toString());
                assertFalse(run("old", List.of(NEXT), old, false).isEmpty(), "it lives");
            }
        }

        /** What is in the store that the job reads; empty if nothing is. */
        private String stored(String where) throws IOException {
            return switch (where) {
                case "printed" -> text("away.printed");
                case "actions", "dependabot" -> text("server/secrets/" + where);
                case "kubernetes" -> text("server/secrets/kubernetes/chainloop");
                case "pod" -> text("server/secrets/kubernetes/chainloop.pod");
                default -> throw new AssertionError(where);
            };
        }

        private String text(String file) throws IOException {
            return Files.exists(folder.resolve(file)) ? Files.readString(folder.resolve(file)) : "";
        }

        /** Runs commands in one shell until one fails, and tells which did; a printed token goes to a file. */
        private String run(String name, List<String> commands, Map<String, String> with, boolean terminal)
                throws Exception {
            String out = folder.resolve(name).toString();
            StringBuilder script = new StringBuilder();
            for (String command : commands) {
                script.append("""
                        {
                        %1$s
                        } >%2$s 2>>%2$s.err || exit %3$d
                        ! grep -q ^eyJ %2$s || cp %2$s %2$s.printed
                        """.formatted(command, out, commands.indexOf(command) + 1));
            }
            Path file = Files.writeString(folder.resolve(name + ".sh"), script);
            if (terminal) {
                Program.require("script");
            }
            Program program = terminal
                    ? Program.of("script", "-qec", "sh " + file, "/dev/null")
                            .typing(TestWorld.text(state.one("paste", ""), home) + "\n")
                    : Program.of("sh", file.toString());
            // The time is half a minute before the next look.
            String now = String.valueOf(CliRun.NOW.getEpochSecond() - 30);
            int status = program.alone(home)
                    .with(with)
                    .with(Map.of(
                            "PATH", FOLDER + ":/usr/bin:/bin", "STANDIN_STATE", server.toString(), "STANDIN_NOW", now))
                    .run()
                    .status();
            String failed = status > 0 && status <= commands.size() ? commands.get(status - 1) : "status " + status;
            return status == 0 ? "" : "failed " + name + ": " + failed + "\n" + text(name + ".err");
        }
    }
}
