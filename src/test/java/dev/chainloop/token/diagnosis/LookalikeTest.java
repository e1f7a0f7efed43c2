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
                arguments("${{ secrets.CHAINLOOP_TOKEN }}", Lookalike.UNEXPANDED),
                arguments("$(cat token)", Lookalike.UNEXPANDED),
                arguments("$env:CHAINLOOP_TOKEN", Lookalike.UNEXPANDED),
                arguments("%CHAINLOOP_TOKEN%", Lookalike.UNEXPANDED),
                arguments("{{ .Values.token }}", Lookalike.UNEXPANDED),
                arguments("<YOUR TOKEN>", Lookalike.PLACEHOLDER),
                arguments("YOUR_TOKEN_HERE", Lookalike.PLACEHOLDER),
                arguments("REPLACE_ME", Lookalike.PLACEHOLDER),
                arguments("changeme", Lookalike.PLACEHOLDER),
                arguments("secrets.CHAINLOOP_TOKEN", Lookalike.UNEXPANDED),
                arguments("#{ChainloopToken}#", Lookalike.UNEXPANDED),
                arguments("`cat token`", Lookalike.UNEXPANDED),
                arguments("$[variables.x]", Lookalike.UNEXPANDED),
                arguments("op://vault/chainloop/token", Lookalike.REFERENCE),
                arguments("vault:secret/data/ci#token", Lookalike.REFERENCE),
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
                arguments(base64(base64(TOKEN)), Lookalike.BASE64),
                arguments("{\"data\":{\"token\":\"" + base64(TOKEN) + "\"}}", Lookalike.PARTLY_BASE64),
                arguments(STANDARD, Lookalike.RECODED),
                arguments(TOKEN.substring(0, 40) + "\u200b" + TOKEN.substring(40), Lookalike.WRAPPED),
                arguments(TOKEN.substring(0, 40) + "\\\n" + TOKEN.substring(40), Lookalike.WRAPPED),
                arguments(TOKEN.substring(0, 40) + "=\n" + TOKEN.substring(40), Lookalike.WRAPPED),
                arguments(TOKEN + "\n" + TOKEN, Lookalike.SEVERAL),
                arguments("[auth]\ntoken = '" + TOKEN + "'", Lookalike.SURROUNDED),
                arguments("https://jwt.io/#debugger-io?token=" + TOKEN, Lookalike.SURROUNDED),
                arguments("[" + TOKEN + "]", Lookalike.SURROUNDED),
                arguments("`" + TOKEN + "`", Lookalike.SURROUNDED),
                arguments("```\n" + TOKEN + "\n```", Lookalike.SURROUNDED),
                arguments(HEADER.substring(0, 20) + "…" + TOKEN.substring(TOKEN.length() - 20), Lookalike.CUT),
                arguments(HEADER.substring(0, 20) + "..." + TOKEN.substring(TOKEN.length() - 20), Lookalike.CUT),
                arguments("***", Lookalike.MASK),
                arguments("••••••••", Lookalike.MASK),
                arguments("[MASKED]", Lookalike.MASK),
                arguments("<redacted>", Lookalike.MASK),
                arguments("null", Lookalike.UNSET),
                arguments("undefined", Lookalike.UNSET),
                arguments("<no value>", Lookalike.UNSET),
                arguments("-----BEGIN CERTIFICATE-----\nAAAA", Lookalike.KEY),
                arguments("https://app.chainloop.dev", Lookalike.ADDRESS),
                arguments("4b0f0dd4-4538-4269-92a9-ab5b0fce0258", Lookalike.ID),
                arguments("sha256:45c70597b7cf5431", Lookalike.ID),
                arguments(TOKEN.replace(".", "%2E"), Lookalike.RECODED),
                arguments(TOKEN.replace(".", "%2e"), Lookalike.RECODED),
                arguments(TOKEN.substring(0, 70) + "\n" + TOKEN.substring(70), Lookalike.WRAPPED),
                arguments(TOKEN.substring(0, 40) + "\r\n  " + TOKEN.substring(40), Lookalike.WRAPPED),
                arguments(base64(TOKEN), Lookalike.BASE64),
                arguments(base64(TOKEN + "\n"), Lookalike.BASE64),
                arguments(base64(TOKEN).replaceAll("(.{76})", "$1\n"), Lookalike.BASE64),
                arguments("{\"token\":\"" + TOKEN + "\"}", Lookalike.JSON),
                arguments("[{\"jwt\": \"" + TOKEN + "\"}]", Lookalike.JSON),
                arguments(
                        "| ci |\n\nSave the following token since it will not printed again: \n\n " + TOKEN,
                        Lookalike.PRINTED),
                arguments("TOKEN=" + TOKEN, Lookalike.VARIABLE),
                arguments("$env:T = \"" + TOKEN + "\"", Lookalike.VARIABLE),
                arguments("# for CI\nA=b\nT=" + TOKEN + "\n", Lookalike.VARIABLE),
                arguments("kind: Secret\ndata:\n  token: " + base64(TOKEN) + "\n", Lookalike.PARTLY_BASE64),
                arguments("token: " + TOKEN, Lookalike.YAML),
                arguments("\ufffd\ufffde\u0000y\u0000J\u0000", Lookalike.UTF16),
                arguments("e\u0000y\u0000J\u0000h\u0000", Lookalike.UTF16),
                arguments(HEADER + "..AAAA.BBBB.CCCC", Lookalike.ENCRYPTED),
                arguments(HEADER + ".AAAA.BBBB.CCCC.DDDD", Lookalike.ENCRYPTED),
                arguments(TOKEN.substring(0, TOKEN.lastIndexOf('.')), Lookalike.CUT),
                arguments(TOKEN.substring(0, TOKEN.indexOf('.') + 40), Lookalike.CUT),
                arguments(HEADER, Lookalike.CUT),
                arguments(HEADER + ".eyJvcmdf…", Lookalike.CUT),
                arguments(HEADER + ".eyJvcmdf...", Lookalike.CUT),
                arguments(TOKEN.substring(10), Lookalike.CUT),
                arguments("hunter2", null),
                arguments(TOKEN + "==", Lookalike.RECODED),
                arguments(HEADER + "=." + TOKEN.substring(HEADER.length() + 1) + "=", Lookalike.RECODED),
                arguments(TOKEN + TOKEN, Lookalike.SEVERAL),
                arguments(TOKEN + ".", Lookalike.SURROUNDED),
                arguments(base64("{\"token\":\"" + TOKEN + "\"}"), Lookalike.PARTLY_BASE64),
                arguments(base64("Bearer " + TOKEN), Lookalike.PARTLY_BASE64),
                arguments(base64("CHAINLOOP_TOKEN=" + TOKEN + "\n"), Lookalike.PARTLY_BASE64),
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
        String named = "✗ I" + lookalike.what.substring(1) + ", for elsewhere; Chainloop accepts only its own";
        assertTrue(out.contains(named), out);
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
    void aFileIsNamedAlsoWithoutAFolder() {
        assertEquals(Optional.of(Lookalike.FILE), Lookalike.of("pom.xml"));
        assertEquals(Optional.empty(), Lookalike.of("pom"));
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
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Lookalike.of(value));
        }
    }
}
