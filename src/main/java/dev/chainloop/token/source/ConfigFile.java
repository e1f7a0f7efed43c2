package dev.chainloop.token.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import com.fasterxml.jackson.dataformat.toml.TomlReadFeature;
import dev.chainloop.token.io.NamedFile;
import dev.chainloop.token.source.SourceReading.Obstacle;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The CLI's config file. The CLI writes it neither under a lock nor atomically, so a file that looks half-written is
 * read again for a quarter of a second before its content is trusted.
 */
final class ConfigFile {
    /** The CLI writes a dozen lines. Parsed, hostile ones can take a hundred times their size. */
    private static final int MAX_BYTES = 256 << 10;

    /** Waits between readings, in milliseconds; 250 in all. */
    private static final int[] WAITS = {10, 20, 40, 80, 100};

    /** No process takes longer to write a few lines, even on a busy machine. */
    private static final int FRESH_SECONDS = 60;

    private final Path path;
    private final boolean asked;
    private final InstantSource clock;
    private final Machine machine;

    /** Whether the file looked empty or cut off when it was read last. */
    private boolean torn;

    /**
     * The file at a path.
     *
     * @param asked whether the user named this file. The default path is opened only when it is a regular file, since opening
     *     a pipe or a device can hang or have side effects
     * @param clock tells whether the file is fresh, so that another process may be writing it
     * @param machine lets time pass between two readings
     */
    ConfigFile(Path path, boolean asked, InstantSource clock, Machine machine) {
        this.path = path;
        this.asked = asked;
        this.clock = clock;
        this.machine = machine;
    }

    /** Reads the file, and reads it again for as long as another process seems to be writing it. */
    ConfigReading read() {
        ConfigReading reading = attempt();
        for (int i = 0; torn && i < WAITS.length; i++) {
            machine.pause(WAITS[i]);
            reading = attempt();
        }
        return reading;
    }

    /** Whether the file was written just now; its time may be ahead of this machine's. */
    private boolean isFresh() {
        return NamedFile.written(path)
                .filter(then -> then.isAfter(clock.instant().minusSeconds(FRESH_SECONDS)))
                .isPresent();
    }

    private Obstacle busyIfFresh() {
        return isFresh() ? Obstacle.BUSY : Obstacle.BROKEN;
    }

