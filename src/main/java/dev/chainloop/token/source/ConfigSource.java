package dev.chainloop.token.source;

import java.nio.file.Path;
import java.util.Optional;

/** {@code auth.token} in the CLI's config file. */
final class ConfigSource implements TokenSource {
    private final Origin origin;
    private final ConfigReading reading;
    private final boolean asked;

    /**
     * The token in a config file.
     *
     * @param path the file's path, for its name; empty when it is unknown
     * @param reading what is in it
     * @param asked whether the user named this file, which then must exist
     */
    ConfigSource(Optional<Path> path, ConfigReading reading, boolean asked) {
        this.asked = asked;
        this.origin =
                new Origin(SourceKind.CONFIG, path.isPresent() ? path.get().toString() : "config.toml");
        this.reading = reading;
    }

    @Override
    public Look look() {
        if (reading instanceof ConfigReading.Missing missing) {
            return asked
                    ? new Look.Unreadable(origin, missing.why(), "Check the path.")
                    : new Look.Absent(origin, missing.why());
        }
        if (reading instanceof ConfigReading.Unreadable unreadable) {
            return new Look.Unreadable(origin, unreadable.why(), unreadable.remedy());
        }
        ConfigReading.Read read = (ConfigReading.Read) reading;
        if (read.token().isEmpty()) {
            return new Look.Absent(
                    origin,
                    switch (read.tear()) {
                        case NONE, AT_FIRST -> "no auth.token in it";
                        case STILL_EMPTY -> "an empty file; another process may be writing it, or it was cut off";
                        case STILL_CUT_OFF ->
                            "no auth.token in it; another process may be writing it, or it was cut off";
                    });
        }
        String token = read.token().get();
        if (token.isEmpty()) {
            return new Look.Absent(origin, "auth.token is empty");
        }
        Cleaned cleaned = Cleaned.of(token);
        return cleaned.text().isEmpty()
                ? new Look.Blank(origin, "auth.token is blank; the Chainloop CLI would send it")
                : new Look.Found(origin, cleaned);
    }
}
