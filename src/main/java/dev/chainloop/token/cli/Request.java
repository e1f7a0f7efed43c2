package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.AtOption;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.io.Notes;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.verification.KeyException;
import dev.chainloop.token.verification.Verifier;
import java.time.Instant;
import java.util.Optional;

/**
 * What the user asks of any command about tokens.
 *
 * @param source which token
 * @param at the instant at which its times are evaluated
 * @param format the format of the answer
 * @param view how the answer is shown
 */
record Request(Search.Request source, Instant at, OutputFormat format, ViewOptions view) {
    static Request of(SourceOptions source, AtOption at, OutputOptions output, World world) throws UsageException {
        return new Request(
                source.request(),
                at.read(world.clock()),
                output.format(),
                output.view(world.environment(), world.outKind()));
    }

    /**
     * Finds and diagnoses the token that was asked for, and verifies its signature if a key was given.
     *
     * @throws UsageException when key and token cannot both be read
     * @throws UnreadableKeyException when the key cannot be read
     */
    Diagnosis inspect(World world, Optional<Verifier> verifier, Notes notes)
            throws UsageException, UnreadableKeyException {
        if (verifier.isEmpty()) {
            return inspect(world, notes);
        }
        return judged(inspect(withoutKey(world, verifier.get()), notes), verifier.get());
    }

    /** The world to look for the token in: without its standard input when that is where the key comes from. */
    private World withoutKey(World world, Verifier verifier) throws UsageException {
        if (!verifier.readsStdin()) {
            return world;
        }
        if (source.only().equals(Optional.of(SourceKind.STDIN))) {
            throw new UsageException(
                    "the key and the token cannot both come from stdin; give the key in a file, or name another source");
        }
        return world.withStdin(StandardInput.taken());
    }

    /** Finds and diagnoses the token that was asked for. */
    Diagnosis inspect(World world, Notes notes) {
        Environment environment = world.environment();
        Search search = new Search(environment, world.stdin(), world.pause(), notes);
        return inspector(search, environment).inspect(source, at);
    }

    /** An inspector that uses a search, for the output that was asked for. */
    Inspector inspector(Search search, Environment environment) {
        return new Inspector(search, environment, view.redact());
    }

    /** The diagnosis after verifying the signature, if there is a token. */
    private static Diagnosis judged(Diagnosis diagnosis, Verifier verifier) throws UnreadableKeyException {
        try {
            return Inspector.verify(diagnosis, verifier);
        } catch (KeyException e) {
            throw new UnreadableKeyException(
                    new Fault("key-unreadable", verifier.option() + ": " + e.what(), e.remedy()));
        }
    }

    /** The key for verifying a signature is not available. */
    static final class UnreadableKeyException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Fault fault;

        UnreadableKeyException(Fault fault) {
            super(fault.message());
            this.fault = fault;
        }

        Fault fault() {
            return fault;
        }
    }
}
