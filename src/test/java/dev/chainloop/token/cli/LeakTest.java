package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No output ever holds a token, its signature, or twelve characters in a row of any of its segments. */
@Order(2)
class LeakTest {
    private static final int PIECE = 12;
    private static final int MAX_WORD = "CHAINLOOP_TOKEN".length();

    private static final List<List<String>> FORMATS = List.of(
            List.of(),
            List.of("-o", "json"),
            List.of("--claims"),
            List.of("--all"),
            List.of("--redact"),
            List.of("--redact", "-o", "json"),
            List.of("check"),
            List.of("check", "-o", "github"),
            List.of("verify", "--secret-file", "LICENSE", "-o", "dotenv"),
            List.of("sources"),
            List.of("sources", "-o", "json"),
            List.of("explain", "signature is invalid:"),
            List.of("ask", "-o", "dotenv"),
            List.of("--color", "always"),
            List.of("--field", "status,kind,id,audience,fingerprint,source,error,claims,header"));

    /** The pieces of each text, kept because many runs need them. */
    private static final Map<String, Set<String>> SECRETS = new ConcurrentHashMap<>();

    @TempDir
    Path home;

    private Path config;

    @BeforeEach
    void nameTheConfigFile() throws IOException {
        config = home.resolve(".config/chainloop/config.toml");
        Files.createDirectories(config.getParent());
    }

    /** Each shape of each kind, and its number, which says what it is combined with: pairs, since all products take long. */
    static Stream<Arguments> shapes() {
        List<Map<String, String>> kinds = Stream.of(TokenMint.USER, TokenMint.API_TOKEN, TokenMint.FEDERATED)
                .map(LeakTest::shapesOf)
                .toList();
        List<Arguments> shapes = new ArrayList<>();
        for (String shape : kinds.get(0).keySet()) {
            for (Map<String, String> kind : kinds) {
                shapes.add(arguments(shape, kind.get(shape), shapes.size()));
            }
        }
        return shapes.stream();
    }

    private static Map<String, String> shapesOf(String payload) {
        Map<String, String> shapes = new LinkedHashMap<>();
        String token = TokenMint.token(payload);
        String[] segments = token.split("\\.", -1);
        shapes.put("whole", token);
        shapes.put("in quotes", "\"" + token + "\"");
        shapes.put("as a header", "Authorization: Bearer " + token);
        shapes.put("as an assignment", "export CHAINLOOP_TOKEN=" + token);
        shapes.put("without signature", segments[0] + "." + segments[1] + ".");
        shapes.put("cut off in the signature", token.substring(0, token.length() - 2));
        shapes.put("cut off in the payload", token.substring(0, token.length() / 2));
        shapes.put("without header", segments[1] + "." + segments[2]);
        shapes.put("payload only", segments[1]);
        shapes.put("header and payload swapped", segments[1] + "." + segments[0] + "." + segments[2]);
        shapes.put("with padding", token + "=");
        shapes.put("with a line end within", token.replaceFirst("\\.", ".\n"));
        shapes.put("with a blank within", token.replace(".", ". "));
        shapes.put("twice", token + " " + token);
        shapes.put("with a segment more", token + "." + segments[2]);
        shapes.put("with a foreign character", token.substring(0, token.length() - 3) + "!" + "abc");
        shapes.put("with a quote on one side", "'" + token);
        shapes.put("of an unknown audience", TokenMint.token(payload.replace("chainloop\"", "else\"")));
        shapes.put(
                "with a name twice",
                TokenMint.token("{\"jti\":\"a\"," + payload.substring(1).replace("}", ",\"jti\":\"b\"}")));
        shapes.put("with text behind", TokenMint.token(payload + " and more of it"));
        shapes.put("that is no JSON", TokenMint.token("a password, as it were, of somebody"));
        return shapes;
    }

