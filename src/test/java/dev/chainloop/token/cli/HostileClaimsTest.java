package dev.chainloop.token.cli;

import static dev.chainloop.token.testing.TokenMint.API_TOKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.render.Sanitizer;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Anybody can write a token, so its claims may try to be more than text. Each attack is in every claim that the
 * answers for CI systems show; the token has also expired, so that the plan's commands name it, and earns warnings that
 * quote it.
 */
class HostileClaimsTest {
    static final List<String> NAMES = List.of(("status kind type id org-id org-name token-name project-name expires-at "
                    + "expires-in-seconds fingerprint")
            .split(" "));

    private static final List<String> ATTACKED = List.of("id", "org-id", "org-name", "token-name", "project-name");

    /** The lines of a summary, with W for the words in it. */
    private static final Pattern SUMMARY_LINE = Pattern.compile(
            "### W|\\| \\| \\||\\|---\\|---\\||\\| [a-z-]+ \\| W \\||- \\*\\*(error|warning|info)\\*\\* W|"
                    .replace("W", "[\\p{L}\\p{N} ]*"));

    @TempDir
    Path home;

    static Stream<Arguments> attacks() {
        return Stream.of(
                arguments("a workflow command", "::error::forged"),
                arguments("a workflow command behind blanks", "  \t::error::forged"),
                arguments("a workflow command behind a no-break space", "\u00a0\u2003::error::forged"),
                arguments("a workflow command of the old form", "##[error]forged"),
                arguments("an old one behind text", "x ##[add-mask]forged"),
                arguments("a workflow command on a new line", "x\n::error::forged"),
                arguments("one behind a carriage return", "x\r::set-output name=kind::user"),
                arguments("one behind a line separator", "x\u2028::error::forged"),
                arguments("one behind a next-line control", "x\u0085::error::forged"),
                arguments("a line end as the toolkit escapes it", "x%0A::error::forged"),
                arguments("an end of the command's own properties", "x::forged,line=1::"),
                arguments("another property", "x,file=/etc/passwd,line=1"),
                arguments("an output on a line of its own", "x\nkind=user"),
                arguments("an output in the multi-line form", "x\nkind<<EOF\nuser\nEOF"),
                arguments("a guessed delimiter", "x\nchainloop-token\nkind<<chainloop-token\nuser"),
                arguments("a delimiter by its beginning", "chainloop-token-\nghadelimiter_\nEOF"),
                arguments("a dotenv line", "acme\nCHAINLOOP_TOKEN_KIND=user"),
                arguments("a dotenv line behind a carriage return", "acme\r\nCHAINLOOP_TOKEN_KIND=user"),
                arguments("a dotenv comment", "acme # comment"),
                arguments("a dotenv quotation", "\"acme\""),
                arguments("a dotenv reference", "${CI_JOB_TOKEN}"),
                arguments("a Markdown link", "[click](https://evil.example)"),
                arguments("a Markdown image", "![x](https://evil.example/x.png)"),
                arguments("a bare link", "https://evil.example www.evil.example a@evil.example"),
                arguments("HTML", "<img src=x onerror=alert(1)><script>alert(1)</script>"),
                arguments("an HTML comment", "<!-- --><h1>x</h1><!--"),
                arguments("an HTML entity", "&lt;b&gt; &#60;b&#62;"),
                arguments("table pipes", "a | b \\| c"),
                arguments("backticks", "`code` ``` ~~~"),
                arguments("a mention", "@octocat @acme/team"),
                arguments("a reference", "#1 acme/web#2 GH-3"),
                arguments("a heading", "# x\n# y\n==="),
                arguments("emphasis and lists", "**x** _y_ ~~z~~\n- a\n1. b\n> c"),
                arguments("shell: an end of the quotation", "'; touch forged; '"),
                arguments("shell: a doubled quotation mark", "''; touch forged; ''"),
                arguments("shell: a substitution", "$(touch forged)"),
                arguments("shell: an older substitution", "`touch forged`"),
                arguments("shell: a backslash at the end", "x\\"),
                arguments("shell: a backslash before a quotation mark", "\\'; touch forged; #"),
                arguments("shell: a new line", "x\ntouch forged\n"),
                arguments("shell: an expansion", "$HOME ~ * ? {a,b} !! $'\\n'"),
                arguments("terminal codes", "\u001b]0;forged\u0007\u001b[2J\u009b31m"),
                arguments("text from right to left", "\u202egnp.exe\u2066"),
                arguments("invisible characters", "a\u200b\ufeffb\udb40\udc41"),
                arguments("half a pair", "a\ud800b"),
                arguments("NUL", "a\u0000b"),
                arguments("beyond ASCII", "Größe 組織 🙂"),
                arguments("nothing but what is allowed", "acme-1.x_y:z/@+"));
    }

