package dev.chainloop.token.diagnosis;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a value that is not a token is called; no piece of it is shown. */
class LookalikeTest {
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN);

    /**
     * ¦ stands between values. T is a token, H its header, P its payload, S its signature, B the token in base64;
     * \n is a line break, \0 a NUL, \ufffd what stands for an unreadable character.
     */
    private static final String ROWS = """
            base64        | B
            several       | T T ¦ TT
            several       | a: T\\nb: T
            utf16         | \\ufffd\\ufffde\\0y\\0J\\0
            json          | {"token":"T"} ¦ [{"token":"T"}]
            unexpanded    | $CHAINLOOP_TOKEN ¦ ${CHAINLOOP_TOKEN} ¦ $(CHAINLOOP_TOKEN) ¦ %CHAINLOOP_TOKEN%
            unexpanded    | ${{ secrets.CHAINLOOP_TOKEN }} ¦ {{ .Values.token }} ¦ CHAINLOOP_TOKEN
            reference     | op://vault/chainloop/token ¦ Vault:ci/data/chainloop#token ¦ ref+awssecrets://ci/token
            reference     | arn:aws:secretsmanager:eu-west-1:123456789012:secret:chainloop
            make          | HAINLOOP_TOKEN
            path          | /run/secrets/token ¦ ./token.txt ¦ ../token.txt
            file          | ~/token.txt ¦ @/run/token ¦ @./token ¦ file:///run/token
            file          | C:\\Users\\me\\token.txt
            key           | -----BEGIN CERTIFICATE-----\\nAAAA
            key           | {"kty":"RSA","n":"AQAB"} ¦ {"keys":[]} ¦ ssh-ed25519 AAAAC3NzaC1lZDI1 ¦ MIIBIjANBgkqhkiG9w0BAQEFAAOC
            address       | https://app.chainloop.dev ¦ api.cp.chainloop.dev:443 ¦ HTTP://cp.example ¦ grpc://cp.example ¦ grpcs://cp.example
            id            | 4b0f0dd4-4538-4269-92a9-ab5b0fce0258 ¦ sha256:45c70597b7cf5431
            github        | ghp_0123456789abcdefghijABCDEFGHIJ012345
            gitlab        | glcbt-64_abcdefghijklmnopqrst
            aws           | AKIA0123456789ABCDEF
            docker-hub    | dckr_pat_0123456789
            encrypted     | H..AAAA.BBBB.CCCC
            cut           | H ¦ H.P ¦ H.eyJvcmdfaWQiOiJkZGRi ¦ H.P.abcde ¦ 6IkpXVCJ9.P.S ¦ eyJhbGciOi… ¦ eyJhbG..iJ9
            mask          | H.*** ¦ eyJ….*** ¦ <token> ¦ <API token of acme, expired, sha256:45c70597b7cf5431> ¦ *** ¦ •••••••• ¦ <redacted> ¦ [MASKED] ¦ [REDACTED] ¦ XXXXXXXX
            unset         | null ¦ NULL ¦ None ¦ (null) ¦ undefined ¦ nil ¦ <nil> ¦ '' ¦ "" ¦ <no value> ¦ {}
            -             | hunter2 ¦ $ecret-word ¦ %secret-word% ¦ $ ¦ ey.a ¦ correct horse battery ¦ a.b.c ¦ eyes wide shut today ¦ ey a.b.c.d.e ¦ a.b.c.d.e ¦ ${x ¦ {{ x
            -             | {"type": "service_account", "private_key": "x"}
            """;

    @TempDir
    Path home;

    static Stream<List<String>> rows() {
        return ROWS.lines().flatMap(line -> {
            String[] row = line.split(" *\\| ", 2);
            return Stream.of(row[1].split(" ¦ ")).map(value -> List.of(row[0], expanded(value)));
        });
    }

    private static String expanded(String value) {
        String[] parts = TOKEN.split("\\.", -1);
        return value.replaceAll("^B$", TestWorld.text("@BASE64 API@", Path.of("")))
                .replaceAll("^H(?=\\.|$)", parts[0])
                .replaceAll("\\.P(?=[. \\\\]|$)", "." + parts[1])
                .replaceAll("\\.S$", "." + parts[2])
                .replaceAll("T(?=T?$|[ .\"'\\\\])(?<![A-Z]{2})|(?<=T)T$", TOKEN)
                .replace("\\ufffd", "\ufffd")
                .replace("\\0", "\0")
                .replace("\\n", "\n");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aValueIsNamedWithoutAPieceOfIt(List<String> row) {
        String value = row.get(1);
        String name = of(value).map(Lookalike::name).orElse("-").toLowerCase(Locale.ROOT);
        assertEquals(row.get(0), name.replace('_', '-'), value);
        for (CliRun.Result result : List.of(
                CliRun.withHome(home).env("CHAINLOOP_TOKEN", value).run(),
                CliRun.withHome(home).stdin(value).run("check"),
                CliRun.withHome(home).run("-t", value, "-o", "json"))) {
            String all = result.out() + result.err();
            assertEquals(3, result.status(), all);
            for (int i = 0; i + 12 <= value.length(); i++) {
                String piece = value.substring(i, i + 12);
                // What the tool itself says in its remedies.
                if (value.length() > 25 && !"CHAINLOOP_TOKEN: ${{ secrets.CHAINLOOP_TOKEN }}".contains(piece)) {
                    assertEquals(-1, all.indexOf(piece), all);
                }
            }
        }
    }

    private static Optional<Lookalike> of(String value) {
        return Lookalike.of(value, Jwt.Embedded.in(value).size());
    }

    @Test
    void everyRowHasAnExample() {
        Set<Lookalike> shown = EnumSet.noneOf(Lookalike.class);
        rows().forEach(row -> of(row.get(1)).ifPresent(shown::add));
        assertEquals(EnumSet.allOf(Lookalike.class), shown);
    }

    @ParameterizedTest
    @CsvSource({
        "gho_ ghu_ ghs_ ghr_ github_pat_, GITHUB, a GitHub",
        "glpat- glcbt- gldt- glptt- glrt- glsoat-, GITLAB, a GitLab",
        "AKIA ASIA, AWS, an AWS",
    })
    void theOwnerOfAnotherServicesTokenIsNamed(String beginnings, Lookalike service, String owner) {
        for (String beginning : beginnings.split(" ")) {
            String value = beginning + "0123456789ABCDEFGHIJ";
            assertEquals("it is " + owner + " token or key", service.what);
            assertEquals(Optional.of(service), of(value));
        }
    }

    @Test
    void aStdinThatNobodyNamedMayBeForAnother() {
        String leave = "; if stdin is meant for another command, add `</dev/null`";
        assertTrue(words(CliRun.withHome(home).stdin("hunter2\n").run()).contains(leave));
        assertFalse(words(CliRun.withHome(home).stdin("hunter2\n").run("-")).contains(leave));
        assertFalse(words(CliRun.withHome(home).stdin("Bearer " + TOKEN).run()).contains(leave));
        assertFalse(
                words(CliRun.withHome(home).env("CHAINLOOP_TOKEN", "hunter2").run())
                        .contains(leave));
    }

    private static String words(CliRun.Result result) {
        return (result.out() + result.err()).replaceAll("\\s+", " ");
    }
}
