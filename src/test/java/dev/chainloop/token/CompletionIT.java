package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.testing.Markdown;
import dev.chainloop.token.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Presses Tab in the real shells, which read the installed completions. */
@Order(2)
class CompletionIT {
    private static final Path DIST = Path.of("target/chainloop-token").toAbsolutePath();
    private static final Path BASH_COMPLETION = Path.of("/usr/share/bash-completion/bash_completion");

    /** A line that is typed, and the screen after Tab, in every shell. */
    private static final String IN_ALL = """
            chainloop-token ch                    | > chainloop-token check
            chainloop-token -c so                 | > chainloop-token -c some.toml
            chainloop-token --source env,g        | > chainloop-token --source env,g
            chainloop-token verify --key so       | > chainloop-token verify --key some.toml
            chainloop-token completion f          | > chainloop-token completion fish
            chainloop-token help ro               | > chainloop-token help rotate
            """;

    /** picocli's functions for bash do not know these. */
    private static final String WITH_EQUALS = """
            chainloop-token --config=so           | > chainloop-token --config=some.toml
            chainloop-token --color=n             | > chainloop-token --color=never
            """;

    @TempDir
    static Path folder;

    private static final long PATIENCE_MILLIS = 15_000;

    /** Each terminal has another. */
    private static String socket = "";

    private static @Nullable String shellInTerminal;

