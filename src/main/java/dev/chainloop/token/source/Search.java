package dev.chainloop.token.source;

import dev.chainloop.token.core.Parser;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.io.Notes;
import dev.chainloop.token.io.StandardInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Searches the sources for a token, in the order of {@link SourceKind}.
 *
 * @param stdin read only when the user asks for it or the sources before it hold nothing
 * @param clock tells whether another process may be writing the config file
 */
public record Search(Environment environment, StandardInput stdin, InstantSource clock, Notes notes) {
    /** The longest token with its line end, and one byte more. */
    private static final int MOST_BYTES = Parser.MAX_LENGTH + 3;

    /**
     * Which token the user asked for. Contradictory options have been refused already.
     *
     * @param only the one kind of source to look at
     * @param config a config file to read instead of the CLI's
     */
    public record Selection(Optional<SourceKind> only, Optional<Argument> argument, Optional<Path> config) {}

    /** A token on the command line, as {@code TOKEN} or {@code --token}. */
    public record Argument(String name, String secret) {
        @Override
        public String toString() {
            return "Argument[" + name + ", <redacted>]";
        }
    }

    /**
     * What a search saw.
     *
     * @param config the config file's content, wherever the token was
     * @param host empty when the config file, which may name it, was not read
     * @param asked whether the user named the one source
     */
    public record Seen(List<SourceReading> readings, ConfigReading config, Optional<Host> host, boolean asked) {
        /** The first source that is not absent: it alone decides. */
        public Optional<SourceReading> deciding() {
            for (SourceReading one : readings) {
                if (one.decides()) {
                    return Optional.of(one);
                }
            }
            return Optional.empty();
        }

        /** Why standard input, which somebody may have meant to be read, was passed over: it is empty or a socket. */
        public Optional<String> voidOfStdin() {
            Optional<SourceReading> stdin = reading(SourceKind.STDIN);
            String why = stdin.isPresent() ? stdin.get().why() : "";
            return List.of(SourceReading.EMPTY, SourceReading.SOCKET).contains(why)
                    ? Optional.of(why)
                    : Optional.empty();
        }

        /** What a source of one kind was seen to hold. */
        public Optional<SourceReading> reading(SourceKind kind) {
            for (SourceReading one : readings) {
                if (one.origin().kind() == kind) {
                    return Optional.of(one);
                }
            }
            return Optional.empty();
        }

        /** The token in the deciding source. */
        public Optional<SourceReading.Found> found() {
            return deciding().orElse(null) instanceof SourceReading.Found found ? Optional.of(found) : Optional.empty();
        }

        /** The sources after the deciding one that exist but cannot be read. */
        public List<SourceReading.Unreadable> unreadableBehind() {
            List<SourceReading.Unreadable> unreadable = new ArrayList<>();
            boolean decided = false;
            for (SourceReading one : readings) {
                if (decided && one instanceof SourceReading.Unreadable behind) {
                    unreadable.add(behind);
                }
                decided |= one.decides();
            }
            return unreadable;
        }
    }

    /**
     * Looks at every source that the request allows. That includes those after the deciding one, which a person wants to
     * know about, but never a standard input after it.
     */
    public Seen run(Selection request) {
        return look(request, false);
    }

    /** Like {@link #run}, but reports every source, whatever the request names; a standard input that it skips stays unread. */
    public Seen survey(Selection request) {
        return look(new Selection(Optional.empty(), request.argument(), request.config()), true);
    }

    private Seen look(Selection request, boolean all) {
        boolean asked = request.only().isPresent();
        boolean argument = request.argument().isPresent();
        boolean readsConfig = !asked || request.only().get() == SourceKind.CONFIG;
        ConfigReading config = readsConfig ? config(request.config()) : ConfigReading.NONE;
        // With an explicit token, stdin is left to other readers.
        SourceKind unlooked = argument ? SourceKind.STDIN : SourceKind.ARGUMENT;
        List<SourceReading> readings = new ArrayList<>();
        for (SourceKind kind : SourceKind.values()) {
            if (!(asked ? request.only().get() == kind : all || kind != unlooked)) {
                continue;
            }
            readings.add(
                    switch (kind) {
                        case ARGUMENT -> argument(request.argument());
                        case STDIN -> stdin(asked, argument);
                        case ENVIRONMENT, GITLAB -> variable(kind);
                        case CONFIG -> look(config, request.config());
                    });
            SourceReading last = readings.get(readings.size() - 1);
            // In this order, a start without a blank loads one class less.
            if (kind == SourceKind.STDIN && !all && last.decides() && last instanceof SourceReading.Blank) {
                // It was meant to be the token, so no other is judged in its place.
                return new Seen(readings, ConfigReading.NONE, Host.of(environment, ConfigReading.NONE, false), true);
            }
        }
        return new Seen(readings, config, Host.of(environment, config, readsConfig), asked);
    }

