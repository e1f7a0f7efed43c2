package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token in the wrong place, as when a variable before it is unset, is never shown. */
class MisplacedTokenTest {
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN);

    private static final List<String> FORMS = List.of(
            "T",
            "Bearer T",
            "'T'",
            " T",
            "CHAINLOOP_TOKEN=T",
            TokenMint.token("{ \"alg\":\"HS256\"}", TokenMint.USER),
            "S");

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-c",
                "--config",
                "check --org",
                "check --project",
                "check --issuer",
                "verify --key /dev/null --issuer",
                "verify --key",
                "verify --jwks",
                "verify --secret-file",
                "verify --secret-env",
                "check --type",
                "check --min-remaining",
                "--at",
                "--source",
                "--field",
                "-o",
                "explain -- issuer not found:",
                "explain -- valid only with the project",
                "explain",
                "help",
                "schema",
                "completion"
            })
    void isNotPrinted(String before) {
        for (String form : FORMS) {
            String signature = TOKEN.substring(TOKEN.lastIndexOf('.') + 1);
            String value =
                    form.equals("S") ? signature : form.replace("T", TOKEN).replace(TOKEN + "OKEN", "TOKEN");
            for (String output : List.of("text", "json", "github")) {
                List<String> line = new ArrayList<>(Arrays.asList(before.split(" ", -1)));
                line.add(value);
                if (!before.contains("--") || !before.contains("explain")) {
                    line.add("-o");
                    line.add(output);
                }
                CliRun.Result result = CliRun.withHome(home)
                        .env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.USER))
                        .run(line.toArray(new String[0]));
                assertNoPiece(value, result.out() + result.err());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--at ", "-o ", "--bogus ", "--bogus="})
    void isNotPrintedWhereTheCommandBelongs(String before) {
        for (String form : FORMS) {
            String value = form.equals("S") ? TOKEN.substring(TOKEN.lastIndexOf('.') + 1) : form.replace("T", TOKEN);
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

    @ParameterizedTest
    @ValueSource(strings = {"--config", "check --org", "check --project", "check --issuer", "verify --key"})
    void isToldAsSuch(String before) {
        for (String value : List.of(TOKEN, "Bearer " + TOKEN, TOKEN.substring(0, TOKEN.indexOf('.')))) {
            List<String> line = new ArrayList<>(Arrays.asList(before.split(" ", -1)));
            line.add(value);
            CliRun.Result result = CliRun.withHome(home).run(line.toArray(new String[0]));
            assertEquals(2, result.status());
            assertTrue(result.err().contains(" has a value that looks like a token; "), result.err());
        }
    }

    /** Variables and keys of the config file whose value shows where a token goes, or where it came from. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CHAINLOOP_CONTROL_PLANE_API",
                "CHAINLOOP_CONTROL_PLANE_API_CA",
                "GITHUB_REPOSITORY",
                "HOME",
                "XDG_CONFIG_HOME",
                "SUDO_USER",
                "HTTPS_PROXY",
                "control-plane.api",
                "control-plane.api-ca",
                "organization"
            })
    void isNotPrintedFromTheWorld(String place) throws IOException {
        String signature = TOKEN.substring(TOKEN.lastIndexOf('.') + 1);
        for (String value : List.of(TOKEN, "Bearer " + TOKEN, TOKEN + ":443", "/" + TOKEN, signature + ":443")) {
            for (String line : List.of(
                    "inspect",
                    "inspect -o json",
                    "inspect --redact",
                    "inspect -o github",
                    "sources",
                    "sources -o json",
                    "check --type user -o github",
                    "ask --timeout 1s -o json",
                    "explain issuer not found: cp.chainloop",
                    "explain signature is invalid")) {
                CliRun run =
                        CliRun.withHome(home).env("GITHUB_ACTIONS", "true").env("HTTPS_PROXY", "http://127.0.0.1:1");
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

    @Test
    void isNotPrintedFromTheNameOfAFileInAFolder() throws IOException {
        Path log = home.resolve("logs-" + TOKEN.substring(0, 100)).resolve("a.log");
        Files.createDirectories(log.getParent());
        Files.writeString(log, "x " + TokenMint.token(TokenMint.USER) + "\n");
        for (String format : List.of("text", "json", "github")) {
            CliRun.Result result = CliRun.withHome(home).run("mask", "--report", "-o", format, home.toString());
            assertEquals(1, result.status());
            assertNoPiece(TOKEN, result.out() + result.err());
        }
    }
}
