package dev.chainloop.token.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The process's variables, and what follows from them and the system: the home folder and the config file's place. */
public final class Environment {
    private static final String CONFIG_FILE = "chainloop/config.toml";

    private final Map<String, String> variables;
    private final Platform platform;

    /** The families of systems that differ in where the CLI's config file is. */
    public enum Platform {
        LINUX,
        MACOS,
        WINDOWS;

        /** The platform by Java's {@code os.name}. */
        public static Platform of(String osName) {
            String name = osName.toLowerCase(Locale.ROOT);
            if (name.startsWith("windows")) {
                return WINDOWS;
            }
            return name.startsWith("mac") ? MACOS : LINUX;
        }
    }

    /**
     * An environment.
     *
     * @param variables name to value
     * @param platform the system
     */
    public Environment(Map<String, String> variables, Platform platform) {
        this.variables = variables;
        this.platform = platform;
    }

    /** A variable's value, also an empty one. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** A variable's value unless it is empty: the CLI takes an empty variable for an unset one. */
    public Optional<String> nonEmpty(String name) {
        return get(name).filter(value -> !value.isEmpty());
    }

    /** The home folder: {@code $HOME}, on Windows {@code %USERPROFILE%}. Java's {@code user.home} ignores both. */
    public Optional<Path> home() {
        return folder(platform == Platform.WINDOWS ? "USERPROFILE" : "HOME");
    }

    /** The config file that the CLI reads and writes; empty when no home folder is known. */
    public Optional<Path> configFile() {
        return configHome().map(home -> home.resolve(CONFIG_FILE));
    }

    private Optional<Path> configHome() {
        return folder("XDG_CONFIG_HOME").filter(Path::isAbsolute).or(() -> switch (platform) {
            case LINUX -> home().map(home -> home.resolve(".config"));
            case MACOS -> home().map(home -> home.resolve("Library/Application Support"));
            case WINDOWS -> folder("LOCALAPPDATA");
        });
    }

    private Optional<Path> folder(String variable) {
        try {
            return nonEmpty(variable).map(Path::of);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Tells no values: they hold secrets. */
    @Override
    public String toString() {
        return "Environment[" + platform + ", " + variables.size() + " variables]";
    }
}
