package dev.chainloop.token.source;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Token;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was read for a run, once.
 *
 * @param asked whether the user named the one source
 * @param readings what the sources held, in their order
 * @param strays tokens in variables that nothing reads
 * @param config the config file's content, wherever the token was
 * @param host empty when the config file, which may name it, was not read
 * @param written when the config file was written, if it holds a token or every source was asked about
 * @param mode its permissions in octal, if every source was asked about
 * @param open whether every user of the machine can read the config file that the token is from
 * @param organizations the organizations that a login's command is told to work in, in the CLI's order
 * @param otherConfigs config files that nothing reads
 */
public record Inputs(
        boolean asked,
        List<SourceReading> readings,
        List<SourceReading.Found> strays,
        ConfigFile config,
        Optional<Host> host,
        Optional<Instant> written,
        Optional<String> mode,
        boolean open,
        List<Organization> organizations,
        List<Path> otherConfigs,
        Surroundings here) {
    /** The first source that is not absent; it alone decides. */
    public Optional<SourceReading> deciding() {
        return deciding(readings);
    }

    static Optional<SourceReading> deciding(List<SourceReading> readings) {
        for (SourceReading one : readings) {
            if (one.decides()) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    public Optional<SourceReading> reading(SourceKind kind) {
        return of(kind, readings);
    }

    static Optional<SourceReading> of(SourceKind kind, List<SourceReading> readings) {
        for (SourceReading one : readings) {
            if (one.origin().kind() == kind) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** Whether standard input was read without being asked for, and holds nothing. */
    public boolean isAfterEmptyStdin() {
        return !asked && isEmpty(reading(SourceKind.STDIN));
    }

    static boolean isEmpty(Optional<SourceReading> stdin) {
        return stdin.orElse(null) instanceof SourceReading.Absent absent && absent.why() == SourceReading.Lack.EMPTY;
    }

    /** The token in the deciding source. */
    public Optional<SourceReading.Found> found() {
        return deciding().orElse(null) instanceof SourceReading.Found found ? Optional.of(found) : Optional.empty();
    }

    /**
     * The organization that a command with a token is told to work in, as far as it can be seen: an option and an attestation's
     * local state cannot. An API token works in its own, unless it is for an instance; a federated token has none.
     *
     * @param attests whether it is an attestation's command
     */
    public Optional<Organization> organization(Optional<Token> token, boolean attests) {
        boolean instance = token.orElse(null) instanceof ApiToken api && api.isOfInstance();
        boolean user = token.isPresent() && token.get().audience() == Audience.USER;
        for (Organization one : instance || user ? organizations : List.<Organization>of()) {
            boolean counts = switch (one.from()) {
                case REPOSITORY -> attests;
                case CONFIG -> !instance;
                default -> true;
            };
            if (counts && one.name().isPresent()) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** The source after the deciding one that exists but cannot be read. */
    public Optional<SourceReading.Unreadable> unreadableBehind() {
        boolean decided = false;
        for (SourceReading one : readings) {
            if (decided && one instanceof SourceReading.Unreadable behind) {
                return Optional.of(behind);
            }
            decided |= one.decides();
        }
        return Optional.empty();
    }

    /** As if no source had been read; only the control plane and the place are known. */
    public static Inputs nothing(boolean asked, Optional<Host> host, Surroundings here) {
        return new Inputs(
                asked,
                List.of(),
                List.of(),
                ConfigFile.UNSEEN,
                host,
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                List.of(),
                here);
    }

    /** The same, as if a source had not been read. */
    public Inputs without(SourceKind ignored) {
        List<SourceReading> rest = new ArrayList<>(readings);
        rest.removeIf(one -> one.origin().kind() == ignored);
        return new Inputs(asked, rest, strays, config, host, written, mode, open, organizations, otherConfigs, here);
    }
}
