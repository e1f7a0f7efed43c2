package dev.chainloop.token.cli;

import static dev.chainloop.token.testing.Payload.ABSENT;
import static dev.chainloop.token.testing.TokenMint.API_TOKEN;
import static dev.chainloop.token.testing.TokenMint.FEDERATED;
import static dev.chainloop.token.testing.TokenMint.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each expectation: met, not met, and impossible to check. Now is second 1767225600. */
@Isolated("changes the JVM's locale")
class CheckCommandTest {
    private static final String ORG = API_TOKEN;
    private static final String PROJECT = Payload.of(
            API_TOKEN,
            "scope",
            "\"project\"",
            "scope_id",
            "\"p-1\"",
            "project_id",
            "\"p-1\"",
            "project_name",
            "\"web\"");
    private static final String WORKFLOW = Payload.of(PROJECT, "workflow_id", "\"w-1\"", "workflow_name", "\"build\"");
    private static final String PRODUCT = Payload.of(API_TOKEN, "scope", "\"product\"", "scope_id", "\"x\"");
    private static final String INSTANCE =
            Payload.of(API_TOKEN, "scope", "\"instance\"", "org_id", "\"\"", "org_name", "\"\"");

    /** An organization or project can be named like another's ID. */
    private static final String ID = "dddb8201-eab6-4e61-9201-f12b47c01892";

    @TempDir
    Path home;

