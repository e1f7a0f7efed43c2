package dev.chainloop.token.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Files from which another program than a shell sets variables, over those of startup files. They are read only for a plan, and
 * only where a variable says that the program runs; a line counts if it holds the very value in use, or has it made.
 */
public enum SettingFile {
    DIRENV("direnv", "DIRENV_FILE", "direnv allow FILE", "", "../.env", "../.envrc.local", "../.env.local"),
    MISE("mise", "MISE_SHELL", "", "^mise.toml", "^.mise.toml", "^mise.local.toml", "^.config/mise.toml", "^.env"),
    DEVBOX("devbox", "DEVBOX_PROJECT_ROOT", "eval \"$(devbox shellenv)\"", "devbox.json", ".env"),
    DEVENV("devenv", "DEVENV_ROOT", "", "devenv.nix", "devenv.local.nix", ".env"),
    PIXI("pixi", "PIXI_PROJECT_MANIFEST", "", ""),
    PIPENV("pipenv", "PIPENV_ACTIVE", "", "^.env"),
    NIX("Nix", "IN_NIX_SHELL", "", "^flake.nix", "^shell.nix", "^default.nix"),
    CONDA("conda", "CONDA_PREFIX", "", "conda-meta/state", "etc/conda/activate.d/env_vars.sh"),
    GITHUB_RUNNER(
            "the runner", "RUNNER_WORKSPACE", "cd DIR && sudo ./svc.sh stop && sudo ./svc.sh start", "../../.env"),
    AZURE_AGENT("the agent", "AGENT_HOMEDIRECTORY", "cd DIR && sudo ./svc.sh stop && sudo ./svc.sh start", ".env");

    /** More than a project is deep. */
    private static final int MOST_FOLDERS = 12;

    private static final int LONGEST_LINE = 20_000;

    /**
     * A line that sets the variable.
     *
     * @param line its number, from 1
     */
    public record Line(SettingFile by, Path file, int line) {}

    private final String title;
    private final String variable;
    private final String rereading;

    @SuppressWarnings("ImmutableEnumChecker") // It is.
    private final List<String> files;

    /**
     * @param variable set where the program runs
     * @param rereading has a changed FILE read, of the folder DIR; empty where the next start does
     * @param files below what the variable names, or with {@code ^} in this folder or above it
     */
    SettingFile(String title, String variable, String rereading, String... files) {
        this.title = title;
        this.variable = variable;
        this.rereading = rereading;
        this.files = List.of(files);
    }

    public String title() {
        return title;
    }

    public String rereading() {
        return rereading;
    }

    /** Whether it sets the variables of a person's shell, and not those of jobs. */
    public boolean isOfShell() {
        return this != GITHUB_RUNNER && this != AZURE_AGENT;
    }

    /** The line that sets a value; a secret, which is only compared. */
    static Optional<Line> setting(String value, Environment environment) {
        return Arrays.stream(values())
                .filter(one -> environment.isSet(one.variable))
                .flatMap(one -> one.paths(environment).stream()
                        .flatMap(file -> one.line(value, file, environment.machine()).stream()))
                .findFirst();
    }

    private List<Path> paths(Environment environment) {
        List<Path> paths = new ArrayList<>();
        try {
            Path named = Path.of(environment.get(variable).orElse(""));
            for (String file : files) {
                if (file.startsWith("^")) {
                    Path folder = Path.of(environment.get("PWD").orElse("/"));
                    for (int i = 0; folder != null && i < MOST_FOLDERS; i++, folder = folder.getParent()) {
                        paths.add(folder.resolve(file.substring(1)));
                    }
                } else {
                    paths.add(named.resolve(file).normalize());
                }
            }
        } catch (InvalidPathException e) {
            paths.clear();
        }
        paths.removeIf(path -> !path.isAbsolute());
        return paths;
    }

    private Optional<Line> line(String value, Path file, Machine machine) {
        int number = 0;
        for (String text : machine.read(file.toString()).orElse("").lines().toList()) {
            number++;
            String line = text.strip();
            boolean comment = line.startsWith("#") || line.startsWith("//");
            if (!comment && line.length() < LONGEST_LINE && line.contains(Environment.CHAINLOOP_TOKEN)) {
                boolean made = isOfShell() && (line.contains("$(") || line.contains("`"));
                if (line.contains(value) || made) {
                    return Optional.of(new Line(this, file, number));
                }
            }
        }
        return Optional.empty();
    }
}
