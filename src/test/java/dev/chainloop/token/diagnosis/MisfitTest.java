package dev.chainloop.token.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a value that is not a token is called; no piece of it is shown. */
class MisfitTest {
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN);
    /** Its payload has a {@code +} where base64url has a hyphen. */
    private static final String STANDARD =
            TokenMint.token(Payload.of(TokenMint.API_TOKEN, "x", "\">>>>>>\"")).replace('-', '+');

    private static final String HEADER = TOKEN.substring(0, TOKEN.indexOf('.'));

    @TempDir
    Path home;

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("ghp_0123456789abcdefghijABCDEFGHIJ012345", Misfit.OTHER_SERVICE),
                arguments("ghs_0123456789abcdefghijABCDEFGHIJ012345", Misfit.OTHER_SERVICE),
                arguments("github_pat_11AAAAAAA0abcdefghij_klmnop", Misfit.OTHER_SERVICE),
                arguments("glpat-0123456789abcdefghij", Misfit.OTHER_SERVICE),
                arguments("glcbt-64_abcdefghijklmnopqrst", Misfit.OTHER_SERVICE),
                arguments("hvs.CAESIJ0123456789abcdef", Misfit.OTHER_SERVICE),
                arguments("s.0123456789abcdefghijABCD", Misfit.OTHER_SERVICE),
                arguments("npm_0123456789abcdefghij", Misfit.OTHER_SERVICE),
                arguments("$CHAINLOOP_TOKEN", Misfit.UNEXPANDED),
                arguments("${CHAINLOOP_TOKEN}", Misfit.UNEXPANDED),
                arguments("${{ secrets.CHAINLOOP_TOKEN }}", Misfit.UNEXPANDED),
                arguments("$(cat token)", Misfit.UNEXPANDED),
                arguments("$env:CHAINLOOP_TOKEN", Misfit.UNEXPANDED),
                arguments("%CHAINLOOP_TOKEN%", Misfit.UNEXPANDED),
                arguments("{{ .Values.token }}", Misfit.UNEXPANDED),
                arguments("<YOUR TOKEN>", Misfit.PLACEHOLDER),
                arguments("YOUR_TOKEN_HERE", Misfit.PLACEHOLDER),
                arguments("REPLACE_ME", Misfit.PLACEHOLDER),
                arguments("changeme", Misfit.PLACEHOLDER),
                arguments("secrets.CHAINLOOP_TOKEN", Misfit.UNEXPANDED),
                arguments("#{ChainloopToken}#", Misfit.UNEXPANDED),
                arguments("`cat token`", Misfit.UNEXPANDED),
                arguments("$[variables.x]", Misfit.UNEXPANDED),
                arguments("op://vault/chainloop/token", Misfit.REFERENCE),
                arguments("vault:secret/data/ci#token", Misfit.REFERENCE),
                arguments("/run/secrets/token", Misfit.PATH),
                arguments("~/token.txt", Misfit.PATH),
                arguments("C:\\Users\\me\\token.txt", Misfit.PATH),
                arguments("file:///run/secrets/token", Misfit.PATH),
                arguments("(null)", Misfit.UNSET),
                arguments("{}", Misfit.UNSET),
                arguments("MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBa", Misfit.KEY),
                arguments("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@host", Misfit.KEY),
                arguments("{\"kty\":\"RSA\",\"n\":\"AQAB\"}", Misfit.KEY),
                arguments("api.cp.chainloop.dev:443", Misfit.ADDRESS),
                arguments("xapp-1-A0123-0123456789-abcdef", Misfit.OTHER_SERVICE),
                arguments("sk_test_0123456789abcdefghij", Misfit.OTHER_SERVICE),
                arguments("SG.0123456789abcdef.0123456789abcdef", Misfit.OTHER_SERVICE),
                arguments("Basic dXNlcjpwYXNzd29yZA==", Misfit.OTHER_SERVICE),
                arguments(HexFormat.of().formatHex(TOKEN.getBytes(StandardCharsets.US_ASCII)), Misfit.HEXADECIMAL),
                arguments(base64(base64(TOKEN)), Misfit.BASE64),
                arguments("{\"data\":{\"token\":\"" + base64(TOKEN) + "\"}}", Misfit.JSON),
                arguments(STANDARD, Misfit.ALPHABET),
                arguments(TOKEN.substring(0, 40) + "\u200b" + TOKEN.substring(40), Misfit.WRAPPED),
                arguments(TOKEN.substring(0, 40) + "\\\n" + TOKEN.substring(40), Misfit.WRAPPED),
                arguments(TOKEN.substring(0, 40) + "=\n" + TOKEN.substring(40), Misfit.WRAPPED),
                arguments(TOKEN + "\n" + TOKEN, Misfit.SEVERAL),
                arguments("[auth]\ntoken = '" + TOKEN + "'", Misfit.SURROUNDED),
                arguments("https://jwt.io/#debugger-io?token=" + TOKEN, Misfit.SURROUNDED),
                arguments("[" + TOKEN + "]", Misfit.SURROUNDED),
                arguments("`" + TOKEN + "`", Misfit.SURROUNDED),
                arguments("```\n" + TOKEN + "\n```", Misfit.SURROUNDED),
                arguments(TOKEN.toUpperCase(Locale.ROOT), Misfit.CASE),
                arguments(HEADER.substring(0, 20) + "…" + TOKEN.substring(TOKEN.length() - 20), Misfit.CUT),
                arguments(HEADER.substring(0, 20) + "..." + TOKEN.substring(TOKEN.length() - 20), Misfit.CUT),
                arguments("***", Misfit.MASKED),
                arguments("••••••••", Misfit.MASKED),
                arguments("[MASKED]", Misfit.MASKED),
                arguments("<redacted>", Misfit.MASKED),
                arguments("null", Misfit.UNSET),
                arguments("undefined", Misfit.UNSET),
                arguments("<no value>", Misfit.UNSET),
                arguments("-----BEGIN CERTIFICATE-----\nAAAA", Misfit.KEY),
                arguments("https://app.chainloop.dev", Misfit.ADDRESS),
                arguments("4b0f0dd4-4538-4269-92a9-ab5b0fce0258", Misfit.ID),
                arguments("sha256:45c70597b7cf5431", Misfit.FINGERPRINT),
                arguments(TOKEN.replace(".", "%2E"), Misfit.PERCENT),
                arguments(TOKEN.replace(".", "%2e"), Misfit.PERCENT),
                arguments(TOKEN.substring(0, 70) + "\n" + TOKEN.substring(70), Misfit.WRAPPED),
                arguments(TOKEN.substring(0, 40) + "\r\n  " + TOKEN.substring(40), Misfit.WRAPPED),
                arguments(base64(TOKEN), Misfit.BASE64),
                arguments(base64(TOKEN + "\n"), Misfit.BASE64),
                arguments(base64(TOKEN).replaceAll("(.{76})", "$1\n"), Misfit.BASE64),
                arguments("{\"token\":\"" + TOKEN + "\"}", Misfit.JSON),
                arguments("[{\"jwt\": \"" + TOKEN + "\"}]", Misfit.JSON),
                arguments("Save the following token:\n\n " + TOKEN, Misfit.SURROUNDED),
                arguments("TOKEN=" + TOKEN, Misfit.SURROUNDED),
                arguments(TOKEN.substring(0, TOKEN.lastIndexOf('.')), Misfit.CUT),
                arguments(TOKEN.substring(0, TOKEN.indexOf('.') + 40), Misfit.CUT),
                arguments(HEADER, Misfit.CUT),
                arguments(HEADER + ".eyJvcmdf…", Misfit.CUT),
                arguments(HEADER + ".eyJvcmdf...", Misfit.CUT),
                arguments(TOKEN.substring(10), Misfit.CUT),
                arguments("hunter2", Misfit.PASSWORD),
                arguments(TOKEN + "==", Misfit.PADDED),
                arguments(HEADER + "=." + TOKEN.substring(HEADER.length() + 1) + "=", Misfit.PADDED),
                arguments(TOKEN + TOKEN, Misfit.SEVERAL),
                arguments(TOKEN + ".", Misfit.SURROUNDED),
                arguments(base64("{\"token\":\"" + TOKEN + "\"}"), Misfit.BASE64),
                arguments(base64("Bearer " + TOKEN), Misfit.BASE64),
                arguments(base64("CHAINLOOP_TOKEN=" + TOKEN + "\n"), Misfit.BASE64),
                arguments("{\"type\": \"service_account\", \"private_key\": \"x\"}", Misfit.OTHER_JSON),
                arguments("[{\"error\":\"secret not found\"}]", Misfit.OTHER_JSON),
                arguments("dapi0123456789abcdef0123456789abcdef", Misfit.OTHER_SERVICE),
                arguments("dp.st.prd.0123456789abcdefghijABCD", Misfit.OTHER_SERVICE),
                arguments("pat.0123456789abcdefghij.0123456789.abcdefghij", Misfit.OTHER_SERVICE),
                arguments("AKCp80123456789abcdefghijABCDEFGHIJ", Misfit.OTHER_SERVICE),
                arguments("ops_eyJzaWduSW5BZGRyZXNzIjoi", Misfit.OTHER_SERVICE),
                arguments("correct horse battery", Misfit.TEXT),
                arguments("a.b.c", null));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("values")
    void aValueIsNamedWithoutAPieceOfIt(String value, Misfit misfit) {
        assertEquals(Optional.ofNullable(misfit), Misfit.of(value, Optional.of(home)));
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

    static Stream<Arguments> valuesWithAToken() {
        return values().filter(row -> row.get()[1] instanceof Misfit misfit
                && !misfit.filter((String) row.get()[0]).isEmpty());
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("valuesWithAToken")
    void theAdvisedCommandLeavesTheToken(String value, Misfit misfit) throws Exception {
        String filter = misfit.filter(value);
        Program.require(filter.substring(0, filter.indexOf(' ')));
        CliRun.Result result = Program.of("sh", "-c", "printf %s \"$V\" | " + filter)
                .with(Map.of("V", value))
                .run();
        assertEquals(
                value.equals(STANDARD) ? STANDARD.replace('+', '-') : TOKEN,
                result.out().strip(),
                result.err());
    }

    @Test
    void everyMisfitHasARow() {
        Set<Misfit> named = EnumSet.of(Misfit.FILE);
        values().map(row -> row.get()[1]).filter(Misfit.class::isInstance).forEach(one -> named.add((Misfit) one));
        assertEquals(EnumSet.allOf(Misfit.class), named);
    }

    @Test
    void aFileIsNamedOnlyIfItIsThere() throws Exception {
        Path file = Files.writeString(home.resolve("token.jwt"), TOKEN);
        assertEquals(Optional.of(Misfit.FILE), Misfit.of(file.toString(), Optional.of(home)));
        assertEquals(Optional.of(Misfit.FILE), Misfit.of("~/token.jwt", Optional.of(home)));
        assertEquals(Optional.of(Misfit.FILE), Misfit.of("@" + file, Optional.of(home)));
        assertEquals(Optional.of(Misfit.PATH), Misfit.of(file + ".x", Optional.of(home)));
        assertEquals(Optional.of(Misfit.PATH), Misfit.of("~/token.jwt", Optional.empty()));
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
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Misfit.of(value, Optional.of(home)));
        }
    }
}
