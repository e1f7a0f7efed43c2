package dev.chainloop.token.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files in the folder here, and above it in its repository, that set variables once somebody has a program load them. They are
 * read only for a plan, and only lines that set {@code CHAINLOOP_TOKEN} to a token, or have a command print it, are looked at.
 */
public enum ProjectFile {
    DIRENV("direnv", "direnv allow FILE\ndirenv exec DIR COMMAND", ".envrc"),
    MISE(
            "mise",
            "mise trust FILE\nmise exec -- COMMAND",
            "mise.local.toml",
            "mise.toml",
            ".mise.toml",
            ".config/mise.toml"),
    DEVBOX("devbox", "devbox run -- COMMAND", "devbox.json"),
    DEVENV("devenv", "devenv shell", "devenv.local.nix", "devenv.nix"),
    NIX_FLAKE("Nix", "nix develop DIR", "flake.nix"),
    NIX("Nix", "nix-shell FILE", "shell.nix", "default.nix"),
    VS_CODE("a new terminal of VS Code", "", ".vscode/settings.json"),
    /** Some programs read it for themselves, and no shell does. */
    DOTENV("", "set -a; . FILE; set +a", ".env.local", ".env"),
    /** In the home folder. */
    SYSTEMD("systemd (at your next login on this machine)", "");

    /** More than a project is deep. */
    private static final int MOST_FOLDERS = 12;

    private static final int LONGEST_LINE = 20_000;

    /** A token, or a command that prints one, behind the variable's name. */
    private static final Pattern SETS =
            Pattern.compile("^[^#]{0,80}?(?<![\\w-])CHAINLOOP_TOKEN[\"']? {0,9}[=:][^#]{0,40}?"
                    + "(?<value>eyJ[\\w-]{1,9000}[.][\\w-]{1,9000}[.][\\w-]{1,2000}|[$]\\(.*|`.*)");

    /**
     * A line that sets the variable.
     *
     * @param line its number, from 1
     * @param value what it is set to: a secret
     */
    public record Line(ProjectFile by, Path file, int line, Look.Found value) {
        /** Whether a command makes the value, so that it cannot be seen. */
        public boolean isComputed() {
            return !value.sent().startsWith("eyJ");
        }
    }

    private final String title;
    private final String loading;

    @SuppressWarnings("ImmutableEnumChecker") // It is.
    private final List<String> files;

    /**
     * @param title what loads the file; empty where only a shell does that is told to
     * @param loading loads FILE, of the folder DIR, for a COMMAND or for the shell; empty where the title says it
     */
    ProjectFile(String title, String loading, String... files) {
        this.title = title;
        this.loading = loading;
        this.files = List.of(files);
    }

    public String title() {
        return title;
    }

    public String loading() {
        return loading;
    }

    /** Whether a POSIX shell reads the file as commands of its own. */
    public boolean isOfPosix() {
        return this == DOTENV;
    }

    /** The last line in each file, the nearest folder's first. */
    static List<Line> lines(Environment environment) {
        List<Line> lines = new ArrayList<>();
        Machine machine = environment.machine();
        for (Path folder : folders(environment)) {
            for (ProjectFile by : values()) {
                for (String file : by.files) {
                    by.last(folder.resolve(file), machine).ifPresent(lines::add);
                }
            }
        }
        Optional<Path> settings = environment.home().map(home -> home.resolve(".config/environment.d"));
        for (String name :
                settings.map(folder -> machine.files(folder.toString())).orElse(List.of())) {
            if (name.endsWith(".conf")) {
                SYSTEMD.last(settings.get().resolve(name), machine).ifPresent(lines::add);
            }
        }
        return lines;
    }

    /** The folder here, and those above it up to the repository's; by itself where it is in none. */
    private static List<Path> folders(Environment environment) {
        List<Path> folders = new ArrayList<>();
        Path folder = workingFolder(environment);
        while (folder != null && folders.size() < MOST_FOLDERS) {
            folders.add(folder);
            if (environment.machine().exists(folder.resolve(".git").toString())) {
                return folders;
            }
            folder = folder.getParent();
        }
        return folders.subList(0, Math.min(folders.size(), 1));
    }

    private static @Nullable Path workingFolder(Environment environment) {
        try {
            Path folder = Path.of(environment.get("PWD").orElse(""));
            return folder.isAbsolute() ? folder : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private Optional<Line> last(Path file, Machine machine) {
        Optional<Line> last = Optional.empty();
        int number = 0;
        for (String text : machine.read(file.toString()).orElse("").lines().toList()) {
            number++;
            String name = Environment.CHAINLOOP_TOKEN + (isOfPosix() ? "=" : "");
            boolean named = text.length() < LONGEST_LINE && text.contains(name);
            Matcher sets = SETS.matcher(named ? text : "");
            if (sets.find() && !text.strip().startsWith("//")) {
                Origin origin = new Origin(SourceKind.ENVIRONMENT, Environment.CHAINLOOP_TOKEN);
                Look.Found value = new Look.Found(origin, Cleaned.of(sets.group("value")));
                last = Optional.of(new Line(this, file, number, value));
            }
        }
        return last;
    }
}
