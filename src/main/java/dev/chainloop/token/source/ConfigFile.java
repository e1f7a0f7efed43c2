package dev.chainloop.token.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import com.fasterxml.jackson.dataformat.toml.TomlReadFeature;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.io.NamedFile;
import dev.chainloop.token.source.SourceReading.Absent;
import dev.chainloop.token.source.SourceReading.Lack;
import dev.chainloop.token.source.SourceReading.Obstacle;
import dev.chainloop.token.source.SourceReading.Unreadable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The CLI's config file, and what it says besides the token. The CLI empties the file before it writes it, so if the file is
 * empty, the CLI may be writing it.
 *
 * @param source the file as a source; missing if nobody looked at it
 * @param organization the organization that the CLI works in, unless it is empty
 * @param api {@code control-plane.api}, unless it is empty
 * @param authority {@code control-plane.api-ca}, unless it is empty
 * @param insecure {@code api-insecure}
 */
public record ConfigFile(
        SourceReading source,
        Optional<String> organization,
        Optional<String> api,
        Optional<String> authority,
        boolean insecure) {
    static final ConfigFile UNSEEN = without(new Absent(new Origin(SourceKind.CONFIG, Origin.NOT_FOUND), Lack.NO_FILE));

    /** The CLI writes a dozen lines. A hostile file can take a hundred times its size when it is parsed. */
    private static final int MAX_BYTES = 256 << 10;

    /** No process takes longer to write a few lines, even on a busy machine. */
    private static final int FRESH_SECONDS = 60;

    /** A config file of which only this is known. */
    static ConfigFile without(SourceReading source) {
        return new ConfigFile(source, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /** Whether the source holds nothing, for one of two reasons. */
    private boolean is(Lack one, Lack other) {
        return source instanceof Absent absent && (absent.why() == one || absent.why() == other);
    }

    boolean isMissing() {
        return is(Lack.NO_FILE, Lack.NO_HOME);
    }

    boolean isUnreadable() {
        return source instanceof Unreadable;
    }

    /** Whether the file is empty, as it is while the CLI writes it. */
    public boolean isEmpty() {
        return is(Lack.EMPTY_FILE, Lack.BEING_WRITTEN);
    }

    /** Whether it is empty and so fresh that the CLI may be writing it. */
    public boolean isBeingWritten() {
        return is(Lack.BEING_WRITTEN, Lack.BEING_WRITTEN);
    }

    /**
     * Reads it.
     *
     * @param asked whether the user named this file. The default path is opened only if it is a regular file, because opening
     *     a pipe or a device can hang or have side effects
     * @param clock tells whether the file is fresh, so that another process may be writing it
     */
    static ConfigFile read(Path path, Origin origin, boolean asked, InstantSource clock) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return without(new Unreadable(origin, "a folder", Obstacle.UNUSABLE));
            }
            boolean regular = attributes.isRegularFile();
            if (!regular && !asked) {
                return without(new Unreadable(origin, "a pipe or a device", Obstacle.UNUSABLE));
            }
            byte[] bytes = NamedFile.read(path, MAX_BYTES);
            if (bytes.length > MAX_BYTES) {
                return without(new Unreadable(origin, "larger than 256 KiB", Obstacle.BROKEN));
            }
            if (regular && bytes.length == 0) {
                return without(new Absent(origin, isFresh(path, clock) ? Lack.BEING_WRITTEN : Lack.EMPTY_FILE));
            }
            return parse(bytes, origin);
        } catch (NoSuchFileException e) {
            return without(new Absent(origin, Lack.NO_FILE));
        } catch (AccessDeniedException | FileNotFoundException e) {
            // A stream throws the latter for a file that exists but that it must not open.
            return without(new Unreadable(origin, "permission denied", Obstacle.FOREIGN));
        } catch (IOException e) {
            return without(new Unreadable(origin, "cannot be read", Obstacle.UNUSABLE));
        }
    }

    private static ConfigFile parse(byte[] toml, Origin origin) {
        Map<String, Object> values = new HashMap<>();
        // Otherwise a date would be read as a string.
        TomlFactory factory =
                TomlFactory.builder().enable(TomlReadFeature.PARSE_JAVA_TIME).build();
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder(); // The CLI's own library refuses anything else.
        try (JsonParser parser = factory.createParser(
                new StringReader(utf8.decode(ByteBuffer.wrap(toml)).toString()))) {
            parser.nextToken();
            table(parser, "", values);
        } catch (JacksonException e) {
            // Its message quotes the file, so only the position is reported.
            return without(new Unreadable(origin, "not valid TOML" + place(e.getLocation()), Obstacle.BROKEN));
        } catch (StackOverflowError | IOException | RuntimeException e) {
            // The library limits only arrays' nesting, and does not catch what Java throws for an impossible date.
            return without(new Unreadable(origin, "not valid TOML", Obstacle.BROKEN));
        }
        return new ConfigFile(
                source(origin, values.get("auth.token")),
                text("organization", values),
                text("control-plane.api", values),
                text("control-plane.api-ca", values),
                values.getOrDefault("api-insecure", "").equals(JsonToken.VALUE_TRUE));
    }

    /** Viper turns a number, a boolean or a time into text, and the CLI sends that text. */
    private static SourceReading source(Origin origin, @Nullable Object token) {
        if (token == null) {
            return new Absent(origin, Lack.NO_KEY);
        }
        if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
            return new Unreadable(origin, "its auth.token is a list or a table", Obstacle.BROKEN);
        }
        String text = token instanceof JsonToken odd ? odd.name() : (String) token;
        return text.isEmpty()
                ? new Absent(origin, Lack.EMPTY_KEY)
                : SourceReading.of(origin, text, "auth.token has only white space, which the Chainloop CLI would send");
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
            String name = prefix + Form.lower(parser.currentName());
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT && (name.equals("auth") || name.equals("control-plane"))) {
                table(parser, name + ".", values);
            } else {
                // As in viper, a quoted key with a dot overrides the same key in a table.
                if (prefix.isEmpty() || !values.containsKey(name)) {
                    values.put(name, value == JsonToken.VALUE_STRING ? parser.getText() : value);
                }
                parser.skipChildren();
            }
        }
    }

    /** Whether the file was written just now; its time may be ahead of this machine's clock. */
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

    @Override
    public String toString() {
        return "ConfigFile[" + source + "]";
    }
}
