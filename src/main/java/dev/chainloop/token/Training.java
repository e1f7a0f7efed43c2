package dev.chainloop.token;

import dev.chainloop.token.cli.Cli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs the command lines whose classes a class-data archive is to hold; for {@code lib/make-archive} and the bundle's
 * build, not for users. Nothing of the user's is read: the tokens, variables and config file are this class's own.
 */
public final class Training {
    private static final String HEADER = "{\"alg\":\"HS256\",\"kid\":\"k\"}";

    private static final String USER =
            "{\"user_id\":\"1\",\"iss\":\"cp.chainloop\",\"aud\":[\"user-auth.chainloop\"],\"exp\":1767830400}";
    private static final String API_TOKEN =
            "{\"jti\":\"1\",\"org_id\":\"2\",\"org_name\":\"acme\",\"token_name\":\"ci\","
                    + "\"iss\":\"cp.chainloop\",\"aud\":[\"api-token-auth.chainloop\",\"user-auth.chainloop\"]}";
    private static final String FEDERATED = "{\"iss\":\"https://token.example\",\"aud\":\"chainloop\",\"sub\":\"s\","
            + "\"repository_owner_id\":1234,\"nbf\":1767225600,\"iat\":1767225600,\"exp\":1767225900.5}";
    private static final String ODD = "{\"aud\":[1],\"exp\":\"x\",\"a\":[true,null,{\"b\":-1.5e3}],\"c\":\"\\u001b\"}";

    private static final String[][] COMMAND_LINES = {
        {},
        {"inspect", "-o", "json"},
        {"--field", "kind,claims.exp,header.alg"},
        {"--claims", "--color", "always"},
        {"--redact", "--at", "2026-01-01T00:00:00Z"},
        {"-o", "json", "--redact", "--at", "1767225600"},
        {"-c", "no/such/file"},
        {"--source", "stdin"},
        {"-"},
        {"not-a-token"},
        {"a.b.c"},
        {"inspekt"},
        {"a.b.c", "a.b.c"},
        {"--no-such-option"},
        {"-o", "json", "--no-such-option"},
        {"--token"},
        {"-o", "json", "-o", "json"},
        {"-o", "xml"},
        {"-c", "a", "-"},
        {"--field", "no.such"},
        {"--at", "noon"},
        {"-o", "github"},
        {"check"},
        {"check", "-o", "json", "--type", "user", "--min-remaining", "1h"},
        {"sources"},
        {"sources", "-o", "json"},
        {"explain", "issuer not found: cp.chainloop"},
        {"explain", "-o", "json", "issuer not found: cp.chainloop"},
        {"--help"},
        {"check", "--help"},
        {"sources", "--help"},
        {"explain", "--help"},
        {"--version"},
        {"--lines", "-o", "json"},
    };

    private Training() {}

    /**
     * Runs them all, with every kind of token in every source.
     *
     * @param args a folder for the config file
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Path config = Files.createDirectories(folder.resolve("chainloop")).resolve("config.toml");
        String[] tokens = {token(USER), token(API_TOKEN), token(FEDERATED), token(ODD), "Bearer x"};
        for (String token : tokens) {
            Files.writeString(
                    config,
                    "api-insecure = false\norganization = 'o'\n\n[auth]\ntoken = '" + token
                            + "'\n\n[control-plane]\napi = 'api.example:443'\n");
            run(Map.of("XDG_CONFIG_HOME", folder.toString(), "HOME", folder.toString()));
            run(Map.of("CHAINLOOP_TOKEN", token));
        }
        Files.writeString(config, "organization = 'o'\n");
        run(Map.of("XDG_CONFIG_HOME", folder.toString(), "CHAINLOOP_TOKEN", "", "FORCE_COLOR", "1"));
        // Their classes are wanted too, their values are not.
        Map<String, String> none = new HashMap<>(Main.variables());
        none.clear();
        run(none);
        Main.exit(0);
    }

    private static void run(Map<String, String> variables) {
        for (String[] commandLine : COMMAND_LINES) {
            new Cli(Main.world(variables)).run(commandLine);
        }
    }

    private static String token(String claims) {
        return segment(HEADER) + "." + segment(claims) + ".AAAA";
    }

    private static String segment(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
