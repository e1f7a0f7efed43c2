package dev.chainloop.token.source;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables, and what they and the machine determine: the home folder and the path of the config file.
 *
 * @param mac whether this is macOS, where the CLI keeps its config file elsewhere than on Linux
 */
public record Environment(Map<String, String> variables, boolean mac, Machine machine) {
    static final String CHAINLOOP_TOKEN = "CHAINLOOP_TOKEN";
    static final String GITLAB_OIDC = "GITLAB_OIDC";

    private static final String CONFIG_FILE = "chainloop/config.toml";
    private static final String MAC_FOLDER = "Library/Application Support/";

    /**
     * The config files that the CLI does not read here, though a user may think so: the file that
     * {@code XDG_CONFIG_HOME} hides, the file at the path in the CLI's help, the file of the user who ran {@code sudo}, and
     * the file in the account's home folder if no variable names that folder.
     */
    public List<Path> otherConfigFiles() {
        List<Path> others = new ArrayList<>();
        add(others, isSet("HOME") ? get("HOME") : machine.home(), ".config/" + CONFIG_FILE);
        add(others, mac ? nonEmpty("HOME") : Optional.empty(), belowHome());
        add(others, isSet("SUDO_USER") ? Optional.of(callersHome()) : Optional.empty(), belowHome());
        return others;
    }

    String callersHome() {
        String parent = mac ? "/Users/" : "/home/";
        return nonEmpty("SUDO_HOME").orElse(parent + variables.get("SUDO_USER"));
    }

    private void add(List<Path> others, Optional<String> home, String below) {
        Optional<Path> file = home.isPresent() ? path(home.get(), below) : Optional.empty();
        if (file.isPresent()
                && !file.equals(configFile())
                && !others.contains(file.get())
                && Files.exists(file.get())) {
            others.add(file.get());
        }
    }

    /** A variable's value, which may be empty. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** A variable's value unless it is empty: the CLI treats an empty variable as unset. */
    public Optional<String> nonEmpty(String name) {
        return isSet(name) ? get(name) : Optional.empty();
    }

    public boolean isSet(String name) {
        return !variables.getOrDefault(name, "").isEmpty();
    }

    /** A path for a person, with the home folder as {@code ~}. */
    public static String shortened(String path, Optional<Path> home) {
        if (home.isEmpty()) {
            return path;
        }
        String folder = home.get().toString();
        return path.startsWith(folder + "/") ? "~" + path.substring(folder.length()) : path;
    }

    /** The same for the public: outside the home folder, only the file's own name. */
    public static String redacted(String path, Optional<Path> home) {
        String shown = home.isPresent() && path.equals(home.get().toString()) ? "~" : shortened(path, home);
        boolean known = (shown.startsWith("~") || shown.startsWith("$")) && !shown.contains("/../");
        return known || shown.indexOf('/') < 0 ? shown : "…" + shown.substring(shown.lastIndexOf('/'));
    }

    /** The home folder: {@code $HOME}, which Java's {@code user.home} ignores. */
    public Optional<Path> home() {
        return isSet("HOME") ? path(get("HOME").orElse(""), "") : Optional.empty();
    }

    /** The config file that the CLI reads and writes; empty if its folder's name cannot be one. */
    public Optional<Path> configFile() {
        Optional<String> named = configHome();
        // As in the CLI's library, home is the root folder unless a variable names another.
        return path(named.orElse(nonEmpty("HOME").orElse("/")), named.isPresent() ? CONFIG_FILE : belowHome());
    }

    private String belowHome() {
        return (mac ? MAC_FOLDER : ".config/") + CONFIG_FILE;
    }

    /** The config file's path, with the variable's name in place of a folder that does not exist. */
    String configName() {
        Optional<String> named = configHome();
        Optional<Path> folder = path(named.orElse(nonEmpty("HOME").orElse("/")), "");
        if (folder.isPresent() && Files.isDirectory(folder.get())) {
            return configFile().orElseThrow().toString();
        }
        String missing = named.isPresent() ? "$XDG_CONFIG_HOME/" + CONFIG_FILE : "$HOME/" + belowHome();
        return folder.isPresent() ? missing : "config.toml";
    }

    /** The folder that {@code XDG_CONFIG_HOME} names, its home folder spelled out; the CLI ignores a path that is not absolute. */
    private Optional<String> configHome() {
        String folder = expanded(get("XDG_CONFIG_HOME").orElse(""));
        Optional<Path> path = path(folder, "");
        return path.isPresent() && path.get().isAbsolute() ? Optional.of(folder) : Optional.empty();
    }

    private String expanded(String folder) {
        for (String home : List.of("~", "$HOME")) {
            if (folder.equals(home) || folder.startsWith(home + "/")) {
                return get("HOME").orElse("/") + folder.substring(home.length());
            }
        }
        return folder;
    }

    /** Whether {@code XDG_CONFIG_HOME} is set, but the CLI ignores it. */
    boolean ignoresConfigHome() {
        return isSet("XDG_CONFIG_HOME") && configHome().isEmpty();
    }

    private static Optional<Path> path(String folder, String below) {
        try {
            return Optional.of(Path.of(folder).resolve(below));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Prints no values: they can be secrets. */
    @Override
    public String toString() {
        return "Environment[" + variables.size() + " variables]";
    }
}