    /** Each text in each format, and from each source; each format from each source. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void notFromAnySource(String shape, String text, int number) throws IOException {
        for (int i = 0; i < FORMATS.size(); i++) {
            String[] options = FORMATS.get(i).toArray(new String[0]);
            check(shape, text, fromSource(number + i, text, options));
        }
    }

    private CliRun.Result fromSource(int number, String text, String[] options) throws IOException {
        return switch (number % 8) {
            case 0 -> run().run(with(options, text));
            case 1 -> run().run(with(options, "--token", text));
            case 2 -> run().run(with(options, "-t" + text));
            case 3 -> run().stdin(text + "\n").run(options);
            case 4 -> run().stdin(text).run(with(options, "-"));
            case 5 -> run().env("CHAINLOOP_TOKEN", text).run(options);
            case 6 -> run().env("GITLAB_CI", "1").env("GITLAB_OIDC", text).run(options);
            default -> {
                Files.writeString(config, "[auth]\ntoken = '''" + text + "'''\n");
                CliRun.Result result = run().run(options);
                Files.delete(config);
                yield result;
            }
        };
    }

    /** Each text in each file, and with each command line; each file with each command line. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void notFromAConfigFileThatCannotBeRead(String shape, String text, int number) throws IOException {
        List<String> files = List.of(
                text,
                "[auth]\ntoken = " + text,
                "[auth]\ntoken = '" + text,
                "[auth]\ntoken = \"\\" + text,
                "[auth]\n" + text + " = 1\n" + text + " = 2\n",
                "[" + text + "\n",
                "token = [ '" + text + "' '" + text + "' ]",
                "[auth]\ntoken = ['''" + text + "''']\n",
                "auth.token = '''" + text + "'''\n\"auth.token\" = '''" + text + "'''\n");
        for (int i = 0; i < files.size(); i++) {
            Files.writeString(config, files.get(i));
            CliRun.Result result = switch ((number + i) % 3) {
                case 0 -> run().run();
                case 1 -> run().run("-o", "json");
                default -> run().env("CHAINLOOP_TOKEN", text).run("--claims");
            };
            check(shape, text, result);
        }
    }

    /** Each text in each command line, and with each format; each command line with each format. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void notFromAMisuse(String shape, String text, int number) {
        List<List<String>> misuses = List.of(
                List.of("-o", text),
                List.of("-o" + text),
                List.of("--output=" + text),
                List.of(text, text),
                List.of("Bearer", text),
                List.of("inspect", text, "Bearer"),
                List.of("-", text),
                List.of(text, "-t", text),
                List.of("-t", text, "--token=" + text),
                List.of(text, "--source", "env"),
                List.of("--source", text),
                List.of("--source=" + text, "inspect"),
                List.of("--color", text),
                List.of("--at", text),
                List.of("--field", text, text),
                List.of("--field", "kind," + text, text),
                List.of("--tokne=" + text),
                List.of("--tokne=" + text, "inspect"),
                List.of("--tokne", text),
                List.of("--" + text),
                List.of("-" + text),
                List.of("-x" + text),
                List.of("-x", text),
                List.of("--redact=" + text),
                List.of("--claims=" + text),
                List.of("--help=" + text),
                List.of("-h" + text, text),
                List.of("-V" + text),
                List.of("inspcet", text),
                List.of("@" + text, text),
                List.of("--", text, text));
        String[] json = {"-o", "json"};
        for (int i = 0; i < misuses.size(); i++) {
            String[] misuse = misuses.get(i).toArray(new String[0]);
            String[] arguments = switch ((number + i) % 3) {
                case 0 -> misuse;
                case 1 -> with(misuse, json);
                default -> with(json, misuse);
            };
            check(shape + " " + misuse[0], text, run().run(arguments));
        }
    }

    /** Every ID of a payload and a header, and the home folder; an attestation's commands name the token's own ID otherwise. */
    @ParameterizedTest
    @ValueSource(strings = {TokenMint.USER, TokenMint.API_TOKEN, TokenMint.FEDERATED})
    void noIdFromARedactedOutput(String base) throws IOException {
        String payload = Payload.of(base, "exp", "1");
        for (String id :
                List.of("jti", "user_id", "org_id", "project_id", "workflow_id", "scope_id", "sub", "namespace_id")) {
            payload = Payload.of(payload, id, "\"hidden-" + id + "\"");
        }
        String token = TokenMint.token("{\"alg\":\"HS256\",\"kid\":\"hidden-kid\"}", payload);
        Files.writeString(config, "[auth]\ntoken = '" + token + "'\n");
        Path output = Files.createFile(home.resolve("output"));
        for (String command : List.of(
                "inspect",
                "check --org x",
                "check --fail-on warning",
                "verify --secret-file LICENSE",
                "sources",
                "ask",
                "explain API token revoked",
                "explain issuer not found: cp.chainloop")) {
            for (String format : List.of("text", "json", "dotenv", "github")) {
                CliRun.Result result = run().env("GITHUB_OUTPUT", output.toString())
                        .env("GITHUB_STEP_SUMMARY", output.toString())
                        .run(with(command.split(" ", -1), "--redact", "-o", format));
                String all = result.out() + result.err() + Files.readString(output);
                assertFalse(all.contains("hidden-"), all);
                assertFalse(all.contains(home.toString()), all);
            }
        }
    }

    @Test
    void notFromATokenAsTheConfigFile() {
        String token = TokenMint.token(TokenMint.USER);
        for (String[] args : new String[][] {{"-c", token}, {"--config=" + token}, {"-c" + token, "-o", "json"}}) {
            CliRun.Result result = run().run(args);
            assertEquals(4, result.status());
            check("whole", token, result);
        }
    }

    private CliRun run() {
        // It is no host and port, so that nothing is asked.
        return CliRun.withHome(home).env("CHAINLOOP_CONTROL_PLANE_API", "nowhere");
    }

    private static String[] with(String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    private static void check(String shape, String text, CliRun.Result result) {
        String all = result.out() + result.err();
        Set<String> secrets = SECRETS.computeIfAbsent(text, LeakTest::secretPieces);
        int start = 0;
        for (int i = 0; i < all.length(); i++) {
            if (!isInSegments(all.charAt(i))) {
                start = i + 1;
            } else if (i + 1 - start >= PIECE) {
                assertFalse(secrets.contains(all.substring(i + 1 - PIECE, i + 1)), shape + ": " + all);
            }
        }
    }

    private static boolean isInSegments(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    private static Set<String> secretPieces(String text) {
        Set<String> pieces = new HashSet<>();
        for (String segment : text.split("[^A-Za-z0-9_-]+", -1)) {
            // Shorter ones are words around a token.
            if (segment.length() > MAX_WORD) {
                pieces.addAll(pieces(segment));
            }
        }
        return pieces;
    }

    private static Set<String> pieces(String text) {
        Set<String> pieces = new HashSet<>();
        for (int i = 0; i + PIECE <= text.length(); i++) {
            pieces.add(text.substring(i, i + PIECE));
        }
        return pieces;
    }
}
