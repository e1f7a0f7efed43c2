package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Options;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.io.Notes;
import dev.chainloop.token.render.Answer;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Inputs;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What the user asks of any command about tokens.
 *
 * @param place the place that a plan is for, if the user names one
 * @param clock tells the instant at which its times are evaluated
 * @param quiet whether an answer goes only to the files that variables name
 */
record Request(
        Search.Selection source,
        Optional<Place> place,
        InstantSource clock,
        OutputFormat format,
        ViewOptions view,
        boolean quiet) {
    /** @param address whether the config file is read for its address, wherever the token is from */
    static Request of(SourceOptions source, boolean address, OutputOptions output, World world) throws UsageException {
        return new Request(
                source.request(address),
                Options.value(output.in),
                output.clock(world.clock()),
                output.format(),
                output.view(world.environment()),
                Options.isSet(output.quiet));
    }

    /** Reads all that was asked for, and inspects each value. */
    Evidence read(World world, Notes notes) {
        Search search = new Search(world.environment(), world.stdin(), world.clock(), notes, quiet ? 5 : 1);
        Evidence evidence = Evidence.of(search.run(source), place, clock.instant());
        noteStdin(evidence.inputs(), world, notes);
        return evidence;
    }

    /**
     * Says what is judged in place of a stdin without a token: for an empty pipe, only to the person who may have filled it, because
     * many jobs have one; for a socket, always, because it may be about to get a token.
     */
    private void noteStdin(Inputs inputs, World world, Notes notes) {
        if (inputs.asked()
                || (inputs.deciding().isPresent() && inputs.found().isEmpty()) // Which is said.
                || !(inputs.reading(SourceKind.STDIN).orElse(null) instanceof SourceReading.Absent stdin)) {
            return;
        }
        boolean noticed = stdin.why() == SourceReading.Lack.EMPTY
                && !quiet
                && world.stdin().kind() == Descriptor.Kind.PIPE
                && world.environment().machine().isTerminal(Descriptor.ERR);
        if (noticed || stdin.why() == SourceReading.Lack.SOCKET) {
            Optional<SourceReading.Found> found = inputs.found();
            notes.note("stdin is " + stdin.phrase()
                    + found.map(one -> ", so the token is taken from " + view.nameOf(one.origin()))
                            .orElse(""));
        }
    }

    void answer(Answer answer, Console console) throws Console.OutputException {
        if (!quiet) {
            console.answer(format.text(answer, view));
        }
        console.append(format.appended(answer, view));
    }
}
