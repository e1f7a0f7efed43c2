package dev.chainloop.token.diagnosis;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a value that is not a token is called; no piece of it is shown. */
class LookalikeTest {
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN);
    /** Its payload has a {@code +} where base64url has a hyphen. */
    private static final String STANDARD =
            TokenMint.token(Payload.of(TokenMint.API_TOKEN, "x", "\">>>>>>\"")).replace('-', '+');

    private static final String HEADER = TOKEN.substring(0, TOKEN.indexOf('.'));

    private static final String OTHER = TokenMint.token(Payload.of(TokenMint.API_TOKEN, "jti", "\"other\""));
    private static final String JWE_HEADER =
            base64("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}").replace("=", "");

    @TempDir
    Path home;

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("ghp_0123456789abcdefghijABCDEFGHIJ012345", Lookalike.GITHUB),
                arguments("ghs_0123456789abcdefghijABCDEFGHIJ012345", Lookalike.GITHUB),
                arguments("github_pat_11AAAAAAA0abcdefghij_klmnop", Lookalike.GITHUB),
                arguments("glpat-0123456789abcdefghij", Lookalike.GITLAB),
                arguments("glcbt-64_abcdefghijklmnopqrst", Lookalike.GITLAB),
                arguments("hvs.CAESIJ0123456789abcdef", Lookalike.VAULT),
                arguments("s.0123456789abcdefghijABCD", Lookalike.VAULT),
                arguments("npm_0123456789abcdefghij", Lookalike.NPM),
                arguments("$CHAINLOOP_TOKEN", Lookalike.UNEXPANDED),
                arguments("${CHAINLOOP_TOKEN}", Lookalike.UNEXPANDED),
                arguments("${{ secrets.CHAINLOOP_TOKEN }}", Lookalike.GITHUB_EXPRESSION),
                arguments("$(cat token)", Lookalike.COMMAND),
                arguments("credentialsJSON:3b1f0b1e-5c0c-4d8e-a1d4-0f4f0a2f7c11", Lookalike.TEAMCITY_PASSWORD),
                arguments("%env.CHAINLOOP_TOKEN%", Lookalike.TEAMCITY_PARAMETER),
                arguments("%secure:teamcity.password.chainloop%", Lookalike.TEAMCITY_PARAMETER),
                arguments("ENCRYPTED[!0f3a9c!]", Lookalike.CIRRUS),
                arguments("ENCRYPTED[0f3a9c]", Lookalike.CIRRUS),
                arguments("${CREDENTIALS_DIRECTORY}/token", Lookalike.CREDENTIAL_FILE),
                arguments("$CREDENTIALS_DIRECTORY/token", Lookalike.CREDENTIAL_FILE),
                arguments("%d/token", Lookalike.CREDENTIAL_FILE),
                arguments("ssm:/ci/token", Lookalike.PARAMETER_NAME),
                arguments("akv:vault/token", Lookalike.KEY_VAULT_NAME),
                arguments("ssm://ci/token", Lookalike.OTHER_REFERENCE),
                arguments("$(CHAINLOOP_TOKEN)", Lookalike.MACRO),
                arguments("`pass show chainloop`", Lookalike.COMMAND),
                arguments("!Ref TokenSecret", Lookalike.OTHER_REFERENCE),
                arguments("!reference [.secrets, token]", Lookalike.OTHER_REFERENCE),
                arguments("$env:CHAINLOOP_TOKEN", Lookalike.UNEXPANDED),
                arguments("%CHAINLOOP_TOKEN%", Lookalike.UNEXPANDED),
                arguments("{{ .Values.token }}", Lookalike.TEMPLATE),
                arguments("<YOUR TOKEN>", Lookalike.PLACEHOLDER),
                arguments("YOUR_TOKEN_HERE", Lookalike.PLACEHOLDER),
                arguments("REPLACE_ME", Lookalike.PLACEHOLDER),
                arguments("changeme", Lookalike.PLACEHOLDER),
                arguments("secrets.CHAINLOOP_TOKEN", Lookalike.UNEXPANDED),
                arguments("#{ChainloopToken}#", Lookalike.UNEXPANDED),
                arguments("`cat token`", Lookalike.COMMAND),
                arguments("$[variables.x]", Lookalike.UNEXPANDED),
                arguments("op://vault/chainloop/token", Lookalike.ONE_PASSWORD),
                arguments("vault:secret/data/ci#token", Lookalike.BANK_VAULTS),
                arguments("/run/secrets/token", Lookalike.FILE),
                arguments("~/token.txt", Lookalike.FILE),
                arguments("C:\\Users\\me\\token.txt", Lookalike.FILE),
                arguments("file:///run/secrets/token", Lookalike.FILE),
                arguments("(null)", Lookalike.UNSET),
                arguments("{}", Lookalike.UNSET),
                arguments("MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBa", Lookalike.KEY),
                arguments("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@host", Lookalike.KEY),
                arguments("{\"kty\":\"RSA\",\"n\":\"AQAB\"}", Lookalike.KEY),
                arguments("api.cp.chainloop.dev:443", Lookalike.ADDRESS),
                arguments("xapp-1-A0123-0123456789-abcdef", Lookalike.SLACK),
                arguments("Basic dXNlcjpwYXNzd29yZA==", Lookalike.BASIC),
                arguments(HEADER.substring(0, 20) + "…" + TOKEN.substring(TOKEN.length() - 20), Lookalike.CUT),
                arguments(HEADER.substring(0, 20) + "..." + TOKEN.substring(TOKEN.length() - 20), Lookalike.CUT),
                arguments("***", Lookalike.MASK),
                arguments("••••••••", Lookalike.MASK),
                arguments("[MASKED]", Lookalike.MASK),
                arguments("<redacted>", Lookalike.MASK),
                arguments("null", Lookalike.NO_VALUE),
                arguments("undefined", Lookalike.NO_VALUE),
                arguments("<no value>", Lookalike.NO_VALUE),
                arguments("-----BEGIN CERTIFICATE-----\nAAAA", Lookalike.KEY),
                arguments("https://app.chainloop.dev", Lookalike.ADDRESS),
                arguments("4b0f0dd4-4538-4269-92a9-ab5b0fce0258", Lookalike.ID),
                arguments("sha256:45c70597b7cf5431", Lookalike.ID),
                arguments("\ufffd\ufffde\u0000y\u0000J\u0000", Lookalike.UTF16),
                arguments("e\u0000y\u0000J\u0000h\u0000", Lookalike.UTF16),
                arguments(JWE_HEADER + "..AAAA.BBBB.CCCC", Lookalike.ENCRYPTED),
                arguments(JWE_HEADER + ".AAAA.BBBB.CCCC.DDDD", Lookalike.ENCRYPTED),
                arguments(TOKEN.substring(0, TOKEN.lastIndexOf('.')), Lookalike.CUT),
                arguments(TOKEN.substring(0, TOKEN.indexOf('.') + 40), Lookalike.CUT),
                arguments(HEADER, Lookalike.CUT),
                arguments(HEADER + ".eyJvcmdf…", Lookalike.CUT),
                arguments(HEADER + ".eyJvcmdf...", Lookalike.CUT),
                arguments(TOKEN.substring(10), Lookalike.CUT),
                arguments(base64(TOKEN).substring(0, 76), Lookalike.CUT_BASE64),
                arguments(base64(TOKEN).substring(0, 61), Lookalike.CUT_BASE64),
                arguments(base64(TOKEN).substring(0, 76) + "\n", Lookalike.CUT_BASE64),
                arguments(base64("eyJ is how a token begins"), null),
                arguments(TOKEN + OTHER, Lookalike.GLUED),
                arguments("(((x)))", Lookalike.CONCOURSE),
                arguments("((chainloop-token))", Lookalike.CONCOURSE),
                arguments("ref+vault://secret/ci#/token", Lookalike.VALS),
                arguments("vault:v1:8SDd3WHDOjf7mq69CyCqYjBXAiQQAVZRkFM13ok481zoCmHnSeDX9vyf7w==", Lookalike.TRANSIT),
                arguments("arn:aws:secretsmanager:eu-west-1:123456789012:secret:ci-AbCdEf", Lookalike.AWS_SECRET),
                arguments("arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:ci-AbCdEf", Lookalike.AWS_SECRET),
                arguments("arn:aws-us-gov:secretsmanager:us-gov-east-1:123456789012:secret:ci", Lookalike.AWS_SECRET),
                arguments("arn:aws:ssm:eu-west-1:123456789012:parameter/ci/token", Lookalike.AWS_PARAMETER),
                arguments("projects/acme/secrets/ci/versions/latest", Lookalike.GOOGLE_VERSION),
                arguments("projects/acme/secrets/ci", Lookalike.GOOGLE_SECRET),
                arguments(
                        "@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/ci)", Lookalike.KEY_VAULT),
                arguments("gcp-sm://ci-token", Lookalike.OTHER_REFERENCE),
                arguments("<path:secret/data/ci#token>", Lookalike.OTHER_REFERENCE),
                arguments("ENC[AES256_GCM,data:p673w==,iv:YY=,tag:UQ==,type:str]", Lookalike.SOPS),
                arguments("$ANSIBLE_VAULT;1.1;AES256\n6638643965323633646262656665\n", Lookalike.ANSIBLE),
                arguments("ENC[PKCS7,MIIBmQYJKoZIhvcNAQcDoIIBijCC]", Lookalike.EYAML),
                arguments("ENC(nrmZtkF7T0kjG/VodDvBw93Ct8EgjCA+)", Lookalike.JASYPT),
                arguments("{cipher}682bc583f4641835fa2db009355293665d2647dade3375c0", Lookalike.JASYPT),
                arguments("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----", Lookalike.PGP),
                arguments("HAINLOOP_TOKEN", Lookalike.EATEN_BY_MAKE),
                arguments("4711CHAINLOOP_TOKEN", Lookalike.PROCESS_ID),
                arguments("4711{CHAINLOOP_TOKEN}", Lookalike.PROCESS_ID),
                arguments("CHAINLOOP_TOKEN", Lookalike.NAME),
                arguments("{CHAINLOOP_TOKEN}", Lookalike.NAME),
                arguments("sm://acme/chainloop", Lookalike.BERGLAS),
                arguments("berglas://bucket/chainloop", Lookalike.BERGLAS),
                arguments("{{resolve:ssm-secure:ci}}", Lookalike.DYNAMIC_REFERENCE),
                arguments("bws://chainloop", Lookalike.BITWARDEN),
                arguments("infisical://chainloop", Lookalike.INFISICAL),
                arguments("doppler://web/prd/CHAINLOOP", Lookalike.DOPPLER_REFERENCE),
                arguments("env:CHAINLOOP_TOKEN", Lookalike.OTHER_REFERENCE),
                arguments("secret:chainloop", Lookalike.OTHER_REFERENCE),
                arguments("keyring:chainloop", Lookalike.OTHER_REFERENCE),
                arguments(
                        "encrypted:BDqDBibm4wsYqMpCjTQ6BsDHmMadg9K3dAt+Z9HPMfLEIRVz50hmLXPXRuDBXaJi",
                        Lookalike.DOTENVX),
                arguments("encrypted: see the vault", null),
                arguments("AQICAHh" + "Ab3+/".repeat(20) + "=", Lookalike.KMS),
                arguments("AgBy3i4OJSWK" + "Ab3+/".repeat(100) + "=", Lookalike.SEALED),
                arguments("AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq", null),
                arguments("EJ[1:KZ3vN8o=:pQ2x=:Xy9w]", Lookalike.EJSON),
                arguments("${{CHAINLOOP_TOKEN}}", Lookalike.BRACED_NAME),
                arguments("${{ env.TOKEN }}", Lookalike.GITHUB_EXPRESSION),
                arguments("<+secrets.getValue(\"ci\")>", Lookalike.HARNESS_EXPRESSION),
                arguments("<+pipeline.variables.token>", Lookalike.HARNESS_EXPRESSION),
                arguments("${env:CHAINLOOP_TOKEN}", Lookalike.EDITORS_VARIABLE),
                arguments("${localEnv:CHAINLOOP_TOKEN}", Lookalike.EDITORS_VARIABLE),
                arguments("${env.CHAINLOOP_TOKEN}", Lookalike.UNEXPANDED),
                arguments("$CHAINLOOP_TOKEN$", Lookalike.IDE_MACRO),
                arguments("map[from_secret:token]", Lookalike.FROM_SECRET),
                arguments("map[name:chainloop]", Lookalike.OBJECT),
                arguments("credentials('chainloop-token')", Lookalike.CALL_OF_JENKINS),
                arguments("credentials(chainloop)", Lookalike.CALL_OF_JENKINS),
                arguments(":CHAINLOOP_TOKEN", Lookalike.EATEN_BY_SHELL),
                arguments(
                        "[ERROR] 2026/11/28 14:00:00 could not read secret: not signed in",
                        Lookalike.ERROR_OF_1PASSWORD),
                arguments("Error making API request.\n\nCode: 403. Errors:\n\n* denied", Lookalike.ERROR_OF_VAULT),
                arguments("No value found at secret/data/chainloop", Lookalike.ERROR_OF_VAULT),
                arguments("An error occurred (AccessDeniedException) when calling it", Lookalike.ERROR_OF_AWS),
                arguments("<!DOCTYPE html><html><body>502</body></html>", Lookalike.WEB_PAGE),
                arguments("{\"errors\":[\"permission denied\"]}", Lookalike.ERROR_MESSAGE),
                arguments("error: secret not found", Lookalike.ERROR_MESSAGE),
                arguments("Error: secret chainloop not found", Lookalike.ERROR_MESSAGE),
                arguments("sh: 1: op: not found", Lookalike.ERROR_MESSAGE),
                arguments("cat: /run/secrets/t: Permission denied", Lookalike.ERROR_MESSAGE),
                arguments("errorless", null),
                arguments("<concealed by 1Password>", Lookalike.CONCEALED),
                arguments("(sensitive value)", Lookalike.SENSITIVE),
                arguments("(known after apply)", Lookalike.SENSITIVE),
                arguments("<sensitive>", Lookalike.SENSITIVE),
                arguments("<set to the key 'token' in secret 'chainloop'>", Lookalike.DESCRIBED),
                arguments("[object Object]", Lookalike.OBJECT),
                arguments("Calling [toString] on an [Output<T>] is not supported.", Lookalike.OBJECT),
                arguments("[secure]", Lookalike.MASK),
                arguments("VARIABLE IS NOT DEFINED!", Lookalike.NO_VALUE),
                arguments("hunter2", null),
                arguments(TOKEN + "\n" + OTHER, Lookalike.SEVERAL),
                arguments("{\"type\": \"service_account\", \"private_key\": \"x\"}", Lookalike.OTHER_JSON),
                arguments("[{\"error\":\"secret not found\"}]", Lookalike.OTHER_JSON),
                arguments("AKCp80123456789abcdefghijABCDEFGHIJ", Lookalike.ARTIFACTORY),
                arguments("correct horse battery", null),
                arguments("a.b.c", null));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("values")
    void aValueIsNamedWithoutAPieceOfIt(String value, Lookalike lookalike) {
        assertEquals(Optional.ofNullable(lookalike), Lookalike.of(value));
        for (CliRun.Result result : List.of(
                CliRun.withHome(home).env("CHAINLOOP_TOKEN", value).run(),
                CliRun.withHome(home).stdin(value).run("check"),
                CliRun.withHome(home).run("-t", value, "-o", "json"))) {
            String all = result.out() + result.err();
            assertEquals(3, result.status(), all);
            for (int i = 0; i + 12 <= value.length(); i++) {
                String piece = value.substring(i, i + 12);
                // What the tool itself says in its remedies.
                if (!"${{ secrets.NAME }}\"CHAINLOOP_TOKEN\" unset CHAINLOOP_TOKEN $CHAINLOOP_TOKEN".contains(piece)
                        && !"Set $CHAINLOOP_TOKEN to".contains(piece)
                        && !"aws secretsmanager get-secret-value".contains(piece)
                        && value.length() > 25) {
                    assertEquals(-1, all.indexOf(piece), all);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SERVICE_ACCOUNT, https://kubernetes.default.svc, system:serviceaccount:ci:default",
        "OF_CIRCLECI, https://oidc.circleci.com/org/0, org/0/project/1/user/2",
        "OF_AZURE, https://login.microsoftonline.com/0/v2.0, x",
        "OF_GOOGLE, https://accounts.google.com, 1",
        "OF_AWS, https://oidc.eks.eu-west-1.amazonaws.com/id/A, x",
        "OF_VAULT, https://vault.example:8200/v1/identity/oidc, x",
        "OF_BITBUCKET, https://api.bitbucket.org/2.0/workspaces/a/pipelines-config/identity/oidc, x",
        "OF_BUILDKITE, https://agent.buildkite.com, organization:a",
        "OF_TERRAFORM, https://app.terraform.io, organization:a",
    })
    void aTokenOfAnotherIssuerIsNamed(Lookalike lookalike, String issuer, String subject) {
        String token = TokenMint.token(
                "{\"alg\":\"RS256\"}",
                "{\"iss\":\"" + issuer + "\",\"sub\":\"" + subject + "\",\"aud\":\"elsewhere\"}");
        String out =
                CliRun.withHome(home).env("CHAINLOOP_TOKEN", token).run().out().replaceAll("\\s+", " ");
        String named = "✗ I" + lookalike.what.substring(1) + ", for \"elsewhere\"; Chainloop accepts only its own";
        assertTrue(out.contains(named), out);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            any issuer in a GitLab job       | GITLAB_OIDC     | https://git.acme.example                     | "sub":"x"                 | true
            a folder in GitLab's address     | GITLAB_OIDC     | http://acme.example/gitlab                   | "sub":"x"                 | true
            another service's in that place  | GITLAB_OIDC     | https://accounts.google.com                  | "sub":"x"                 | false
            no URL                           | GITLAB_OIDC     | x                                            | "sub":"x"                 | false
            any issuer elsewhere             | CHAINLOOP_TOKEN | https://git.acme.example                     | "sub":"x"                 | false
            GitLab's subject                 | CHAINLOOP_TOKEN | https://git.acme.example                     | "sub":"project_path:a/b:" | true
            GitLab's namespace               | CHAINLOOP_TOKEN | https://git.acme.example                     | "namespace_id":"7"        | true
            GitLab's project                 | CHAINLOOP_TOKEN | https://git.acme.example                     | "project_path":"a/b"      | true
            GitLab at Amazon                 | CHAINLOOP_TOKEN | https://ec2-1.eu-west-1.compute.amazonaws.com | "project_path":"a/b"      | true
            GitHub's own issuer              | CHAINLOOP_TOKEN | https://token.actions.githubusercontent.com  | "sub":"x"                 | true
            an enterprise's                  | CHAINLOOP_TOKEN | https://token.actions.githubusercontent.com/acme | "sub":"x"             | true
            GitHub Enterprise Server         | CHAINLOOP_TOKEN | https://github.acme.example/_services/token  | "sub":"x"                 | true
            GitHub's data residency          | CHAINLOOP_TOKEN | https://token.actions.acme.ghe.com           | "sub":"x"                 | true
            almost GitHub's                  | CHAINLOOP_TOKEN | https://token.actions.githubusercontent.com.acme.example | "sub":"x"     | false
            """)
    void aCiProvidersTokenIsKnownWhateverItsAddress(
            String name, String variable, String issuer, String claim, boolean known) {
        for (String audience : List.of("elsewhere", "chainloop")) {
            String token = TokenMint.token(
                    "{\"alg\":\"RS256\"}", "{\"iss\":\"" + issuer + "\"," + claim + ",\"aud\":\"" + audience + "\"}");
            String out = CliRun.withHome(home)
                    .env("GITLAB_CI", "true")
                    .env(variable, token)
                    .run()
                    .out()
                    .replaceAll("\\s+", " ");
            boolean wrong = known && audience.equals("elsewhere");
            assertEquals(wrong, out.contains("✗ It is a CI provider's token, issued for \"elsewhere\";"), out);
            assertFalse(known && out.contains("accepts only its own tokens"), out);
        }
    }

    @Test
    void everyRowHasAnExample() {
        Set<Object> shown = values().map(row -> row.get()[1]).collect(Collectors.toSet());
        List<Lookalike> missing = Arrays.stream(Lookalike.values())
                .filter(row -> !shown.contains(row)
                        && !row.isOfAnIssuer()
                        && !row.what.startsWith("it is a token or a key of "))
                .toList();
        // Transcripts named unrecognized-audience show these.
        List<Lookalike> jwts =
                List.of(Lookalike.ROBOT_ACCOUNT, Lookalike.OLD_CLIENT, Lookalike.ARTIFACT_STORE, Lookalike.MCP_USER);
        assertEquals(jwts, missing);
    }

    @Test
    void aLongValueTakesNoLongerThanItsLength() {
        for (String value : List.of(
                "*".repeat(300_000) + "\n" + "a".repeat(40_000),
                "eyJ ".repeat(75_000),
                "eyJhbGciOiJIUzI1NiJ9.".repeat(40_000),
                "%2E".repeat(100_000),
                "$".repeat(300_000),
                "{".repeat(300_000),
                "+".repeat(300_000) + "!",
                "vault:" + "/".repeat(300_000) + " !",
                "projects/" + "a/secrets/".repeat(30_000) + " !",
                "ssh-rsa " + "A".repeat(300_000) + "\n!",
                "ey" + ".".repeat(300_000) + "!",
                "ey" + "[".repeat(300_000) + "!",
                "a ".repeat(150_000))) {
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Lookalike.of(value));
        }
    }
}
