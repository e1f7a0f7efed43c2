package dev.chainloop.token.source;

import dev.chainloop.token.io.NamedFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a path names that stands in place of a token. Of a file's content nothing is kept but the one token in it. */
public enum PathValue {
    FOLDER("the path of a folder"),
    MISSING("the path of a file that is not here"),
    UNREADABLE("the path of a file that cannot be read here"),
    SPECIAL("the path of a pipe, a device or a file of the system, which is not read"),
    LARGE("the path of a file of more than 64 KiB, which is not read"),
    EMPTY("the path of an empty file"),
    WITHOUT_TOKEN("the path of a file with no token in it"),
    WITH_SEVERAL("the path of a file with more than one token in it");

    private static final int MOST = 64 << 10;
    private static final int LONGEST = 1024;

    private static final Pattern BEGINNING = Pattern.compile("(/|\\./|\\.\\./|~|@|file:|\\\\|[A-Za-z]:\\\\).*");

    /** References to secrets begin like this, too. */
    private static final Pattern REFERENCE = Pattern.compile("@Microsoft\\..*|@\\{.*");

    private static final List<String> SYSTEM = List.of("/proc", "/sys", "/dev");

    private final String what;

    PathValue(String what) {
        this.what = what;
    }

    /** A phrase without the path. */
    public String what() {
        return what;
    }

    /**
     * Looks at what a value names, if it is a path.
     *
     * @param named whether any name of something here counts, as on a command line
     * @return the token in the file, or what the path names; the same value if it is no path
     */
    static Cleaned follow(Cleaned value, Environment environment, boolean named) {
        String text = value.text();
        boolean path =
                BEGINNING.matcher(text).matches() && !REFERENCE.matcher(text).matches();
        if (value.wrapped() != null || text.length() > LONGEST || (!path && !named)) {
            return value;
        }
        Optional<Path> target = path(text, environment);
        if (target.isEmpty() || (!path && !Files.exists(target.get(), LinkOption.NOFOLLOW_LINKS))) {
            return path ? value.naming(MISSING) : value;
        }
        return look(value, target.get());
    }

    private static Optional<Path> path(String text, Environment environment) {
        try {
            String bare = text.startsWith("@") ? text.substring(1) : text;
            if (bare.startsWith("file:")) {
                @Nullable String path = URI.create(bare).getPath();
                return Optional.of(Path.of(path == null ? bare.substring("file:".length()) : path));
            }
            boolean home = bare.equals("~") || bare.startsWith("~/");
            return home
                    ? environment.home().map(folder -> Path.of(folder + bare.substring(1)))
                    : Optional.of(Path.of(bare));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Cleaned look(Cleaned value, Path path) {
        try {
            Path real = path.toRealPath();
            if (Files.isDirectory(real)) {
                return value.naming(FOLDER);
            }
            if (!Files.isRegularFile(real) || SYSTEM.stream().anyMatch(real::startsWith)) {
                return value.naming(SPECIAL);
            }
            byte[] bytes = NamedFile.read(real, MOST);
            return bytes.length > MOST ? value.naming(LARGE) : found(value, new String(bytes, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            boolean special = SYSTEM.stream().anyMatch(path::startsWith);
            return value.naming(special ? SPECIAL : MISSING);
        } catch (IOException | SecurityException e) {
            return value.naming(UNREADABLE);
        }
    }

    private static Cleaned found(Cleaned value, String content) {
        Cleaned inside = Cleaned.of(content);
        if (inside.text().isEmpty()) {
            return value.naming(EMPTY);
        }
        if (inside.wrapped() != null || Wrapping.isJwt(inside.text())) {
            return value.wrapped(Wrapping.inFile(content, inside));
        }
        return value.naming(Wrapping.holdsSeveral(inside.text()) ? WITH_SEVERAL : WITHOUT_TOKEN);
    }
}
