package dev.chainloop.token.source;

import dev.chainloop.token.io.Notes;
import dev.chainloop.token.io.StandardInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Searches the sources for a token, in the order of {@link SourceKind}. */
public final class Search {
    private final Environment environment;
    private final StandardInput stdin;
    private final IntConsumer pause;
    private final Notes notes;

    /**
     * Which token the user asked for. Contradictory options have been refused already.
     *
     * @param only the one kind of source to look at; empty for the search in order
     * @param argument the token on the command line, with the name of the option or argument that gave it
     * @param config a config file to read instead of the CLI's
     */
    public record Request(Optional<SourceKind> only, Optional<Argument> argument, Optional<Path> config) {
        /** The search in order, nothing asked for. */
        public static final Request ANY = new Request(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * A token on the command line.
     *
     * @param name {@code TOKEN} or {@code --token}
     * @param secret its text as given
     */
    public record Argument(String name, String secret) {
        @Override
        public String toString() {
            return "Argument[" + name + ", <redacted>]";
        }
    }

    /**
     * What a search saw.
     *
     * @param looked what each source gave, in order
     * @param config the config file's content, wherever the token was
     * @param host the control plane that the CLI talks to; empty when the config file, which may name it, was not read
     * @param asked whether the user named the one source
     */
    public record Result(List<Look> looked, ConfigReading config, Optional<Host> host, boolean asked) {
        /** The first source that is not absent: it alone decides. */
        public Optional<Look> deciding() {
            for (Look one : looked) {
                if (one.decides()) {
                    return Optional.of(one);
                }
            }
            return Optional.empty();
        }

        /** The token in the deciding source. */
        public Optional<Look.Found> found() {
            Optional<Look> deciding = deciding();
            return deciding.isPresent() && deciding.get() instanceof Look.Found found
                    ? Optional.of(found)
                    : Optional.empty();
        }

        /** The sources after the deciding one that exist but cannot be read. */
        public List<Look.Unreadable> unreadableBehind() {
            List<Look.Unreadable> unreadable = new ArrayList<>();
            boolean decided = false;
            for (Look one : looked) {
                if (decided && one instanceof Look.Unreadable behind) {
                    unreadable.add(behind);
                }
                decided |= one.decides();
            }
            return unreadable;
        }
    }

    /**
     * A search.
     *
     * @param environment the variables, and the place of the config file
     * @param stdin standard input; read only when the user asks for it or the sources before it hold nothing
     * @param pause lets that many milliseconds pass between two readings of a half-written config file
     * @param notes receives notes that the user should see at once
     */
    public Search(Environment environment, StandardInput stdin, IntConsumer pause, Notes notes) {
        this.environment = environment;
        this.stdin = stdin;
        this.pause = pause;
        this.notes = notes;
    }

    /**
     * Looks at every source that the request allows. That includes those after the deciding one, which a person wants to
     * know about, but never a standard input after it.
     *
     * @return all that was looked at, in order
     */
    public Result run(Request request) {
        return look(request, false);
    }

    /** Like {@link #run}, but reports every source, whatever the request names; a standard input that it skips stays unread. */
    public Result survey(Request request) {
        return look(new Request(Optional.empty(), request.argument(), request.config()), true);
    }

    private Result look(Request request, boolean all) {
        boolean asked = request.only().isPresent();
        boolean named = request.config().isPresent();
        boolean argument = request.argument().isPresent();
        boolean readsConfig = !asked || request.only().get() == SourceKind.CONFIG;
        ConfigReading config = readsConfig ? config(request.config()) : new ConfigReading.Missing("not looked at");
        Sources.Inputs inputs = new Sources.Inputs(
                environment,
                request.argument(),
                new StdinSource(stdin, asked, argument, notes),
                path(request.config()),
                config,
                named);
        // With an explicit token, stdin is left to other readers.
        SourceKind unlooked = argument ? SourceKind.STDIN : SourceKind.ARGUMENT;
        List<Look> looked = new ArrayList<>();
        for (SourceKind kind : SourceKind.values()) {
            if (asked ? request.only().get() == kind : all || kind != unlooked) {
                looked.add(kind.look(inputs));
            }
        }
        return new Result(looked, config, Host.of(environment, config, readsConfig), asked);
    }

    /** Reads the config file alone, for a command that needs more of it than the token. */
    public ConfigReading config(Optional<Path> named) {
        Optional<Path> path = path(named);
        return path.isPresent()
                ? new ConfigFile(path.get(), named.isPresent(), pause, notes).read()
                : new ConfigReading.Missing("no home folder is known");
    }

    private Optional<Path> path(Optional<Path> named) {
        return named.isPresent() ? named : environment.configFile();
    }
}
