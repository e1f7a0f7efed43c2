package dev.chainloop.token.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import com.fasterxml.jackson.dataformat.toml.TomlReadFeature;
import dev.chainloop.token.io.NamedFile;
import dev.chainloop.token.source.SourceReading.Obstacle;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The CLI's config file. The CLI empties it before it writes it, so an empty file can be one that is being written. */
final class ConfigFile {
    /** The CLI writes a dozen lines. Parsed, hostile ones can take a hundred times their size. */
    private static final int MAX_BYTES = 256 << 10;

    /** No process takes longer to write a few lines, even on a busy machine. */
    private static final int FRESH_SECONDS = 60;

    private ConfigFile() {}

    /**
     * Reads it.
     *
     * @param asked whether the user named this file. The default path is opened only when it is a regular file, since opening
     *     a pipe or a device can hang or have side effects
     * @param clock tells whether the file is fresh, so that another process may be writing it
     */
    static ConfigReading read(Path path, boolean asked, InstantSource clock) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return ConfigReading.unreadable("a folder", Obstacle.UNUSABLE);
            }
            boolean regular = attributes.isRegularFile();
            if (!regular && !asked) {
                return ConfigReading.unreadable("a pipe or a device", Obstacle.UNUSABLE);
            }
            byte[] bytes = NamedFile.read(path, MAX_BYTES);
            boolean empty = regular && bytes.length == 0;
            return bytes.length > MAX_BYTES
                    ? ConfigReading.unreadable("larger than 256 KiB", Obstacle.BROKEN)
                    : parse(new String(bytes, StandardCharsets.UTF_8), empty, empty && isFresh(path, clock));
        } catch (NoSuchFileException e) {
            return ConfigReading.MISSING;
        } catch (AccessDeniedException | FileNotFoundException e) {
            // A stream throws the latter for a file that is there, and that it must not open.
            return ConfigReading.unreadable("permission denied", Obstacle.FOREIGN);
        } catch (IOException e) {
            return ConfigReading.unreadable("cannot be read", Obstacle.UNUSABLE);
        }
    }

    private static ConfigReading parse(String toml, boolean empty, boolean midWrite) {
        Map<String, Object> values = new HashMap<>();
        // Otherwise a date would be read as a string.
        TomlFactory factory =
                TomlFactory.builder().enable(TomlReadFeature.PARSE_JAVA_TIME).build();
        try (JsonParser parser = factory.createParser(new StringReader(toml))) {
            parser.nextToken();
            table(parser, "", values);
        } catch (JacksonException e) {
            // Its message quotes the file, so only the position is reported.
            return ConfigReading.unreadable("not valid TOML" + place(e.getLocation()), Obstacle.BROKEN);
        } catch (StackOverflowError | IOException | RuntimeException e) {
            // The library limits the nesting of arrays alone, and lets pass what an impossible date makes Java throw.
            return ConfigReading.unreadable("not valid TOML", Obstacle.BROKEN);
        }
        return new ConfigReading(
                false,
                Optional.empty(),
                values.get("auth.token") instanceof String token ? Optional.of(token) : Optional.empty(),
                text("organization", values),
                empty,
                midWrite,
                text("control-plane.api", values),
                text("control-plane.api-ca", values),
                values.get("api-insecure") == JsonToken.VALUE_TRUE);
    }

    private static Optional<String> text(String name, Map<String, Object> values) {
        return values.get(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /**
     * Reads a table's values, a string as its text. As in viper, names ignore case, and the quoted key {@code "auth.token"}
     * means the same as {@code token} in {@code [auth]}.
     */
    private static void table(JsonParser parser, String prefix, Map<String, Object> values) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = prefix + parser.currentName().toLowerCase(Locale.ROOT);
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT && (name.equals("auth") || name.equals("control-plane"))) {
                table(parser, name + ".", values);
            } else {
                values.put(name, value == JsonToken.VALUE_STRING ? parser.getText() : value);
                parser.skipChildren();
            }
        }
    }

    /** Whether the file was written just now; its time may be ahead of this machine's. */
    private static boolean isFresh(Path path, InstantSource clock) {
        return NamedFile.written(path)
                .filter(then -> then.isAfter(clock.instant().minusSeconds(FRESH_SECONDS)))
                .isPresent();
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