    static Stream<Arguments> rows() {
        return Stream.of(
                // type
                row(USER, "--type user"),
                row(USER, "--type api-token,user"),
                row(USER, "--type USER"),
                row(USER, "--type AUTH_TYPE_USER"),
                row(USER, "--type auth_type_user"),
                row(API_TOKEN, "--type Api-Token"),
                row(API_TOKEN, "--type AUTH_TYPE_API_TOKEN,federated"),
                row(FEDERATED, "--type AUTH_TYPE_FEDERATED"),
                row(
                        USER,
                        "--type federated,api-token",
                        "type: Expected a token of type api-token or federated, but this" + " is a user token."),
                row(API_TOKEN, "--type user", "type: Expected a token of type user, but this is an API token."),
                row(FEDERATED, "--type user", "type: Expected a token of type user, but this is a federated token."),
                row("", "--type user", NONE),
                row(
                        Payload.of(USER, "user_id", ABSENT),
                        "--type user",
                        UNKNOWN_KIND,
                        "type: Expected a token of type user, but" + " there is no typed token.",
                        NO_ID),
                // org
                row(ORG, "--org acme"),
                row(
                        Payload.of(ORG, "org_name", "\"" + ID + "\"", "org_id", "\"another\""),
                        "--org " + ID,
                        "org: Expected organization " + ID + ", but this token is for " + ID + "."),
                row(
                        Payload.of(PROJECT, "project_name", "\"" + ID + "\""),
                        "--project " + ID,
                        "project: Expected project " + ID + ", but this token is for project " + ID + "."),
                row(Payload.of(PROJECT, "project_id", "\"" + ID + "\""), "--project " + ID.toUpperCase(Locale.ROOT)),
                row(ORG, "--org DDDB8201-eab6-4e61-9201-f12b47c01892"),
                row(PROJECT, "--org acme"),
                row(WORKFLOW, "--org acme"),
                row(PRODUCT, "--org acme"),
                row(ORG, "--org acm", "org: Expected organization acm, but this token is for acme."),
                row(
                        Payload.of(ORG, "org_name", ABSENT),
                        "--org acme",
                        "org: Expected organization acme, but this token" + " is for one without a name."),
                row(INSTANCE, "--org acme", "org: Expected organization acme, but this token names no organization."),
                row(USER, "--org acme", "org: Expected organization acme, but a user token" + NO_SCOPE),
                row(FEDERATED, "--org acme", "org: Expected organization acme, but a federated token" + NO_SCOPE),
                row("", "--org acme", NONE),
                // project
                row(PROJECT, "--project web"),
                row(
                        Payload.of(PROJECT, "project_name", "\"DDDB8201-eab6-4e61-9201-f12b47c01892\""),
                        "--project DDDB8201-eab6-4e61-9201-f12b47c01892",
                        "project: Expected project DDDB8201-eab6-4e61-9201-f12b47c01892, but this token is for project"
                                + " DDDB8201-eab6-4e61-9201-f12b47c01892."),
                row(ORG, "--project web"),
                row(WORKFLOW, "--project web"),
                row(PROJECT, "--project shop", "project: Expected project shop, but this token is for project web."),
                row(
                        ORG,
                        "--org umbrella --project web",
                        "org: Expected organization umbrella, but this token is for" + " acme."),
                row(
                        PRODUCT,
                        "--project web",
                        "project: Expected project web, but this token is for a product, and what belongs to it is"
                                + " not known offline."),
                row(
                        INSTANCE,
                        "--project web",
                        "project: Expected project web, but this token names no organization that it could be part"
                                + " of."),
                row(USER, "--project web", "project: Expected project web, but a user token" + NO_SCOPE),
                // scope
                row(ORG, "--org acme --exact-scope"),
                row(PROJECT, "--project web --exact-scope"),
                row(PROJECT, "--org acme --exact-scope", PART),
                row(WORKFLOW, "--org acme --exact-scope", PART),
                row(PRODUCT, "--org acme --exact-scope", PART),
                row(WORKFLOW, "--project web --exact-scope", PART),
                row(
                        ORG,
                        "--project web --exact-scope",
                        "project: Expected a token of project web only, but this token is not limited to a project."),
                row(
                        INSTANCE,
                        "--org acme --exact-scope",
                        "org: Expected organization acme, but this token names no" + " organization."),
                // issuer
                row(ORG, "--issuer cp.chainloop"),
                row(FEDERATED, "--issuer https://token.actions.githubusercontent.com"),
                row(
                        FEDERATED,
                        "--issuer https://token.actions.githubusercontent.com/",
                        "issuer: Expected issuer https://token.actions.githubusercontent.com/, but the issuer is"
                                + " https://token.actions.githubusercontent.com."),
                row(Payload.of(ORG, "iss", ABSENT), "--issuer x", "issuer: Expected issuer x, but it names no issuer."),
                row("", "--issuer x", NONE),
                // min-remaining
                row(ORG, "--min-remaining 7d"),
                row(USER, "--min-remaining 7d"),
                row(FEDERATED, "--min-remaining 300s"),
                row(
                        FEDERATED,
                        "--min-remaining 301s",
                        "min-remaining: Expected at least 5 min 1 s left, but it expires" + " in 5 min."),
                row(Payload.of(USER, "exp", "1767225601"), "--min-remaining 1s"),
                row(
                        Payload.of(USER, "exp", "1767225600"),
                        "--min-remaining 1s",
                        "findings: It expired now; the server refuses it."),
                row(
                        Payload.of(USER, "exp", "\"x\""),
                        "--min-remaining 1s",
                        "min-remaining: Expected at least 1 s left," + " but its expiry is not known."),
                row("", "--min-remaining 1s", NONE),
                // require-exp
                row(USER, "--require-exp"),
                row(ORG, "--require-exp", "require-exp: Expected a token that expires, but it never expires."),
                row(
                        Payload.of(USER, "exp", "null"),
                        "--require-exp",
                        "require-exp: Expected a token that expires, but its expiry cannot be read."),
                row("", "--require-exp", NONE),
                // findings
                row(Payload.of(ORG, "iss", "\"x\""), ""),
                row(Payload.of(ORG, "iss", "\"x\""), "--fail-on error"),
                row(
                        Payload.of(ORG, "iss", "\"x\""),
                        "--fail-on warning",
                        "findings: Its issuer is x; Chainloop gives every token of kind api-token the issuer"
                                + " cp.chainloop."),
                row(Payload.of(USER, "exp", "1767225599"), "", "findings: It expired 1 s ago; the server refuses it."),
                row(
                        Payload.of(USER, "aud", "\"x\""),
                        "",
                        UNKNOWN_KIND,
                        "findings: Chainloop accepts none of its audiences: x."));
    }

    private static final String NONE =
            "token: Expected a token of a known kind. There is no token to send: $CHAINLOOP_TOKEN is not set.";
    private static final String UNKNOWN_KIND =
            "token: Expected a token of a known kind, but this one is of an unknown kind.";
    private static final String NO_ID = "findings: Its audience user-auth.chainloop makes it a token of kind user,"
            + " but user_id, the claim that identifies it, is missing.";
    private static final String NO_SCOPE = " does not say what it is for; only an API token does.";
    private static final String PART = "scope: Expected exactly the given scope, but this token is for a part of it.";