    private ConfigReading attempt() {
        torn = false;
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return ConfigReading.unreadable(
                        asked ? "a folder" : "a folder, as a container's mount creates where the host has no such file",
                        Obstacle.UNUSABLE);
            }
            boolean regular = attributes.isRegularFile();
            if (!regular && !asked) {
                return ConfigReading.unreadable("a pipe or a device", Obstacle.UNUSABLE);
            }
            byte[] bytes = NamedFile.read(path, MAX_BYTES);
            return bytes.length > MAX_BYTES
                    ? ConfigReading.unreadable("larger than 256 KiB", Obstacle.BROKEN)
                    : parse(bytes, regular);
        } catch (NoSuchFileException e) {
            // Later Java versions also throw this for a path that leads through a file.
            return isThroughAFile() ? unreadable() : ConfigReading.MISSING;
        } catch (AccessDeniedException e) {
            return denied();
        } catch (FileNotFoundException e) {
            // A stream throws this for every file that it cannot open.
            return Files.exists(path) && !Files.isReadable(path) ? denied() : unreadable();
        } catch (IOException e) {
            return unreadable();
        }
    }

    private boolean isThroughAFile() {
        @Nullable Path above = path.toAbsolutePath().getParent();
        while (above != null && !Files.exists(above)) {
            above = above.getParent();
        }
        return above != null && !Files.isDirectory(above);
    }

    /** @param rereadable whether it can be read again, as a pipe cannot */
    private ConfigReading parse(byte[] bytes, boolean rereadable) {
        if (bytes.length > 2 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            return ConfigReading.unreadable(
                    "not valid TOML for the CLI: it begins with a byte-order mark", Obstacle.BROKEN);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            torn = rereadable;
            return ConfigReading.unreadable("not UTF-8", busyIfFresh());
        }
        try {
            Keys keys = new Keys(text);
            if (keys.fault != null) {
                return ConfigReading.unreadable(keys.fault, Obstacle.BROKEN);
            }
            boolean empty = bytes.length == 0 && rereadable;
            torn = rereadable && keys.token == null && (keys.tableSeen || !text.endsWith("\n"));
            return new ConfigReading(
                    false,
                    Optional.empty(),
                    Optional.ofNullable(keys.token),
                    Optional.ofNullable(keys.organization),
                    empty,
                    empty && isFresh(),
                    Optional.ofNullable(keys.api),
                    Optional.ofNullable(keys.authority),
                    keys.insecure);
        } catch (StackOverflowError | StreamConstraintsException e) {
            // The library limits the nesting of arrays, but inline tables can overflow the stack first.
            return ConfigReading.unreadable("nested too deeply", Obstacle.BROKEN);
        } catch (JacksonException e) {
            // Its message quotes the file, so only the position is reported.
            torn = rereadable;
            boolean atEnd = rereadable && isInLastLine(e.getLocation(), text);
            return ConfigReading.unreadable(
                    "not valid TOML" + place(e.getLocation()), atEnd ? busyIfFresh() : Obstacle.BROKEN);
        } catch (IOException | RuntimeException e) {
            // The library does not catch everything that its callees throw, for example for an impossible date.
            torn = rereadable;
            return ConfigReading.unreadable("not valid TOML", Obstacle.BROKEN);
        }
    }

    /** Whether an error is where a truncated file would have it: in a last line without a line end. */
    private static boolean isInLastLine(@Nullable JsonLocation location, String text) {
        return location != null
                && !text.endsWith("\n")
                && location.getLineNr() == text.chars().filter(c -> c == '\n').count() + 1;
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private ConfigReading denied() {
        // No other name: it can be a person's.
        boolean root = NamedFile.owner(path).equals("root");
        return ConfigReading.unreadable("permission denied" + (root ? "; it belongs to root" : ""), Obstacle.FOREIGN);
    }

    private static ConfigReading unreadable() {
        return ConfigReading.unreadable("cannot be read", Obstacle.UNUSABLE);
    }

    /**
     * The keys that matter. As in viper, names ignore case, and the quoted key {@code "auth.token"} means the same as
     * {@code token} in {@code [auth]}.
     */
    private static final class Keys {
        private static final TomlFactory FACTORY = TomlFactory.builder()
                // Otherwise a date would be read as a string.
                .enable(TomlReadFeature.PARSE_JAVA_TIME)
                .build();

        private @Nullable String token;
        private @Nullable String organization;
        private @Nullable String api;
        private @Nullable String authority;
        private boolean insecure;
        private @Nullable String fault;
        private boolean tableSeen;
        private boolean tokenSeen;

        Keys(String toml) throws IOException {
            try (JsonParser parser = FACTORY.createParser(new StringReader(toml))) {
                parser.nextToken();
                table(parser, "");
            }
        }

        private void table(JsonParser parser, String prefix) throws IOException {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = prefix + parser.currentName().toLowerCase(Locale.ROOT);
                JsonToken value = parser.nextToken();
                boolean auth = name.equals("auth");
                if (value == JsonToken.START_OBJECT && (auth || name.equals("control-plane"))) {
                    tableSeen |= auth;
                    table(parser, name + ".");
                } else {
                    take(name, parser, value);
                    parser.skipChildren();
                }
            }
        }

        private void take(String name, JsonParser parser, JsonToken value) throws IOException {
            @Nullable String text = value == JsonToken.VALUE_STRING ? parser.getText() : null;
            switch (name) {
                case "auth.token" -> {
                    if (tokenSeen) {
                        fault = "auth.token is set twice, in two spellings";
                    } else if (text == null) {
                        fault = "its auth.token is not a string";
                    }
                    token = text;
                    tokenSeen = true;
                }
                case "organization" -> organization = text;
                case "control-plane.api" -> api = "".equals(text) ? null : text;
                case "control-plane.api-ca" -> authority = "".equals(text) ? null : text;
                case "api-insecure" ->
                    insecure = value == JsonToken.VALUE_TRUE
                            // As the CLI's library has it.
                            || (text != null
                                    && List.of("1", "t", "T", "true", "TRUE", "True")
                                            .contains(text))
                            || (value == JsonToken.VALUE_NUMBER_INT
                                    && parser.getBigIntegerValue().signum() != 0);
                default -> {
                    // The CLI's own business.
                }
            }
        }
    }
}
