package dev.chainloop.token;

import dev.chainloop.token.cli.Cli;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs the command lines whose classes go into the class-data archive. Only those that must start quickly are run,
 * because a larger archive makes every start slower. For {@code lib/make-archive}, not for users. It reads nothing of
 * the user's; tokens, variables and config file are made for it.
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
        {"--redact"},
        {"-o", "json", "--redact"},
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
        {"check"},
        {"check", "-o", "json", "--type", "user", "--min-remaining", "1h"},
        {"sources"},
        {"sources", "-o", "json"},
        {"--help"},
        {"check", "--help"},
        {"sources", "--help"},
        {"explain", "--help"},
        {"--version"},
    };

    private Training() {}

    /**
     * Runs them all, with each kind of token in each source.
     *
     * @param args a folder for the config file
     */
    public static void main(String[] args) throws IOException {
        String folder = args[0];
        File config = new File(folder, "chainloop/config.toml");
        if (!config.getParentFile().mkdirs()) {
            throw new IOException("the folder is not new");
        }
        String[] tokens = {token(USER), token(API_TOKEN), token(FEDERATED), token(ODD), "Bearer x"};
        for (String token : tokens) {
            write(
                    config,
                    "api-insecure = false\norganization = 'o'\n\n[auth]\ntoken = '" + token
                            + "'\n\n[control-plane]\napi = 'api.example:443'\n");
            run(Map.of("XDG_CONFIG_HOME", folder, "HOME", folder));
            run(Map.of("CHAINLOOP_TOKEN", token));
        }
        write(config, "organization = 'o'\n");
        run(Map.of("XDG_CONFIG_HOME", folder, "CHAINLOOP_TOKEN", "", "FORCE_COLOR", "1"));
        // Loads the classes of the real environment without its values.
        Map<String, String> none = new HashMap<>(Main.variables());
        none.clear();
        run(none);
        Main.exit(0);
    }

    // As simple as possible: what only this class uses goes into the archive too, and each class makes a start slower.
    private static void write(File file, String text) throws IOException {
        try (OutputStream out = new FileOutputStream(file)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
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
