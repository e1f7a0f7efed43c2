package dev.chainloop.token.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.render.Sanitizer;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Inputs;
import dev.chainloop.token.source.Machine;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.StandInCli;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no input may bring about, whatever the output: each secret in each place, and each attack in each claim. */
@Order(2)
class PromisesTest {
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN);

    private static final List<String> OUTPUTS = List.of(("inspect;inspect -o json;inspect --all;"
                    + "inspect --redact;inspect --redact -o json;inspect --color always;"
                    + "check --org x --fail-on warning;check -q --project x;check -o github;"
                    + "verify --secret-file LICENSE -o dotenv;sources;sources -o json;explain signature is invalid:;"
                    + "ask -o dotenv;--field status,kind,id,audience,fingerprint,source,error,claims,header")
            .split(";"));

    /** A secret as it is written down in some way, or cut. */
    private static final List<String> SECRETS = secrets();

    private static List<String> secrets() {
        String[] part = TOKEN.split("\\.", -1);
        byte[] bytes = TOKEN.getBytes(UTF_8);
        return List.of(
                TOKEN,
                TokenMint.token(TokenMint.USER),
                TokenMint.token(TokenMint.FEDERATED),
                TokenMint.token(TokenMint.API_TOKEN.replace("auth.chainloop", "else")),
                TokenMint.token("{\"jti\":\"a\",\"jti\":\"b\"}"),
                TokenMint.token(TokenMint.USER + " and more of it"),
                TokenMint.token("a password, as it were, of somebody"),
                "Bearer " + TOKEN,
                "\"" + TOKEN + "\"",
                "export CHAINLOOP_TOKEN=" + TOKEN,
                part[0] + "." + part[1] + ".",
                TOKEN.substring(0, TOKEN.length() - 2),
                TOKEN.substring(0, TOKEN.length() / 2),
                part[1] + "." + part[2],
                part[2],
                part[2].substring(9, 25),
                part[1] + "." + part[0] + "." + part[2],
                TOKEN + "=",
                TOKEN.replaceFirst("\\.", ".\n"),
                TOKEN + " " + TOKEN,
                TOKEN.substring(0, TOKEN.length() - 3) + "!abc",
                TOKEN + ":443",
                "/" + part[2] + "/x",
                TOKEN.toLowerCase(Locale.ROOT),
                HexFormat.of().formatHex(bytes),
                Base64.getEncoder().encodeToString(bytes));
    }

    /** Sources, config files, variables, and command lines; @ is where the secret stands. */
    private static final List<String> PLACES = List.of(("stdin;argument @;argument --token @;argument -t@;"
                    + "env CHAINLOOP_TOKEN;env GITLAB_OIDC;env CHAINLOOP_CONTROL_PLANE_API;"
                    + "env CHAINLOOP_CONTROL_PLANE_API_CA;env GITHUB_REPOSITORY;env HOME;env SUDO_USER;"
                    + "env GITHUB_EVENT_PATH;env GITHUB_OUTPUT;env COLUMNS;env CI_COMMIT_REF_PROTECTED;"
                    + "env XDG_CONFIG_HOME;env HTTPS_PROXY;"
                    + "config [auth]~token = '''@''';config @;config [auth]~token = @;config [auth]~token = '@;"
                    + "config [auth]~token = \"\\@;config [auth]~@ = 1~@ = 2~;config [@~;config token = ['@' '@'];"
                    + "config auth.token = '''@'''~\"auth.token\" = '''@''';config organization = '''@''';"
                    + "config control-plane.api = '''@''';config control-plane.api-ca = '''@''';"
                    + "line -o @;line -o@;line --output=@;line @ @;line Bearer @;line inspect @ Bearer;line - @;"
                    + "line @ -t @;line -t @ --token=@;line @ --source env;line --source @;line --source=@ inspect;"
                    + "line --color @;line --at @;line --field @ @;line --field kind,@ @;line --tokne=@;"
                    + "line --tokne=@ inspect;line --tokne @;line --@;line -@;line -x@;line --redact=@;line --help=@;"
                    + "line -h@ @;line -V@;line inspcet @;line @@ @;line -- @ @;line -c @;line --config=@;line -c@;"
                    + "line @ check;line --at @ check;line --bogus @ check;line check --org @;line check --project @;"
                    + "line check --issuer @;line check --type @;line check --min-remaining @;"
                    + "line check --warn-remaining @;line check --fail-on @;line verify --key @;line verify --jwks @;"
                    + "line verify --secret-file @;line ask --cli @;line mask @;line mask --at @;line help @;"
                    + "line help -- @;line completion @;line explain @;line explain issuer not found: @;"
                    + "line explain valid only with the project @;line explain -- @")
            .split(";"));

    @TempDir
    Path home;

    @TempDir
    Path folder;

    /** Not the secret, nor twelve characters in a row of it. */
    @ParameterizedTest
    @FieldSource("PLACES")
    void noSecretIsShown(String place) throws IOException {
        String kind = place.replaceFirst(" .*", "");
        String form = place.replaceFirst("\\S+ ?", "");
        Path config = Files.createDirectories(home.resolve(".config/chainloop")).resolve("config.toml");
        int turn = 0;
        for (String secret : SECRETS) {
            Set<String> pieces = pieces(secret);
            for (int i = 0; i < OUTPUTS.size(); i++) {
                if (kind.equals("line") ? i > 0 : turn++ % 11 != 0) {
                    continue; // Each secret with each output somewhere, and each place with each output.
                }
                CliRun run = CliRun.withHome(home);
                List<String> line = words(OUTPUTS.get(i));
                switch (kind) {
                    case "stdin" -> run.stdin(secret + "\n");
                    case "argument" -> line.addAll(words(form, secret));
                    case "env" ->
                        run.env("GITLAB_CI", "1")
                                .env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.USER))
                                .env(form, secret);
                    case "config" ->
                        Files.writeString(config, form.replace("~", "\n").replace("@", secret));
                    default -> {
                        line = words(form, secret);
                        line.addAll(turn++ % 2 == 0 ? List.of() : List.of("-o", "json"));
                    }
                }
                CliRun.Result result = run.run(line);
                assertNone(pieces, result.out() + result.err());
            }
        }
    }

    private static List<String> words(String line) {
        return new ArrayList<>(List.of(line.split(" ", -1)));
    }

    private static List<String> words(String line, String secret) {
        List<String> words = words(line);
        words.replaceAll(word -> word.replace("@", secret));
        return words;
    }

    /** The pieces among those runs of characters that are not words around a token. */
    private static Set<String> pieces(String secret) {
        Set<String> pieces = new HashSet<>();
        for (String run : secret.split("[^A-Za-z0-9_-]+", -1)) {
            for (int i = 0; run.length() > "CHAINLOOP_TOKEN".length() && i + 12 <= run.length(); i++) {
                pieces.add(run.substring(i, i + 12));
            }
        }
        return pieces;
    }

    private static void assertNone(Set<String> pieces, String all) {
        for (int i = 0; i + 12 <= all.length(); i++) {
            assertFalse(pieces.contains(all.substring(i, i + 12)), all);
        }
    }

    /** Logs and debuggers print objects. */
    @Test
    void noObjectPrintsItsSecret() throws Exception {
        Environment environment = new Environment(Map.of("CHAINLOOP_TOKEN", TOKEN), false, new Machine());
        SourceReading.Found given = new SourceReading.Found(new Origin(SourceKind.ARGUMENT, "TOKEN"), TOKEN);
        Search.Selection request =
                new Search.Selection(Optional.empty(), Optional.of(given), Optional.empty(), false, false);
        Search search = new Search(environment, StandardInput.empty(), () -> CliRun.NOW, note -> {}, 1);
        Inputs result = search.run(request);
        SourceReading.Found found = result.found().orElseThrow();
        for (Object one : List.of(
                environment,
                request,
                result,
                found,
                Evidence.of(result, Optional.empty(), CliRun.NOW),
                new Parser().decode(TOKEN),
                new Parser().decode(TOKEN).claims())) {
            assertFalse(one.toString().isEmpty());
            assertNone(pieces(TOKEN), one.toString());
        }
    }

    /** A UUID, as an ID that is compared. */
    private static final String ID = "facade00-0000-4000-8000-000000000000";

    private static final List<String> REDACTED = List.of(
            ("inspect --all;inspect;inspect --field audience,issuer,scope,algorithm,id,claims,header,source;check -q;"
                            + "check --org ID --project ID --issuer https://hidden.example/tenant;check -q --org ID;"
                            + "check --type user --fail-on warning;verify --secret-file LICENSE;verify --jwks ~/set;"
                            + "verify --key hidden/key -q;sources;sources --all;explain API token revoked;"
                            + "explain invalid audience;explain issuer not found: cp.chainloop;explain issuer not found: https://hidden.example/t;"
                            + "explain --all failed to parse authentication token;ask;ask --cli ~/bin/chainloop;"
                            + "inspect -c ELSEWHERE;sources -c ELSEWHERE;check -c ELSEWHERE")
                    .split(";"));

    /** What the Chainloop CLI says. */
    private static final List<String> SAID = List.of(
            "{\"currentUser\":{\"id\":\"hidden\",\"email\":\"hidden@x\",\"firstName\":\"hidden\",\"lastName\":\"hidden\"},"
                    + "\"currentMembership\":{\"org\":{\"name\":\"acme\"},\"role\":\"hidden\"}}",
            "ERR rpc error: user hidden",
            "ERR authentication error: hidden",
            "ERR issuer not found: hidden.example",
            "ERR valid only with the project \"hidden\"",
            "WRN hidden");

    /** A UUID is a label, too. */
    @ParameterizedTest
    @ValueSource(strings = {"USER", "API"})
    void noIdInThePlaceOfAnOrganizationsNameIsPublic(String token) {
        String id = "00000008-c0de-4c0d-8c0d-cafecafecafe";
        for (String line : List.of("inspect", "inspect -o json", "sources", "explain -o json")) {
            CliRun run =
                    new CliRun().env("CHAINLOOP_ORGANIZATION", id).env("CHAINLOOP_TOKEN", TokenMint.described(token));
            CliRun.Result result = run.stdin("org not found").run((line + " --redact").split(" "));
            assertFalse((result.out() + result.err()).contains(id), result.out() + result.err());
        }
    }

    /** A claim of any length is shown whole, or with an ellipsis where it is cut, in each row of the facts. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0436", "\u044f\u0301", "\u6f22"})
    void aNameOfAnyLengthIsWholeOrEndsInAnEllipsis(String letter) {
        Pattern shown = Pattern.compile("(?:" + letter + ")+" + letter.charAt(0) + "?\u2026?");
        String names = "token_name org_name project_name workflow_name scope scope_id sub iss";
        List<String> runs =
                List.of(("inspect;inspect --all;inspect --redact;inspect -o json;sources;check -o github --org x;"
                                + "explain --all operation not allowed")
                        .split(";"));
        for (int length = 1; length <= 300; length++) {
            StringBuilder claims = new StringBuilder("API project_id=\"p\" workflow_id=\"w\"");
            for (String name : names.split(" ")) {
                claims.append(" ")
                        .append(name)
                        .append("=\"")
                        .append(letter.repeat(length))
                        .append('"');
            }
            String token = TokenMint.described(claims.toString());
            for (String run : runs) {
                CliRun.Result result = new CliRun()
                        .env("CHAINLOOP_TOKEN", token)
                        .run(run.split(" ", run.startsWith("explain") ? 3 : -1));
                String all = result.out() + result.err();
                assertTrue(result.status() < 2, () -> run + all);
                assertFalse(all.contains("\ufdd0") || all.contains("\ufdd1") || all.contains("\ufdd2"), all);
                for (Matcher name = shown.matcher(all.replaceAll("\n +", "")); name.find(); ) {
                    boolean whole = name.group().length() == letter.length() * length;
                    assertTrue(whole || name.group().endsWith("\u2026"), () -> run + ": " + all);
                }
            }
        }
    }

    /**
     * Every string of a token, of its config file and of what the CLI says, except the names of organizations, projects, workflows,
     * tokens and repositories, and hosts.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "USER",
                "API",
                "API scope=\"hidden\" scope_type=\"hidden\"",
                "API aud=[\"hidden\",\"api-token-auth.chainloop\"]",
                "API aud=[\"hidden\"]",
                "API aud=[\"hidden\"] iss=\"https://hidden.example/x\"",
                "API -jti",
                "API org_id=7 exp=\"hidden\"",
                "API scope=\"project\"",
                "FEDERATED",
                "FEDERATED iss=\"https://hidden.example/tenant\" -repository",
                "FEDERATED iss=\"hidden\" -repository project_path=\"acme/web\"",
                "FEDERATED iss=\"https://gitlab.example\" aud=\"hidden\" project_path=\"acme/web\"",
                "FEDERATED iss=\"https://hidden.example/x\" sub=\"system:serviceaccount:hidden\" -repository"
            })
    void noCanaryIsInARedactedOutput(String kind) throws IOException {
        String description = kind + (kind.contains("exp=") ? "" : " exp=1");
        for (String name : words("jti user_id org_id project_id workflow_id scope_id sub namespace_id iss other")) {
            boolean given = kind.contains(name) || (kind.startsWith("FEDERATED") && name.equals("iss"));
            description += given ? "" : " " + name + "=\"hidden-" + name + "\"";
        }
        description = description.replaceFirst("-jti", "jti=7");
        String keys = Files.readString(Path.of("src/test/resources/keys/jwks.json"));
        Path elsewhere = folder.resolve("hidden/config.toml");
        int turn = 0;
        for (String algorithm : List.of("RS256", "hidden")) {
            String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"hidden-kid\",\"signer\":{\"kid\":\"rsa\"}}";
            String token = TokenMint.described(description + " header=" + header);
            String settings = "organization = 'Hidden'\\n[auth]\\ntoken = '" + token
                    + "'\\n[control-plane]\\napi = 'cp.acme.example:443'\\napi-ca = '/hidden/ca'\\n[other]\\nx = 'hidden'";
            for (String command : REDACTED) {
                for (String format : List.of("text", "json", "dotenv", "github")) {
                    String line = command.replace("ID", ID).replace("ELSEWHERE", elsewhere.toString()) + " --redact"
                            + (command.contains("--field") ? "" : " -o " + format);
                    CliRun.Result result = TestWorld.of(
                                    "config: " + settings,
                                    "file: " + elsewhere + " = " + settings,
                                    "file: hidden-caller/.config/chainloop/config.toml = ",
                                    "file: set = " + keys.replace("\"rsa\"", "\"hidden-kid\""),
                                    "file: output = ",
                                    "cli: " + SAID.get(turn++ % SAID.size()),
                                    "versions: hidden hidden",
                                    "env: SUDO_USER=" + (turn % 2 == 0 ? "" : "hidden-caller"),
                                    "env: SUDO_HOME=~/hidden-caller",
                                    "env: GITHUB_OUTPUT=~/output",
                                    "env: GITHUB_STEP_SUMMARY=~/output",
                                    "env: HIDDEN_TOKEN=" + token,
                                    turn % 3 > 0
                                            ? "in: terminal"
                                            : "variable: " + (turn % 2 == 0 ? "" : "Bearer ") + token,
                                    "$ " + line)
                            .run(home);
                    String all = result.out() + result.err() + Files.readString(home.resolve("output"));
                    assertFalse(
                            all.replace("$HIDDEN_TOKEN", "").matches("(?is).*(hidden|facade).*")
                                    || all.contains(home.toString()),
                            () -> line + "\n" + all);
                }
            }
        }
    }

    /** For terminals, CI runners, their files, Markdown, dotenv, shells and people who read; a new attack comes last. */
    private static final List<String> ATTACKS = List.of(
            "\u001b[31mred",
            "\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\",
            "\u009b31m \u009d0;title\u009c \u0007\u007f\b\b\f\u0000",
            "harmless\rexpired",
            "\u202egnp.exe \u200e\u200f\u061c\u202a\u2066\u2069",
            "\u200b\u200d\u2060\u00ad\u034f\u115f\u17b4\u180e\u3164\uffa0\u2800\ufe0f\ufeff\udb40\udc41\ud834\udd73\ud834\udd59",
            "a\u2028::error::b\u2029::error::c\u0085::error::d",
            "a\ud800",
            "\udc00\ud800",
            "\ud83d\ude00 Größe 組織",
            "::error::forged",
            "::error title=chainloop-token%3A expired::forged",
            " \t\u00a0\u3000\u202f::error::forged",
            "\u200b::error::forged",
            "x\n::error title=chainloop-token%3A expired::forged",
            "x\r\n  ::add-mask::forged",
            "x%0A::error::forged",
            "x::forged,line=1::",
            "x,file=/etc/passwd,line=1",
            "##[error]forged",
            "x ####[add-mask]forged",
            "##\u200b[error]a ##",
            "x\nkind=user",
            "x\nkind<<EOF\nuser\nEOF",
            "x\nend-of-value\nkind<<end-of-value\nuser",
            "end-of-value-",
            "acme\r\nCHAINLOOP_TOKEN_KIND=user",
            "acme # comment ${CI_JOB_TOKEN} \"x\"",
            "[click](https://evil.example) ![x](https://evil.example/x.png)",
            "<img src=x onerror=alert(1)> <!-- &lt;b&gt; | a | `code` ``` ~~~",
            "# x\n# y\n===\n- a\n@octocat #1",
            "'; touch forged; ' $(touch forged) `touch forged` \\",
            "acme-1.x_y:z/@+");

    private static final List<String> CLAIMS = words("jti org_id org_name token_name project_id project_name"
            + " workflow_id workflow_name scope scope_id iss sub user_id repository project_path namespace_id");

    @ParameterizedTest
    @FieldSource("ATTACKS")
    void noClaimForgesAnything(String attack) throws IOException {
        List<String> others = List.of("user-auth.chainloop", "chainloop", "of nobody");
        for (String audience : List.of("api-token-auth.chainloop", others.get(ATTACKS.indexOf(attack) % 3))) {
            String token = attacking(audience, attack);
            for (String output : OUTPUTS) {
                isHarmless(CliRun.withHome(home).env("CHAINLOOP_TOKEN", token), output.split(" "));
            }
            for (String command : List.of("inspect", "check")) {
                dotenvIsOurs(CliRun.withHome(home).env("CHAINLOOP_TOKEN", token).run(command, "-o", "dotenv"));
                githubIsOurs(audience, attack, command);
            }
            CliRun run = CliRun.withHome(home).env("CHAINLOOP_TOKEN", token);
            JsonNode json = Payload.read(run.run("inspect", "-o", "json").out());
            assertEquals(Payload.read(payload(audience, attack)), json.get("claims"));
            assertEquals(attack, json.get("issuer").textValue());
        }
    }

    private static String attacking(String audience, String attack) {
        return TokenMint.token(Payload.write(Map.of("alg", attack, "kid", attack)), payload(audience, attack));
    }

    private static String payload(String audience, String attack) {
        Map<String, Object> claims = new HashMap<>(Map.of("exp", 1, "aud", List.of(audience, attack)));
        CLAIMS.forEach(claim -> claims.put(claim, attack));
        // A lone surrogate does not make a name.
        String name = attack.replaceAll("\\p{Cs}", "");
        claims.put(name, Map.of(name, List.of(attack)));
        return Payload.write(claims);
    }

    private static void dotenvIsOurs(CliRun.Result result) {
        List<String> names = new ArrayList<>();
        for (String line : result.out().lines().toList()) {
            assertTrue(line.matches("CHAINLOOP_TOKEN_[A-Z_]+=[A-Za-z0-9._:/@+-]+"), line);
            assertFalse(names.contains(line.replaceFirst("=.*", "")), line);
            names.add(line.replaceFirst("=.*", ""));
        }
        assertEquals("", result.err());
    }

    /** The annotations come from the findings, the outputs are ours, and the summary is one block of code. */
    private void githubIsOurs(String audience, String attack, String command) throws IOException {
        Path output = Files.writeString(home.resolve("output"), "");
        Path summary = Files.writeString(home.resolve("summary"), "");
        CliRun run = CliRun.withHome(home).env("CHAINLOOP_TOKEN", attacking(audience, attack));
        CliRun.Result result = isHarmless(
                run.env("GITHUB_OUTPUT", output.toString()).env("GITHUB_STEP_SUMMARY", summary.toString()),
                command,
                "-o",
                "github");
        CliRun calm = CliRun.withHome(home).env("CHAINLOOP_TOKEN", attacking(audience, "calm"));
        String expected = calm.run(command, "-o", "github").out();
        assertEquals(CiOutputTest.titlesIn(expected), CiOutputTest.titlesIn(result.out()));
        Map<String, String> outputs = CiOutputTest.outputsIn(Files.readString(output));
        assertEquals(CiOutputTest.NAMES, List.copyOf(outputs.keySet()));
        for (String name :
                audience.startsWith("api") ? words("id org-id org-name token-name project-name") : List.<String>of()) {
            assertEquals(Sanitizer.line(attack), outputs.get(name));
        }
        Matcher block = Pattern.compile("(?s)(`{3,})text\n(.*?)\\1\n\n").matcher(Files.readString(summary));
        assertTrue(block.matches());
        assertFalse(block.group(2).contains(block.group(1)));
    }

    /** Each line is as the sanitizer would leave it, except for our own annotations; SanitizerTest compares it with Unicode. */
    private static CliRun.Result isHarmless(CliRun run, String... line) {
        CliRun.Result result = run.run(line);
        String all = result.out() + result.err();
        if (List.of(line).contains("always")) {
            all = all.replaceAll("\u001b\\[[0-9;]*m", "");
        }
        for (String one : all.split("\n", -1)) {
            String text = one.replaceFirst("^::(error|warning) title=chainloop-token%3A [a-z-]+::(?=[^:])", "");
            assertEquals(Sanitizer.line(text), text);
            assertFalse(text.contains("\ufffd"), text);
        }
        if (List.of(line).contains("--field")) {
            assertEquals(line[1].split(",").length, result.out().split("\n", -1).length - 1, all);
        }
        return result;
    }

    /** In the names of files and folders, in a log, and in an answer of the Chainloop CLI. */
    @ParameterizedTest
    @FieldSource("ATTACKS")
    void noOtherTextForgesAnything(String attack) throws IOException {
        String name = "n" + attack.replaceAll("[\0\\p{Cs}/]", "");
        Path file = Files.createDirectories(home.resolve("in").resolve(name)).resolve(name);
        Files.writeString(file, "auth.token = '" + TOKEN + "'\n");
        String log = "ERR issuer not found: " + attack + "\nERR valid only with the project \"" + attack + "\"";
        String parent = file.getParent().toString();
        isHarmless(CliRun.withHome(home), "-c", file.toString());
        isHarmless(CliRun.withHome(home), "-c", parent, "-o", "json");
        isHarmless(CliRun.withHome(home), "sources", "-c", file.toString());
        isHarmless(CliRun.withHome(home), "mask", parent);
        isHarmless(CliRun.withHome(home), "explain", log);
        isHarmless(CliRun.withHome(home), "explain", file.toString());
        isHarmless(CliRun.withHome(home), "explain", "-o", "json", log);
        isHarmless(CliRun.withHome(home), "check", "-o", "github", "-c", file.toString());
        CliRun.Result none = isHarmless(CliRun.withHome(home).env("XDG_CONFIG_HOME", parent));
        assertEquals(1, none.status());
        if (ATTACKS.indexOf(attack) % 4 == 0) {
            Files.writeString(
                    home.resolve("said"), "ERR authentication error: " + attack.replaceAll("\\p{Cs}", "") + "\n");
            Map<String, ?> user = Map.of("id", attack, "email", attack, "firstName", attack);
            Map<String, ?> membership = Map.of("org", Map.of("name", attack), "role", attack);
            Files.writeString(
                    home.resolve("answer"),
                    Payload.write(Map.of("currentUser", user, "currentMembership", membership)));
            for (String script : List.of("cat \"$HOME/said\" >&2; exit 1", "cat \"$HOME/answer\"")) {
                CliRun run = CliRun.withHome(home).env("CHAINLOOP_TOKEN", TOKEN);
                new StandInCli(home, "v1.106.1", "v1.106.1", script).variables().forEach(run::env);
                isHarmless(run, "ask");
            }
        }
    }
}
