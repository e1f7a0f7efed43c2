package dev.chainloop.token.source;

import dev.chainloop.token.core.Parser;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.io.NamedFile;
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

/**
 * Searches the sources for a token, in the order of {@link SourceKind}.
 *
 * @param stdin read only when the user asks for it or the sources before it hold nothing
 * @param clock tells whether another process may be writing the config file
 * @param patience the seconds after which it is said that a pipe stays silent
 */
public record Search(Environment environment, StandardInput stdin, InstantSource clock, Notes notes, int patience) {
    /** The longest token with its line break, and one byte more. */
    private static final int MOST_BYTES = Parser.MAX_LENGTH + 3;

    private static final String SILENT =
            "reading the token from stdin; for the token in a variable, add `</dev/null` or `--source env`";

    /** Why standard input that was read holds no token. */
    private static final String BLANK =
            "only white space, perhaps from an unset variable; if stdin is the rest of a script, add `</dev/null`";

    /**
     * Which token the user asked for. Contradictory options have been rejected already.
     *
     * @param only the one kind of source to look at
     * @param argument the token on the command line, as {@code TOKEN} or {@code --token}
     * @param config a config file to read instead of the CLI's
     * @param all whether every source is asked about, whichever is used; a standard input that is skipped stays unread
     * @param address whether the config file is read for its address, wherever the token is from
     */
    public record Selection(
            Optional<SourceKind> only,
            Optional<SourceReading.Found> argument,
            Optional<Path> config,
            boolean all,
            boolean address) {}

    /**
     * Reads all that a run on a token may need: every source that the request allows, including those after the deciding one, but
     * never a standard input after it; then the rest of the config file, what lies elsewhere, and where this runs.
     * Nothing is read afterwards.
     */
    public Inputs run(Selection request) {
        List<SourceReading> readings = new ArrayList<>();
        boolean asked = request.only().isPresent();
        boolean readsConfig = !asked || request.only().get() == SourceKind.CONFIG || request.address();
        ConfigFile config = readsConfig ? config(request.config()) : ConfigFile.UNSEEN;
        for (SourceKind kind : SourceKind.values()) {
            if (!isLookedAt(kind, request)) {
                continue;
            }
            readings.add(
                    switch (kind) {
                        case ARGUMENT -> argument(request.argument());
                        case STDIN -> stdin(asked, request.argument().isPresent());
                        case ENVIRONMENT -> variable(kind, Environment.CHAINLOOP_TOKEN);
                        case GITLAB -> variable(kind, Environment.GITLAB_OIDC);
                        case CONFIG -> stored(config, request.config().isPresent(), readings);
                    });
            SourceReading last = readings.get(readings.size() - 1);
            // In this order, a start without a blank loads one class less.
            if (kind == SourceKind.STDIN && !request.all() && last.decides() && last instanceof SourceReading.Blank) {
                // It was meant to be the token, so no other is judged in its place.
                return inputs(true, readings, ConfigFile.UNSEEN, false, request);
            }
        }
        return inputs(asked, readings, config, readsConfig, request);
    }

    private static boolean isLookedAt(SourceKind kind, Selection request) {
        if (request.only().isPresent()) {
            return kind == request.only().get();
        }
        // With an explicit token, stdin is left to other readers.
        SourceKind unlooked = request.argument().isPresent() ? SourceKind.STDIN : SourceKind.ARGUMENT;
        return request.all() || kind != unlooked;
    }

    private Inputs inputs(
            boolean asked, List<SourceReading> readings, ConfigFile config, boolean read, Selection request) {
        boolean all = request.all();
        boolean found = Inputs.of(SourceKind.CONFIG, readings).orElse(null) instanceof SourceReading.Found;
        boolean used = found && Inputs.deciding(readings).orElseThrow().origin().kind() == SourceKind.CONFIG;
        Optional<Path> file = found || all ? path(request.config()) : Optional.empty();
        return new Inputs(
                asked,
                readings,
                asked ? List.of() : Surroundings.strays(environment),
                config,
                Host.of(environment, config, read),
                file.isPresent() ? NamedFile.written(file.get()) : Optional.empty(),
                all && file.isPresent() ? NamedFile.mode(file.get()) : Optional.empty(),
                used && file.isPresent() && NamedFile.isOpenToOthers(file.get()),
                organizations(config, request),
                asked || !(config.isMissing() || config.isUnreadable()) ? List.of() : environment.otherConfigFiles(),
                Surroundings.of(Place.of(environment), environment));
    }

    /** The organization in the repository's file nearest to a folder: in it or above, up to the root of its git repository. */
    private static Optional<Organization> ofRepository(Path folder) {
        Path root = folder;
        while (root.getParent() != null && !Files.exists(root.resolve(".git"))) {
            root = root.getParent();
        }
        root = Files.exists(root.resolve(".git")) ? root : folder;
        for (Path at = folder; at != null && at.startsWith(root); at = at.getParent()) {
            for (String name : List.of(".chainloop.yml", ".chainloop.yaml")) {
                if (Files.isRegularFile(at.resolve(name))) {
                    return Organization.of(at.resolve(name), root);
                }
            }
        }
        return Optional.empty();
    }

