package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.Tmux;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Presses Tab in the real shells, which read the installed completions. */
class CompletionIT {
    private static final Path DIST = Path.of("target/chainloop-token").toAbsolutePath();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chainloop-token ch                    | > chainloop-token check",
                "chainloop-token --conf                | > chainloop-token --config",
                "chainloop-token -c so                 | > chainloop-token -c some.toml",
                "chainloop-token check --fail          | > chainloop-token check --fail-on",
                "chainloop-token check --type_         | > chainloop-token check --type~api-token  federated  user~> chainloop-token check --type",
                "chainloop-token check --type ap       | > chainloop-token check --type api-token",
                "chainloop-token --source g            | > chainloop-token --source gitlab",
                "chainloop-token sources -o_           | > chainloop-token sources -o~json  text~> chainloop-token sources -o",
                "chainloop-token --field ex            | > chainloop-token --field ex~expired           expiresAt         expiresInSeconds~> chainloop-token --field expire",
                "chainloop-token completion f          | > chainloop-token completion fish",
                "chainloop-token help ex               | > chainloop-token help explain",
                "chainloop-token_                      | > chainloop-token~check       completion  explain     help        inspect     schema      sources     verify~> chainloop-token",
            })
    void bash(String typed, String screen) throws Exception {
        Program.require("bash", "tmux");
        completes(
                "bash --norc --noprofile",
                "unset HISTFILE; PS1='> '; bind 'set show-all-if-ambiguous on'; source " + DIST
                        + "/share/bash-completion/completions/chainloop-token",
                typed,
                screen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chainloop-token ch                    | > chainloop-token check",
                "chainloop-token --conf                | > chainloop-token --config=",
                "chainloop-token -c so                 | > chainloop-token -c some.toml",
                "chainloop-token check --min           | > chainloop-token check --min-remaining=",
                "chainloop-token check --type_         | > chainloop-token check --type~api-token  federated  user",
                "chainloop-token check --type user,a   | > chainloop-token check --type user,api-token,",
                "chainloop-token sources -o_           | > chainloop-token sources -o~json  text",
                "chainloop-token completion f          | > chainloop-token completion fish",
                "chainloop-token help ex               | > chainloop-token help explain",
                "chainloop-token s                     | > chainloop-token s~schema   -- Print the JSON Schema of a command's JSON output.~sources  -- Show every place where a token can be, and which one is used.",
            })
    void zsh(String typed, String screen) throws Exception {
        Program.require("zsh", "tmux");
        completes(
                "zsh -f",
                "PS1='> '; fpath=(" + DIST + "/share/zsh/site-functions $fpath); autoload -Uz compinit; compinit -u -D",
                typed,
                screen);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chainloop-token ch                    | > chainloop-token check",
                "chainloop-token --conf                | > chainloop-token --config",
                "chainloop-token -c so                 | > chainloop-token -c some.toml",
                "chainloop-token check --fail          | > chainloop-token check --fail-on",
                "chainloop-token check --type ap       | > chainloop-token check --type api-token",
                "chainloop-token check --type user,a   | > chainloop-token check --type user,api-token",
                "chainloop-token sources -o_           | > chainloop-token sources -o~json  (text or json)  text  (text or json)",
                "chainloop-token completion f          | > chainloop-token completion fish",
                "chainloop-token help ex               | > chainloop-token help explain",
                "chainloop-token s                     | > chainloop-token s~schema               (Print the JSON Schema of a command's JSON output.)~sources  (Show every place where a token can be, and which one is used.)",
            })
    void fish(String typed, String screen) throws Exception {
        Program.require("fish", "tmux");
        completes(
                "fish --no-config --private",
                "function fish_prompt; echo -n '> '; end; source " + DIST
                        + "/share/fish/vendor_completions.d/chainloop-token.fish",
                typed,
                screen);
    }

    /** Types a line and Tab; {@code ~} stands for a line's end, and {@code _} for a blank that the line typed ends with. */
    private void completes(String shell, String setUp, String typed, String screen) throws Exception {
        Files.createFile(folder.resolve("some.toml"));
        List<String> expected = List.of(screen.split("~", -1));
        String command = "env LC_ALL=C.UTF-8 HOME=" + folder + " PATH=" + DIST + "/bin:" + System.getenv("PATH") + " ";
        try (Tmux tmux = new Tmux(folder, command + shell)) {
            tmux.type(setUp + "; clear");
            tmux.press("Enter");
            assertEquals(List.of(">"), tmux.screen(List.of(">")));
            tmux.type(typed.replace('_', ' '));
            tmux.press("Tab");

            assertEquals(expected, tmux.screen(expected));
        }
    }
}
