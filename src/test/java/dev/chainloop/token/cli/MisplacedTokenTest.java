package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token in the wrong place, as when a variable before it is unset, is never shown. */
class MisplacedTokenTest {
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN);

    private static final String SIGNATURE = TOKEN.substring(TOKEN.lastIndexOf('.') + 1);

    /** Pieces of the payload and the signature have capitals: all but three of 10,000 of sixteen letters. */
    private static final List<String> FORMS = List.of(
            TOKEN,
            "Bearer " + TOKEN,
            "'" + TOKEN + "'",
            " " + TOKEN,
            "CHAINLOOP_TOKEN=" + TOKEN,
            TokenMint.token("{ \"alg\":\"HS256\"}", TokenMint.USER),
            SIGNATURE,
            SIGNATURE.substring(0, 39),
            SIGNATURE.substring(9, 25),
            TOKEN.substring(50, 66),
            TOKEN.substring(60, 85),
            TOKEN.substring(0, 16),
            TOKEN.toUpperCase(Locale.ROOT),
            TOKEN.toLowerCase(Locale.ROOT),
            HexFormat.of().formatHex(TOKEN.getBytes(StandardCharsets.UTF_8)),
            HexFormat.of().formatHex(Base64.getUrlDecoder().decode(SIGNATURE)),
            HexFormat.of().withUpperCase().formatHex(Base64.getUrlDecoder().decode(SIGNATURE)));

    @TempDir
    Path home;

    static final List<String> IS_NOT_PRINTED = List.of(("-c,--config,check --org,check --project,check --issuer,"
                    + "verify --key /dev/null --issuer,verify --key,verify --jwks,verify --secret-file,"
                    + "check --type,check --min-remaining,--at,--source,--field,"
                    + "--field kind --color,check --warn-remaining,check --fail-on,"
                    + "ask --insecure --org,ask --insecure --control-plane,"
                    + "ask --insecure --control-plane-ca,mask,mask --at,help --,,-o,"
                    + "explain -- issuer not found:,explain -- valid only with the project,explain,help,"
                    + "completion")
            .split(","));

    @ParameterizedTest
    @FieldSource("IS_NOT_PRINTED")
    void isNotPrinted(String before) {
        for (String value : FORMS) {
            for (String output : List.of("text", "json", "github")) {
                List<String> line = new ArrayList<>(Arrays.asList(before.split(" ", -1)));
                line.add(value);
                if (!before.contains("--") || !before.contains("explain")) {
                    line.add("-o");
                    line.add(output);
                }
                CliRun.Result result = CliRun.withHome(home)
                        .env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.USER))
                        .env("CHAINLOOP_CONTROL_PLANE_API", "nowhere")
                        .run(line.toArray(new String[0]));
                assertNoPiece(value, result.out() + result.err());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--at ", "-o ", "--bogus ", "--bogus="})
    void isNotPrintedWhereTheCommandBelongs(String before) {
        for (String value : FORMS) {
            List<String> line = new ArrayList<>(Arrays.asList((before + value).split(" ", -1)));
            line.add("check");
            CliRun.Result result = CliRun.withHome(home).run(line.toArray(new String[0]));
            assertEquals(
                    "error: the command comes first, as in `chainloop-token check …`. Try `chainloop-token --help`.\n",
                    result.err());
            assertEquals(2, result.status());
        }
    }

    private static void assertNoPiece(String value, String printed) {
        for (int i = 0; i + 12 <= value.length(); i++) {
            String piece = value.substring(i, i + 12);
            assertFalse(
                    !piece.startsWith("Bearer ") && !"CHAINLOOP_TOKEN=".contains(piece) && printed.contains(piece),
                    printed);
        }
    }

    static final List<String> IS_NOT_PRINTED_FROM_THE_WORLD =
            List.of(("CHAINLOOP_CONTROL_PLANE_API,CHAINLOOP_CONTROL_PLANE_API_CA,GITHUB_REPOSITORY,HOME,"
                            + "SUDO_HOME,USERPROFILE,SSL_CERT_FILE,GITHUB_EVENT_PATH,GITHUB_OUTPUT,COLUMNS,"
                            + "CI_COMMIT_REF_PROTECTED,XDG_CONFIG_HOME,SUDO_USER,HTTPS_PROXY,control-plane.api,"
                            + "control-plane.api-ca,organization")
                    .split(","));

    /** Variables and keys of the config file whose value shows where a token goes, or where it came from. */
    @ParameterizedTest
    @FieldSource("IS_NOT_PRINTED_FROM_THE_WORLD")
    void isNotPrintedFromTheWorld(String place) throws IOException {
        List<String> values = new ArrayList<>(FORMS);
        values.addAll(
                List.of(TOKEN + ":443", "/" + TOKEN, SIGNATURE + ":443", "/" + SIGNATURE + "/x", SIGNATURE + "/x"));
        for (String value : values) {
            for (String line : List.of(
                    "inspect",
                    "inspect -o json",
                    "inspect --redact",
                    "inspect -o github",
                    "sources",
                    "sources -o json",
                    "check --type user -o github",
                    "ask -o json",
                    "explain issuer not found: cp.chainloop",
                    "explain signature is invalid")) {
                CliRun run = CliRun.withHome(home)
                        .env("GITHUB_ACTIONS", "true")
                        .env("HTTPS_PROXY", "http://127.0.0.1:1")
                        .env("SSL_CERT_FILE", "/dev/null");
                if (Character.isUpperCase(place.charAt(0))) {
                    run.env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.USER)).env(place, value);
                } else {
                    Path config = home.resolve(".config/chainloop/config.toml");
                    Files.createDirectories(config.getParent());
                    Files.writeString(
                            config,
                            place + " = '" + value + "'\nauth.token = '" + TokenMint.token(TokenMint.USER) + "'\n");
                }
                CliRun.Result result = run.run(line.split(" ", -1));
                assertNoPiece(value, result.out() + result.err());
            }
        }
    }

    @Test
    void isNotPrintedFromAVariablesName() {
        CliRun.Result result = CliRun.withHome(home)
                .env("A_" + TOKEN.replace('.', '_'), TokenMint.token(TokenMint.USER))
                .run("sources");
        assertNoPiece(TOKEN.replace('.', '_'), result.out() + result.err());
    }
}
