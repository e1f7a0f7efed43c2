package dev.chainloop.token.source;

import java.nio.file.Path;
import java.util.Optional;

/** Where a token can be besides standard input: the command line, a variable, the config file. */
final class Sources {
    private Sources() {}

    /**
     * What the kinds of source look at.
     *
     * @param argument the token on the command line
     * @param path the config file's path, for its name; empty when it is unknown
     * @param config what is in it
     * @param named whether the user named that file, which then must exist
     */
    record Inputs(
            Environment environment,
            Optional<Search.Argument> argument,
            StdinSource stdin,
            Optional<Path> path,
            ConfigReading config,
            boolean named) {}

    static Look argument(Optional<Search.Argument> argument) {
        if (argument.isEmpty()) {
            return new Look.Absent(new Origin(SourceKind.ARGUMENT, "TOKEN"), "not given");
        }
        Origin origin = new Origin(SourceKind.ARGUMENT, argument.get().name());
        // The CLI ignores an empty --token. Here an explicit token is the only one considered.
        return found(origin, argument.get().secret(), "blank");
    }

    static Look variable(SourceKind kind, String name, Environment environment) {
        Origin origin = new Origin(kind, name);
        if (kind == SourceKind.GITLAB && !environment.isSet("GITLAB_CI")) {
            return new Look.Absent(origin, "not in a GitLab job");
        }
        String value = environment.get(name).orElse("");
        if (value.isEmpty()) {
            return new Look.Absent(origin, environment.get(name).isPresent() ? "set, but empty" : "not set");
        }
        return found(origin, value, "set, but blank; the Chainloop CLI would send it");
    }

    /** {@code auth.token} in the CLI's config file. */
    static Look config(Inputs inputs) {
        Origin origin = new Origin(
                SourceKind.CONFIG, inputs.path.isPresent() ? inputs.path.get().toString() : "config.toml");
        if (inputs.config instanceof ConfigReading.Missing missing) {
            return inputs.named
                    ? new Look.Unreadable(origin, missing.why(), Look.Obstacle.UNUSABLE)
                    : new Look.Absent(origin, missing.why());
        }
        if (inputs.config instanceof ConfigReading.Unreadable unreadable) {
            return new Look.Unreadable(origin, unreadable.why(), unreadable.obstacle());
        }
        ConfigReading.Read read = (ConfigReading.Read) inputs.config;
        if (read.token().isEmpty()) {
            return new Look.Absent(
                    origin,
                    read.empty()
                            ? "an empty file; another process may be writing it, or it was cut off"
                            : "no auth.token in it");
        }
        return read.token().get().isEmpty()
                ? new Look.Absent(origin, "auth.token is empty")
                : found(origin, read.token().get(), "auth.token is blank; the Chainloop CLI would send it");
    }

    private static Look found(Origin origin, String text, String whyBlank) {
        Cleaned cleaned = Cleaned.of(text);
        return cleaned.text().isEmpty() ? new Look.Blank(origin, whyBlank) : new Look.Found(origin, cleaned);
    }
}