    @BeforeAll
    static void fill() throws Exception {
        Files.createFile(folder.resolve("some.toml"));
        // Without it, fish makes completions of its own for a while, also in a folder that is being deleted.
        Files.createDirectories(folder.resolve(".cache/fish/generated_completions"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = IN_ALL + """
            chainloop-token check --fail          | > chainloop-token check --fail-on
            chainloop-token --conf                | > chainloop-token --config
            chainloop-token check --org verify --min | > chainloop-token check --org verify --min-remaining
            chainloop-token check --type_         | > chainloop-token check --type~api-token  federated  user~> chainloop-token check --type
            chainloop-token sources -o_           | > chainloop-token sources -o~json  text~> chainloop-token sources -o
            chainloop-token --field ex            | > chainloop-token --field ex~expired           expiresAt         expiresInSeconds~> chainloop-token --field expire
            chainloop-token_                      | > chainloop-token~ask         completion  help        mask        verify~check       explain     inspect     sources~> chainloop-token
            """)
    void bash(String typed, String screen) throws Exception {
        Program.require("bash", "tmux");
        completes(
                "bash --norc --noprofile",
                "unset HISTFILE; PS1='> '; bind 'set show-all-if-ambiguous on'; source "
                        + Program.quoted(DIST + "/share/bash-completion/completions/chainloop-token"),
                typed,
                screen);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = IN_ALL + WITH_EQUALS + """
            chainloop-token --conf                | > chainloop-token --config=
            chainloop-token check --org verify --min | > chainloop-token check --org verify --min-remaining=
            chainloop-token check --type_         | > chainloop-token check --type~api-token  federated  user
            chainloop-token check --type=f        | > chainloop-token check --type=federated,
            chainloop-token check --type user,a   | > chainloop-token check --type user,api-token,
            chainloop-token sources -o_           | > chainloop-token sources -o~json  text
            chainloop-token mask so               | > chainloop-token mask some.toml
            chainloop-token s                     | > chainloop-token sources
            chainloop-token ask --co              | > chainloop-token ask --co~--color   -- auto (honors NO_COLOR), always or never~--config  -- Read this config file; implies --source config
            """)
    void zsh(String typed, String screen) throws Exception {
        Program.require("zsh", "tmux");
        if (!Files.exists(folder.resolve(".zshrc"))) { // As the document says it, in an empty home.
            Path document = Path.of("src/site/markdown/installation.md");
            String lines = Markdown.block(document, "Completions and manual", "sh", "");
            Program.of("sh", "-ec", lines)
                    .with(Map.of("HOME", folder.toString(), "PATH", filled("@DIST@/bin:@PATH@")))
                    .run();
        }
        completes("zsh", "unset HISTFILE; PS1='> '", typed, screen);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = IN_ALL + WITH_EQUALS + """
            chainloop-token --conf                | > chainloop-token --config
            chainloop-token check --org verify --min | > chainloop-token check --org verify --min-remaining
            chainloop-token check --fail          | > chainloop-token check --fail-on
            chainloop-token check --type ap       | > chainloop-token check --type api-token
            chainloop-token --field kind,id,orgI  | > chainloop-token --field kind,id,orgId
            chainloop-token --color=a             | > chainloop-token --color=a~--color=always  (auto (honors NO_COLOR), always or never)~--color=auto    (auto (honors NO_COLOR), always or never)
            chainloop-token check --type user,a   | > chainloop-token check --type user,api-token
            chainloop-token sources -o_           | > chainloop-token sources -o~json  (text or json)  text  (text or json)
            chainloop-token s                     | > chainloop-token sources
            """)
    void fish(String typed, String screen) throws Exception {
        Program.require("fish", "tmux");
        completes(
                "fish --no-config --private",
                "function fish_prompt; echo -n '> '; end; source "
                        + Program.quoted(DIST + "/share/fish/vendor_completions.d/chainloop-token.fish"),
                typed,
                screen);
    }

    /** Where a file's name is completed: each command and option that the script for bash completes with one. */
    static List<String> ofFiles() throws Exception {
        List<String> all = new ArrayList<>();
        String script = Files.readString(DIST.resolve("share/bash-completion/completions/chainloop-token"));
        for (String function : script.split("\nfunction _picocli_chainloop-token", -1)) {
            String command = "chainloop-token " + function.split("\\(", 2)[0].replace("_", "");
            Matcher places = Pattern.compile("(?:(?:'[\\w-]+'\\|)*'([\\w-]+)'\\)\n[^;]*?)?_chainloop-token_files \"")
                    .matcher(function);
            while (places.find()) {
                String option = places.group(1) == null ? "" : " " + places.group(1);
                all.add(command.strip() + option + " ");
            }
        }
        return all;
    }

    /** A name that is code is a name: none of it runs, and plain names are completed beside it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bash | bash --norc --noprofile        | unset HISTFILE; PS1='> '; bind 'set show-all-if-ambiguous on'; source "$D/share/bash-completion/completions/chainloop-token" | a\\ b star\\*
            bash | bash --norc --noprofile        | enable -n compopt; unset HISTFILE; PS1='> '; bind 'set show-all-if-ambiguous on'; source "$D/share/bash-completion/completions/chainloop-token" | a\\ b star\\*
            zsh  | zsh -f                         | unset HISTFILE; PS1='> '; fpath=("$D/share/zsh/site-functions" $fpath); autoload -Uz compinit; compinit -u -D | a\\ b star\\*
            fish | fish --no-config --private     | function fish_prompt; echo -n '> '; end; source "$D/share/fish/vendor_completions.d/chainloop-token.fish" | a\\ b star\\*
            """)
    void runsNoName(String program, String shell, String setUp, String completed) throws Exception {
        Program.require(program, "tmux");
        leave();
        Path names = Files.createTempDirectory(folder, "names");
        for (String name :
                List.of("$(touch RAN)", "`touch RAN`", ";touch RAN", "q'x", "l\ne", "a b", "star*", "plain.toml")) {
            Files.createFile(names.resolve(name));
        }
        socket = "chainloop-token-" + UUID.randomUUID();
        tmux("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "300", "-c", names.toString(), shell);
        shellInTerminal = shell;
        type(setUp.replace("$D", DIST.toString().replaceAll("[$`\\\\\"]", "\\\\$0")), "Enter");
        List<String> places = ofFiles();
        assertTrue(places.size() > 10 && places.contains("chainloop-token mask "), places::toString);
        for (String place : places) {
            shows(place, "plain.toml");
            shows(place + "pl", place + "plain.toml");
        }
        shows("chainloop-token mask a", "chainloop-token mask " + completed.split(" star", -1)[0]);
        shows("chainloop-token mask st", "chainloop-token mask star" + completed.split(" star", -1)[1]);
        try (Stream<Path> files = Files.list(names)) {
            assertEquals(8, files.count());
        }
        leave();
    }

    /** Types a line and Tab, and waits for a text on the screen that the line itself does not show. */
    private static void shows(String typed, String text) throws Exception {
        tmux("send-keys", "C-u");
        type("clear", "Enter");
        assertEquals(List.of(">"), screen(List.of(">")), typed);
        type(typed, "Tab");
        String seen = "";
        for (long end = System.currentTimeMillis() + PATIENCE_MILLIS; !seen.contains(text); Thread.sleep(20)) {
            assertTrue(System.currentTimeMillis() < end, typed + " shows no " + text + " but " + seen);
            seen = tmux("capture-pane", "-p", "-J");
        }
    }

    /** With nothing but the folder {@code share} where the shell looks for completions, or the program in the PATH. */
    @ParameterizedTest
    @ValueSource(strings = {"XDG_DATA_DIRS=@DIST@/share", "PATH=@DIST@/bin:@PATH@"})
    void bashFindsItByItself(String variable) throws Exception {
        Program.require("bash", "tmux");
        Program.require(BASH_COMPLETION.toString());
        completes(
                "env " + Program.quoted(filled(variable)) + " bash --norc --noprofile",
                "unset HISTFILE; PS1='> '; source " + BASH_COMPLETION,
                "chainloop-token check --type f",
                "> chainloop-token check --type federated");
    }

    @Test
    void fishFindsItByItself() throws Exception {
        Program.require("fish", "tmux");
        completes(
                "env " + Program.quoted(filled("XDG_DATA_DIRS=@DIST@/share:/usr/share")) + " "
                        + Program.quoted(filled("PATH=@DIST@/bin:@PATH@")) + " fish --private",
                "function fish_prompt; echo -n '> '; end",
                "chainloop-token check --type=user,f",
                "> chainloop-token check --type=user,federated");
    }

    private static String filled(String variable) {
        return variable.replace("@DIST@", DIST.toString()).replace("@PATH@", System.getenv("PATH"));
    }

    /**
     * Types a line and Tab at a terminal tall enough for any help, whose home is the folder; {@code ~} stands for a line break, and
     * {@code _} for a space at the end of the typed line. The rows of one shell are typed into it in turn.
     */
    private static void completes(String shell, String setUp, String typed, String screen) throws Exception {
        if (!shell.equals(shellInTerminal)) {
            leave();
            socket = "chainloop-token-" + UUID.randomUUID();
            String home = folder.toString();
            tmux("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "300", "-c", home, shell);
            shellInTerminal = shell;
            type(setUp, "Enter");
        }
        tmux("send-keys", "C-u");
        type("clear", "Enter");
        assertEquals(List.of(">"), screen(List.of(">")));
        type(typed.replace('_', ' '), "Tab");
        List<String> expected = List.of(screen.split("~", -1));
        List<String> seen = screen(expected);
        if (!seen.equals(expected)) {
            leave();
        }
        assertEquals(expected, seen);
    }

    @AfterAll
    static void leave() throws Exception {
        if (shellInTerminal != null) {
            tmux("kill-server");
            shellInTerminal = null;
        }
    }

    /** Types a text and then a key by tmux's name for it. */
    private static void type(String text, String key) throws Exception {
        tmux("send-keys", "-l", text);
        tmux("send-keys", key);
    }

    /**
     * The lines that are not empty, joined where the terminal wrapped them and without trailing spaces, once they are as
     * expected or time is up.
     */
    private static List<String> screen(List<String> expected) throws Exception {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        List<String> lines;
        do {
            Thread.sleep(50);
            lines = tmux("capture-pane", "-p", "-J")
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(String::stripTrailing)
                    .toList();
        } while (!lines.equals(expected) && System.currentTimeMillis() < end);
        return lines;
    }

    private static String tmux(String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of("tmux", "-L", socket));
        all.addAll(List.of(command));
        return Program.of(all)
                .with(Map.of("HOME", folder.toString()))
                .merged()
                .run()
                .out();
    }
}