    /** A pipe, a file, and a socket that has bytes are read to the end, anything else only if the user asked for it. */
    private SourceReading stdin(boolean asked, boolean skipped) {
        if (skipped) {
            return new SourceReading.Absent(Origin.STDIN, "not read, since there is an argument");
        }
        Descriptor.Kind kind = stdin.kind();
        try {
            boolean socket = kind == Descriptor.Kind.SOCKET;
            boolean read = kind == Descriptor.Kind.PIPE || kind == Descriptor.Kind.FILE || (socket && isFilled());
            if (!asked && !read) {
                return new SourceReading.Absent(Origin.STDIN, socket ? SourceReading.SOCKET : "not a pipe or a file");
            }
            byte[] bytes = stdin.open("the token", notes).readNBytes(MOST_BYTES);
            return SourceReading.ofStdin(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new SourceReading.Unreadable(
                    Origin.STDIN, "standard input cannot be read", SourceReading.Obstacle.UNUSABLE);
        }
    }

    /** Whether a socket has bytes. Who starts this writes them a moment later. */
    private boolean isFilled() throws IOException {
        for (int i = 0; i < 20 && stdin.stream().available() == 0; i++) {
            environment.machine().pause(5);
        }
        return stdin.stream().available() > 0;
    }

    private static SourceReading argument(Optional<Argument> argument) {
        if (argument.isEmpty()) {
            return new SourceReading.Absent(new Origin(SourceKind.ARGUMENT, "TOKEN"), "not given");
        }
        // The CLI ignores an empty --token. Here an explicit token is the only one considered.
        return found(
                new Origin(SourceKind.ARGUMENT, argument.get().name()),
                argument.get().secret(),
                "blank");
    }

    private SourceReading variable(SourceKind kind) {
        String name = kind.variable;
        Origin origin = new Origin(kind, name);
        if (kind == SourceKind.GITLAB && !environment.isSet("GITLAB_CI")) {
            return new SourceReading.Absent(origin, "not in a GitLab job");
        }
        Optional<String> value = environment.get(name);
        if (!environment.isSet(name)) {
            return new SourceReading.Absent(origin, value.isPresent() ? "set, but empty" : "not set");
        }
        return found(origin, value.get(), "set, but blank; the Chainloop CLI would send it");
    }

    private SourceReading look(ConfigReading config, Optional<Path> named) {
        Optional<Path> path = path(named);
        boolean found = config.isRead() || (named.isPresent() && Files.exists(named.get()));
        String name = found && path.isPresent()
                ? path.get().toString()
                : named.isPresent() ? Origin.NOT_FOUND : environment.configName();
        Origin origin = new Origin(SourceKind.CONFIG, name);
        SourceReading.@Nullable Obstacle obstacle = config.obstacle();
        if (obstacle != null || (config.isMissing() && named.isPresent())) {
            return new SourceReading.Unreadable(
                    origin, config.why(), obstacle == null ? SourceReading.Obstacle.UNUSABLE : obstacle);
        }
        if (config.isMissing()) {
            return new SourceReading.Absent(origin, config.why());
        }
        if (config.token().isEmpty()) {
            String empty = config.midWrite()
                    ? "an empty file; another process may be writing it, or it was cut off"
                    : "an empty file";
            return new SourceReading.Absent(origin, config.empty() ? empty : "no auth.token in it");
        }
        return config.token().get().isEmpty()
                ? new SourceReading.Absent(origin, "auth.token is empty")
                : found(origin, config.token().get(), "auth.token is blank; the Chainloop CLI would send it");
    }

    private static SourceReading found(Origin origin, String text, String whyBlank) {
        return text.isBlank() ? new SourceReading.Blank(origin, whyBlank) : new SourceReading.Found(origin, text);
    }

    /** Reads the config file alone, for a command that needs more of it than the token. */
    public ConfigReading config(Optional<Path> named) {
        Optional<Path> path = path(named);
        return path.isEmpty()
                ? ConfigReading.missing("no home folder is known")
                : new ConfigFile(path.get(), named.isPresent(), clock, environment.machine()).read();
    }

    private Optional<Path> path(Optional<Path> named) {
        return named.isPresent() ? named : environment.configFile();
    }
}