    private static Arguments row(String payload, String options, String... failures) {
        return arguments(payload, options, List.of(failures));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("rows")
    void everyFailureIsReported(String payload, String options, List<String> failures) {
        CliRun.Result result = check(payload, options);
        assertEquals(failures, failures(result));
        assertEquals(failures.isEmpty() ? 0 : 1, result.status());
        assertEquals(
                failures.isEmpty(),
                Payload.read(result.out()).get("check").get("passed").asBoolean());
        assertEquals("", result.err());
    }

    static Stream<Arguments> actuals() {
        return Stream.of(
                arguments(PROJECT, "--org acme --exact-scope", "\"web\""),
                arguments(WORKFLOW, "--org acme --exact-scope", "\"build\""),
                arguments(PRODUCT, "--org acme --exact-scope", "\"product\""),
                arguments(Payload.of(USER, "exp", "1767225600"), "--min-remaining 1s", "\"expired\""),
                arguments(Payload.of(USER, "exp", "1767225602"), "--min-remaining 3s", "\"2 s left\""),
                arguments(ORG, "--require-exp", "null"),
                arguments(Payload.of(USER, "exp", "null"), "--require-exp", "\"an expiry that cannot be read\""));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("actuals")
    void theJsonHasWhatWasFound(String payload, String options, String actual) {
        JsonNode check = Payload.read(check(payload, options).out()).get("check");
        assertEquals(Payload.read(actual), check.get("failures").get(0).get("actual"));
    }

    @Test
    void theJsonTellsAFailureInParts() {
        JsonNode check = Payload.read(check(ORG, "--org umbrella").out()).get("check");
        assertEquals(Payload.read("""
                        {"passed":false,"failures":[{"expectation":"org","expected":"organization umbrella",\
                        "actual":"acme","message":"Expected organization umbrella, but this token is for acme.",\
                        "cure":"replace-api-token"}]}"""), check);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--type=API-TOKEN,AUTH_TYPE_API_TOKEN", "--org=DDDB8201-EAB6-4E61-9201-F12B47C01892"})
    void wordsAndIdsIgnoreCaseAlsoWhereATurkishLocaleIsTheDefault(String option) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR")); // Its I is without a dot in lower case.
        try {
            assertEquals(List.of(), failures(check(ORG, option)));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user,", ",", "person", "AUTH_TYPE_UNSPECIFIED", "AUTH_TYPE_", "user api-token"})
    void anUnknownTypeIsRefusedWithoutBeingShown(String word) {
        CliRun.Result result = CliRun.withHome(home).run("check", "--type", word);
        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertEquals(
                "error: --type takes api-token, user or federated, or their AUTH_TYPE_ names. Try"
                        + " `chainloop-token check --help`.\n",
                result.err());
    }

    @Test
    void aTypeWithALetterOfAnotherAlphabetIsRefusedAndTheWordOffered() {
        CliRun.Result result = CliRun.withHome(home).run("check", "--type", "useг");
        assertEquals(2, result.status());
        assertEquals(
                "error: --type takes api-token, user or federated, or their AUTH_TYPE_ names; did you mean user? Try"
                        + " `chainloop-token check --help`.\n",
                result.err());
    }

    /** U+212A, U+017F and U+0131 are k, s and i to what ignores case; whoever is named so is not met. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--org ACME",
                "--org acme\u212a",
                "--org \u017fhop",
                "--org acm\u0131",
                "--org -acme",
                "--project WEB",
                "--project we_b",
                "--project 'web'",
                "--issuer CP.chainloop",
                "--issuer https://issuer.example/?token=x",
                "--issuer urn:issuer"
            })
    void whatNoNameOrIssuerCanBeIsAWrongCommandLineAndNotRepeated(String option) {
        String[] words = option.split(" ");
        String named = Payload.of(ORG, "org_name", "\"" + words[1] + "\"", "iss", "\"" + words[1] + "\"");
        CliRun.Result result = run(TokenMint.token(named), option);
        assertEquals(2, result.status());
        assertEquals("", result.out());
        String form =
                words[0].equals("--issuer") ? "a URL without a query, or a host" : "a name in lower case or an ID";
        assertEquals(
                "error: " + words[0] + " takes " + form
                        + "; a variable before it may be unset. Try `chainloop-token check --help`.\n",
                result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--type user --type user", "--org a --org b", "-q -q", "--require-exp --require-exp"})
    void anOptionGivenTwiceIsRefused(String options) {
        assertEquals(2, check(ORG, options).status());
    }

    static Stream<Arguments> quiet() {
        return Stream.of(
                arguments("passed", TokenMint.token(ORG), "-q", 0, ""),
                arguments("passed as JSON", TokenMint.token(ORG), "-q -o json", 0, ""),
                arguments(
                        "failed",
                        TokenMint.token(ORG),
                        "-q --org x",
                        1,
                        "error: Expected organization x, but this token is for"),
                arguments(
                        "failed for GitHub",
                        TokenMint.token(ORG),
                        "--quiet --org x -o github",
                        1,
                        "error: Expected organization x, but"),
                arguments(
                        "failed for GitLab",
                        TokenMint.token(ORG),
                        "-q --org x -o dotenv",
                        1,
                        "error: Expected organization x, but"),
                arguments("cleaned", "'" + TokenMint.token(ORG) + "'", "-q", 1, "error: The value holds more "),
                arguments("nothing", "", "-q", 1, "error: Expected a token of a known kind"),
                arguments(
                        "unrecognized",
                        TokenMint.token(Payload.of(ORG, "aud", "[]")),
                        "-q",
                        1,
                        "error: Expected a token of a known kind"),
                arguments("malformed", "hunter2", "-q", 3, "error: $CHAINLOOP_TOKEN: not a JWT: "),
                arguments(
                        "usage",
                        TokenMint.token(ORG),
                        "-q --exact-scope",
                        2,
                        "error: --exact-scope needs --org or --project. Try `chainloop-token check" + " --help`.\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("quiet")
    void quietSaysOnStderrWhyALoopEndedAndNothingElse(
            String name, String token, String options, int status, String err) {
        CliRun.Result result = run(token, options);
        assertEquals(status, result.status());
        assertEquals("", result.out());
        assertEquals(
                err,
                result.err().substring(0, Math.min(err.length(), result.err().length())));
        assertEquals(err.isEmpty(), result.err().isEmpty());
    }

    /** A field that is absent fails the check, and an unmet expectation fails a field that is there. */
    @ParameterizedTest
    @CsvSource({"kind, 0, user", "orgId, 1, ''", "'kind,orgId', 1, user", "kind --type federated, 1, user"})
    void aFieldThatIsAbsentIsNegative(String field, int status, String out) {
        CliRun.Result result = run(TokenMint.token(USER), "--field " + field);
        assertEquals(status, result.status());
        assertEquals(out, result.out().strip());
    }

    @Test
    void quietTellsASourceThatCannotBeRead() throws Exception {
        Files.createDirectories(home.resolve(".config/chainloop/config.toml"));
        CliRun.Result result = CliRun.withHome(home).run("check", "-q");
        assertEquals(4, result.status());
        assertEquals("", result.out());
        assertEquals(
                "error: ~/.config/chainloop/config.toml: a folder, as a container's mount creates where the host has"
                        + " no such file.",
                result.err().lines().findFirst().orElseThrow());
    }

    /** A script may pass `-h` on as a value, by mistake or because an attacker chose it. */
    @ParameterizedTest
    @ValueSource(strings = {"--type user -h", "--type user --version", "-q -V", "-h -h"})
    void noGatePassesBecauseHelpWasShown(String options) {
        CliRun.Result result = run("hunter2", options);

        assertEquals(2, result.status());
        assertEquals("", result.out());
    }

    /** Before a token is read, for no token can meet them. */
    @ParameterizedTest
    @CsvSource({
        "--type federated --org acme, --org, federated",
        "--type user --project web, --project, user",
        "'--type user,federated --org acme', --org, user or federated"
    })
    void whatNoTokenCanMeetIsAWrongCommandLine(String options, String named, String types) {
        assertEquals(
                new CliRun.Result(
                        2,
                        "",
                        "error: " + named + " can be met by an API token only, but --type takes " + types
                                + ". Try `chainloop-token check --help`.\n"),
                run("hunter2", options));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"malformed, hunter2, 3", "nothing, '', 1"})
    void otherwiseTheStatusIsInspects(String name, String token, int status) {
        assertEquals(status, run(token, "").status());
        assertEquals(status, run(token, "--org acme --type user,api-token").status());
    }

    private CliRun.Result check(String payload, String options) {
        String header = payload.contains("githubusercontent") ? "{\"alg\":\"RS256\"}" : TokenMint.HS256;
        return run(payload.isEmpty() ? "" : TokenMint.token(header, payload), ("-o json " + options).strip());
    }

    private CliRun.Result run(String token, String options) {
        List<String> args = new ArrayList<>(List.of("check"));
        if (!options.isEmpty()) {
            args.addAll(List.of(options.split(" ", -1)));
        }
        CliRun run = CliRun.withHome(home);
        return (token.isEmpty() ? run : run.env("CHAINLOOP_TOKEN", token)).run(args.toArray(new String[0]));
    }

    private static List<String> failures(CliRun.Result result) {
        List<String> failures = new ArrayList<>();
        for (JsonNode one : Payload.read(result.out()).get("check").get("failures")) {
            failures.add(
                    one.get("expectation").asText() + ": " + one.get("message").asText());
        }
        return failures;
    }
}