    private List<Organization> organizations(ConfigFile config, Selection request) {
        List<Organization> all = new ArrayList<>();
        Optional<String> named = environment.nonEmpty(Organization.VARIABLE);
        if (named.isPresent()) {
            all.add(new Organization(named, Organization.From.VARIABLE, Optional.empty()));
        }
        Optional<Organization> repository = ofRepository(environment.machine().folder());
        if (repository.isPresent()) {
            all.add(repository.get());
        }
        if (config.organization().isPresent()) {
            all.add(new Organization(config.organization(), Organization.From.CONFIG, path(request.config())));
        }
        return all;
    }

    /** A pipe, a file, and a socket that has bytes are read to the end, anything else only if the user asked for it. */
    private SourceReading stdin(boolean asked, boolean skipped) {
        if (skipped) {
            return new SourceReading.Absent(Origin.STDIN, SourceReading.Lack.NOT_READ);
        }
        Descriptor.Kind kind = stdin.kind();
        try {
            boolean socket = kind == Descriptor.Kind.SOCKET;
            boolean read = kind == Descriptor.Kind.PIPE || kind == Descriptor.Kind.FILE || (socket && isFilled());
            if (!asked && !read) {
                return new SourceReading.Absent(
                        Origin.STDIN, socket ? SourceReading.Lack.SOCKET : SourceReading.Lack.NO_PIPE);
            }
            boolean silent =
                    kind == Descriptor.Kind.PIPE && !asked && stdin.stream().available() == 0;
            Optional<Thread> reminder = silent ? Optional.of(reminder()) : Optional.empty();
            byte[] bytes = stdin.open("the token", notes).readNBytes(MOST_BYTES);
            if (reminder.isPresent()) {
                reminder.get().interrupt();
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            // One final line break is not part of the value.
            int end = text.endsWith("\r\n") ? 2 : text.endsWith("\n") ? 1 : 0;
            return text.isEmpty()
                    ? new SourceReading.Absent(Origin.STDIN, SourceReading.Lack.EMPTY)
                    : SourceReading.of(Origin.STDIN, text.substring(0, text.length() - end), BLANK);
        } catch (IOException e) {
            return new SourceReading.Unreadable(
                    Origin.STDIN, "standard input cannot be read", SourceReading.Obstacle.UNUSABLE);
        }
    }

    /** Says what is waited for, unless it is interrupted in time. */
    private Thread reminder() {
        Thread reminder = new Thread() {
            @Override
            public void run() {
                try {
                    sleep(1000L * patience);
                    notes.note(SILENT);
                } catch (InterruptedException e) {
                    // It came.
                }
            }
        };
        reminder.setDaemon(true);
        reminder.start();
        return reminder;
    }

    /** Whether a socket has bytes. The program that starts this one writes them a moment later. */
    private boolean isFilled() throws IOException {
        for (int i = 0; i < 20 && stdin.stream().available() == 0; i++) {
            environment.machine().pause(5);
        }
        return stdin.stream().available() > 0;
    }

    private static SourceReading argument(Optional<SourceReading.Found> given) {
        // The CLI ignores an empty --token. Here an explicit token is the only one considered.
        return given.isPresent()
                ? SourceReading.of(given.get().origin(), given.get().secret(), "blank")
                : new SourceReading.Absent(new Origin(SourceKind.ARGUMENT, "TOKEN"), SourceReading.Lack.NOT_GIVEN);
    }

    private SourceReading variable(SourceKind kind, String name) {
        Origin origin = new Origin(kind, name);
        if (kind == SourceKind.GITLAB && !environment.isSet("GITLAB_CI")) {
            return new SourceReading.Absent(origin, SourceReading.Lack.NO_GITLAB);
        }
        Optional<String> value = environment.get(name);
        if (!environment.isSet(name)) {
            return new SourceReading.Absent(
                    origin, value.isPresent() ? SourceReading.Lack.SET_EMPTY : SourceReading.Lack.NOT_SET);
        }
        return SourceReading.of(
                origin, value.get(), "set, but only to white space, which the Chainloop CLI would send");
    }

    private ConfigFile config(Optional<Path> named) {
        boolean lost = named.isPresent() && !Files.exists(named.get());
        String name = lost ? Origin.NOT_FOUND : named.isPresent() ? named.get().toString() : environment.configName();
        Origin origin = new Origin(SourceKind.CONFIG, name);
        Optional<Path> path = path(named);
        if (path.isEmpty()) {
            return ConfigFile.without(new SourceReading.Absent(origin, SourceReading.Lack.NO_HOME));
        }
        return ConfigFile.read(path.get(), origin, named.isPresent(), clock);
    }

    /** A file that a user names must be there. */
    private static SourceReading stored(ConfigFile config, boolean named, List<SourceReading> before) {
        SourceReading source = config.source();
        boolean first =
                source instanceof SourceReading.Found && Inputs.deciding(before).isEmpty();
        if (first && Inputs.isEmpty(Inputs.of(SourceKind.STDIN, before))) {
            return new SourceReading.Absent(source.origin(), SourceReading.Lack.STDIN_EMPTY);
        }
        return named && config.isMissing()
                ? new SourceReading.Unreadable(source.origin(), source.phrase(), SourceReading.Obstacle.UNUSABLE)
                : source;
    }

    private Optional<Path> path(Optional<Path> named) {
        return named.isPresent() ? named : environment.configFile();
    }
}