    @BeforeEach
    void workElsewhere() throws IOException {
        Path config = home.resolve(".config/chainloop/config.toml");
        Files.createDirectories(config.getParent());
        Files.writeString(config, "organization = 'umbrella'\n");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void forgesNoWorkflowCommand(String name, String attack) {
        for (String command : List.of("inspect", "check")) {
            CliRun.Result result = run(attack, command, "-o", "github");
            JsonNode answer = Payload.read(run(attack, command, "-o", "json").out());
            List<String> expected = new ArrayList<>();
            for (JsonNode finding : answer.get("findings")) {
                String first = expected.isEmpty()
                        ? " " + String.join("; ", lines(steps(answer).get(0))).replace(":; ", ": ")
                        : "";
                expected.add(finding.get("severity").asText() + " title=chainloop-token: "
                        + finding.get("id").asText() + "::"
                        + Sanitizer.line(finding.get("message").asText() + first));
            }
            assertEquals(3, expected.size());
            assertEquals(expected, commandsIn(result.out()));
            assertEquals(List.of(), commandsIn(result.err()));
        }
    }

    private static List<JsonNode> steps(JsonNode answer) {
        List<JsonNode> steps = new ArrayList<>();
        answer.get("plan").get("steps").forEach(steps::add);
        return steps;
    }

    private static List<String> lines(JsonNode step) {
        List<String> lines = new ArrayList<>(List.of(step.get("text").asText()));
        step.get("run").forEach(command -> command.asText().lines().forEach(lines::add));
        return lines;
    }

    /** Everything that a runner would obey: at the start of a line after any blanks, or in the old form anywhere. */
    private static List<String> commandsIn(String output) {
        List<String> commands = new ArrayList<>();
        for (String line : output.split("\\R", -1)) {
            int start = 0;
            while (start < line.length()
                    && (Character.isWhitespace(line.charAt(start)) || Character.isSpaceChar(line.charAt(start)))) {
                start++;
            }
            if (line.startsWith("::", start)) {
                int end = line.indexOf("::", start + 2);
                String properties = line.substring(start + 2, end);
                assertEquals(-1, properties.indexOf(','), "one property");
                commands.add(unescaped(properties.replace("%3A", ":").replace("%2C", ",")) + "::"
                        + unescaped(line.substring(end + 2)));
            } else if (line.contains("##[")) {
                commands.add(line);
            }
        }
        return commands;
    }

    private static String unescaped(String text) {
        return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void forgesNoOutput(String name, String attack) throws IOException {
        for (String command : List.of("inspect", "check")) {
            Path file = Files.createFile(home.resolve("output-" + command));
            run(attack, Map.of("GITHUB_OUTPUT", file.toString()), command, "-o", "github");
            Map<String, String> outputs = outputsIn(Files.readString(file));
            assertEquals(NAMES, List.copyOf(outputs.keySet()));
            assertEquals("api-token", outputs.get("kind"));
            for (String attacked : ATTACKED) {
                assertEquals(Sanitizer.line(attack), outputs.get(attacked));
            }
        }
    }

    /** As the runner reads the file: {@code name=value}, or {@code name<<delimiter} and lines up to the delimiter. */
    static Map<String, String> outputsIn(String text) {
        Map<String, String> outputs = new LinkedHashMap<>();
        String[] lines = text.split("\r\n|\r|\n", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            int equals = lines[i].indexOf('=');
            int heredoc = lines[i].indexOf("<<");
            if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
                outputs.put(lines[i].substring(0, equals), lines[i].substring(equals + 1));
                continue;
            }
            String name = lines[i].substring(0, heredoc);
            String delimiter = lines[i].substring(heredoc + 2);
            List<String> value = new ArrayList<>();
            for (i++; !lines[i].equals(delimiter); i++) {
                value.add(lines[i]);
            }
            assertEquals(null, outputs.put(name, String.join("\n", value)), "an output given twice");
        }
        return outputs;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void forgesNoMarkdown(String name, String attack) throws IOException {
        for (String command : List.of("inspect", "check")) {
            Path file = Files.createFile(home.resolve("summary-" + command));
            run(attack, Map.of("GITHUB_STEP_SUMMARY", file.toString()), command, "-o", "github");
            // The screen is a block of code, whose end no line of it can be.
            Matcher block = Pattern.compile("(?s)(`{3,})text\n(.*?)\\1\n\n").matcher(Files.readString(file));
            assertEquals(true, block.matches());
            assertEquals(-1, block.group(2).indexOf(block.group(1)));
            assertEquals(
                    block.group(2), run(attack, command, "--color", "never").out());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void forgesNoDotenvLine(String name, String attack) {
        boolean plain = Sanitizer.line(attack).matches("[A-Za-z0-9._:/@+-]*");
        for (String command : List.of("inspect", "check")) {
            CliRun.Result result = run(attack, command, "-o", "dotenv");
            List<String> names = new ArrayList<>();
            for (String line : result.out().split("\n", -1)) {
                if (line.isEmpty()) {
                    continue;
                }
                assertEquals(true, line.matches("CHAINLOOP_TOKEN_[A-Z_]+=[A-Za-z0-9._:/@+-]+"), line);
                names.add(line.substring("CHAINLOOP_TOKEN_".length(), line.indexOf('=')));
            }
            assertEquals(
                    plain
                            ? List.of(("STATUS KIND TYPE ID ORG_ID ORG_NAME TOKEN_NAME PROJECT_NAME EXPIRES_AT "
                                            + "EXPIRES_IN_SECONDS FINGERPRINT")
                                    .split(" "))
                            : List.of("STATUS", "KIND", "TYPE", "EXPIRES_AT", "EXPIRES_IN_SECONDS", "FINGERPRINT"),
                    names);
            assertEquals("", result.err());
        }
    }

    /** No claim is a name or a UUID, so each is a placeholder. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void forgesNoCommandInAPlan(String name, String attack) throws Exception {
        StringBuilder script = new StringBuilder("chainloop() { printf '%s|' \"$@\"; }\n");
        for (JsonNode step :
                steps(Payload.read(run(attack, "inspect", "-o", "json").out()))) {
            step.get("run").forEach(command -> {
                assertEquals(true, command.asText().matches("[\\P{Cntrl}\n]*"), command::asText);
                script.append(command.asText()).append('\n');
            });
        }
        String told = evaluated("sh", script + "printf %s \"$token\"", Files.createDirectory(home.resolve("plan")));
        String end = "|--expiration|720h|-o|token|";
        assertEquals(
                "auth|login|org|api-token|revoke|--id|ID|--org|ORG|org|api-token|create|--name|ci|--project|PROJECT|--org|ORG"
                        + end,
                told);
    }

    private static String evaluated(String shell, String content, Path folder) throws Exception {
        Path script = Files.writeString(folder.resolveSibling(folder.getFileName() + ".sh"), content);
        CliRun.Result result = Program.of(shell, "-c", "eval \"$(cat \"$0\")\"", script.toString())
                .in(folder)
                .merged()
                .run();
        assertEquals(0, result.status());
        assertEquals(0, folder.toFile().list().length, "files that it made");
        return result.out();
    }

    private CliRun.Result run(String attack, String... args) {
        return run(attack, Map.of(), args);
    }

    private CliRun.Result run(String attack, Map<String, String> variables, String... args) {
        String payload = Payload.of(API_TOKEN, "exp", "1");
        for (String claim : List.of("org_name", "org_id", "token_name", "jti", "iss", "scope", "project_name")) {
            payload = Payload.of(payload, claim, Payload.string(attack));
        }
        CliRun run = CliRun.withHome(home).env("CHAINLOOP_TOKEN", TokenMint.token(payload));
        variables.forEach(run::env);
        CliRun.Result result = run.run(args);
        assertEquals(1, result.status());
        return result;
    }
}
