package dev.chainloop.token.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.toml.TomlFactory;
import com.fasterxml.jackson.dataformat.toml.TomlReadFeature;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The CLI's config file. The CLI writes it without a lock and not atomically, so a file that looks torn is read again
 * for a quarter of a second before it is believed.
 */
final class ConfigFile {
    private static final int MAX_BYTES = 8 << 20;

    /** Waits between readings, in milliseconds; 250 in all. */
    private static final int[] WAITS = {10, 20, 40, 80, 100};

    private static final String MEND = "Mend the file, or move it away and run `chainloop auth login`.";

    private final Path path;
    private final Search.Pause pause;

    ConfigFile(Path path, Search.Pause pause) {
        this.path = path;
        this.pause = pause;
    }

    /** Reads the file, again while it looks as if another process were writing it. */
    ConfigReading read() {
        Attempt attempt = attempt();
        boolean tornAtFirst = attempt.torn;
        for (int i = 0; attempt.torn && i < WAITS.length; i++) {
            pause.millis(WAITS[i]);
            attempt = attempt();
        }
        return tornAtFirst && !attempt.torn && attempt.reading instanceof ConfigReading.Read read
                ? new ConfigReading.Read(read.token(), read.organization(), ConfigReading.Tear.AT_FIRST)
                : attempt.reading;
    }

    /** One reading, and whether the file looked empty or cut off. */
    private record Attempt(ConfigReading reading, boolean torn) {}

    private Attempt attempt() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return unreadable("a folder", "Give the file in it, config.toml.");
            }
            byte[] bytes;
            try (InputStream in = new FileInputStream(path.toFile())) {
                bytes = in.readNBytes(MAX_BYTES + 1);
            }
            if (bytes.length > MAX_BYTES) {
                return unreadable("larger than 8 MiB", MEND);
            }
            return parse(bytes, attributes.isRegularFile());
        } catch (NoSuchFileException e) {
            // Later Java versions say this of a path through a file, too.
            return isThroughAFile() ? unreadable() : new Attempt(new ConfigReading.Missing("no such file"), false);
        } catch (AccessDeniedException e) {
            return denied();
        } catch (FileNotFoundException e) {
            // What a stream throws for every file that it cannot open.
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

    private static Attempt parse(byte[] bytes, boolean rereadable) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new Attempt(new ConfigReading.Unreadable("not UTF-8", MEND), rereadable);
        }
        try {
            Keys keys = Keys.read(text);
            if (keys.fault != null) {
                return unreadable(keys.fault, MEND);
            }
            boolean empty = bytes.length == 0 && rereadable;
            boolean cutOff = keys.token == null && (keys.tableSeen || !text.endsWith("\n")) && rereadable;
            ConfigReading.Tear tear = empty ? ConfigReading.Tear.STILL_EMPTY : ConfigReading.Tear.NONE;
            return new Attempt(
                    new ConfigReading.Read(
                            Optional.ofNullable(keys.token), Optional.ofNullable(keys.organization), tear),
                    empty || cutOff);
        } catch (StackOverflowError | StreamConstraintsException e) {
            // The library bounds the levels of arrays; inline tables may overflow the stack before it does.
            return unreadable("nested too deep", MEND);
        } catch (JacksonException e) {
            // Its message quotes the file; only the place in it is told.
            String why = "not valid TOML" + place(e.getLocation());
            return new Attempt(new ConfigReading.Unreadable(why, MEND), rereadable);
        } catch (IOException e) {
            return unreadable("cannot be read", MEND);
        }
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static Attempt denied() {
        return unreadable("permission denied", "Run this as the file's owner, or name another source.");
    }

    private static Attempt unreadable() {
        return unreadable("cannot be read", "Check the path and the disk.");
    }

    private static Attempt unreadable(String why, String next) {
        return new Attempt(new ConfigReading.Unreadable(why, next), false);
    }

    /** The keys that matter. Names ignore case, and {@code "auth.token"} is one spelling of two names, as for viper. */
    private static final class Keys {
        private static final TomlFactory FACTORY = TomlFactory.builder()
                // Else a date would pass for a string.
                .enable(TomlReadFeature.PARSE_JAVA_TIME)
                .build();

        private @Nullable String token;
        private @Nullable String organization;
        private @Nullable String fault;
        private boolean tableSeen;
        private boolean tokenSeen;

        static Keys read(String toml) throws IOException {
            Keys keys = new Keys();
            try (JsonParser parser = FACTORY.createParser(new StringReader(toml))) {
                parser.nextToken();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    keys.topLevel(parser, parser.currentName(), parser.nextToken());
                }
            }
            return keys;
        }

        private void topLevel(JsonParser parser, String name, JsonToken value) throws IOException {
            if (name.equalsIgnoreCase("auth") && value == JsonToken.START_OBJECT) {
                tableSeen = true;
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String inner = parser.currentName();
                    JsonToken innerValue = parser.nextToken();
                    if (inner.equalsIgnoreCase("token")) {
                        token(parser, innerValue);
                    }
                    parser.skipChildren();
                }
            } else if (name.equalsIgnoreCase("auth.token")) {
                token(parser, value);
                parser.skipChildren();
            } else if (name.equalsIgnoreCase("organization") && value == JsonToken.VALUE_STRING) {
                organization = parser.getText();
            } else {
                parser.skipChildren();
            }
        }

        private void token(JsonParser parser, JsonToken value) throws IOException {
            if (tokenSeen) {
                fault = "auth.token stands there twice, in two spellings";
            } else if (value == JsonToken.VALUE_STRING) {
                token = parser.getText();
            } else {
                fault = "its auth.token is not a string";
            }
            tokenSeen = true;
        }
    }
}
