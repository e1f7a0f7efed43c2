package dev.chainloop.token.source;

import dev.chainloop.token.io.Notes;
import dev.chainloop.token.io.StandardInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Searches the sources for a token, in the order of {@link SourceKind}. */
public final class Search {
    private final Environment environment;
    private final StandardInput stdin;
    private final Pause pause;
    private final Notes notes;

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {
        /** Waits that many milliseconds. */
        void millis(int millis);
    }

    /**
     * A search.
     *
     * @param environment the variables, and the place of the config file
     * @param stdin standard input; read only when the user asks for it or the sources before it hold nothing
     * @param pause lets time pass between two readings of a half-written config file
     * @param notes receives notes that the user should see at once
     */
    public Search(Environment environment, StandardInput stdin, Pause pause, Notes notes) {
        this.environment = environment;
        this.stdin = stdin;
        this.pause = pause;
        this.notes = notes;
    }

    /**
     * Looks at every source that the request allows. That includes those after the deciding one, which a person wants to
     * know about, but never a standard input after it.
     *
     * @param request what the user asked for
     * @return all that was looked at, in order
     */
    public SearchResult run(SourceRequest request) {
        return look(request, false);
    }

    /** Like {@link #run}, but reports every source, whatever the request names; a standard input that it skips stays unread. */
    public SearchResult survey(SourceRequest request) {
        return look(new SourceRequest(Optional.empty(), request.argument(), request.config()), true);
    }

    private SearchResult look(SourceRequest request, boolean all) {
        boolean asked = request.only().isPresent();
        Optional<Path> path = request.config().isPresent() ? request.config() : environment.configFile();
        boolean readsConfig = !asked || request.only().get() == SourceKind.CONFIG;
        ConfigReading config = readsConfig ? config(request.config()) : new ConfigReading.Missing("not looked at");
        Places places = new Places(
                environment,
                request.argument(),
                new StdinSource(stdin, asked, request.argument().isPresent(), notes),
                new ConfigSource(path, config, request.config().isPresent()));
        List<Look> looked = new ArrayList<>();
        for (SourceKind kind : SourceKind.values()) {
            if (asked ? request.only().get() == kind : all || kind != behind(request)) {
                looked.add(kind.source(places).look());
            }
        }
        return new SearchResult(looked, config, Host.of(environment, config, readsConfig), asked);
    }

    /** Which of the argument and stdin is not looked at: with an explicit token, stdin is left to other readers. */
    private static SourceKind behind(SourceRequest request) {
        return request.argument().isPresent() ? SourceKind.STDIN : SourceKind.ARGUMENT;
    }

    /**
     * Where the kinds of source look.
     *
     * @param argument the token on the command line
     */
    record Places(
            Environment environment,
            Optional<SourceRequest.Argument> argument,
            TokenSource stdin,
            TokenSource configSource) {}

    /** Reads the config file alone, for a command that needs more of it than the token. */
    public ConfigReading config(Optional<Path> named) {
        Optional<Path> path = named.isPresent() ? named : environment.configFile();
        return path.isPresent()
                ? new ConfigFile(path.get(), named.isPresent(), pause, notes).read()
                : new ConfigReading.Missing("no home folder is known");
    }
}
