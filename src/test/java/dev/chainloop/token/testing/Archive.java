package dev.chainloop.token.testing;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/** The command lines of the tests of the class-data archive. */
public final class Archive {
    private Archive() {}

    /**
     * The command lines that must be quick: each class that they load must come from the archive. The variables are
     * {@link LauncherRun}'s, and {@code $F} is a federated token, {@code $N} one with an unknown audience.
     */
    public static List<Arguments> commandLines() {
        return List.of(
                arguments("a user token in the config file", "unset CHAINLOOP_TOKEN; \"$L\" inspect"),
                arguments("an API token in a pipe", "echo \"$T\" | \"$L\""),
                arguments("a federated token", "CHAINLOOP_TOKEN=$F \"$L\""),
                arguments("JSON", "\"$L\" -o json"),
                arguments("a field", "\"$L\" --field kind,expiresAt"),
                arguments("all claims", "\"$L\" --claims"),
                arguments("redacted", "\"$L\" --redact"),
                arguments("no token anywhere", "unset CHAINLOOP_TOKEN; \"$L\" -c /dev/null"),
                arguments("an unknown audience", "CHAINLOOP_TOKEN=$N \"$L\""),
                arguments("a usage error", "\"$L\" --bogus"),
                arguments("an unreadable source", "\"$L\" -c nowhere"),
                arguments("a gate", "\"$L\" check --type user"),
                arguments(
                        "a gate of many expectations",
                        "echo \"$T\" | \"$L\" check --type api-token --org acme --issuer cp.chainloop --min-remaining 1h"),
                arguments("help", "\"$L\" --help"),
                arguments("help of inspect", "\"$L\" inspect -h"),
                arguments("version", "\"$L\" -V"));
    }

    /** Puts a config file with a user token and all that the Chainloop CLI writes below a home folder. */
    public static void writeConfigFile(Path home) throws IOException {
        Path file = home.resolve(".config/chainloop/config.toml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "api-insecure = false\norganization = 'my-org'\n\n[auth]\ntoken = '" + TokenMint.token(TokenMint.USER)
                        + "'\n\n[control-plane]\napi = 'api.cp.chainloop.dev:443'\napi-ca = ''\n");
    }
}
