package dev.chainloop.token.cli;

import dev.chainloop.token.check.Check;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.io.Notes;
import dev.chainloop.token.render.Answer;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SourceReading;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What the user asks of any command about tokens.
 *
 * @param clock tells the instant at which its times are evaluated
 */
record Request(Search.Selection source, InstantSource clock, OutputFormat format, ViewOptions view) {
    static Request of(SourceOptions source, OutputOptions output, World world) throws UsageException {
        return new Request(
                source.request(),
                output.clock(world.clock()),
                output.format(),
                output.view(world.environment(), world.outKind()));
    }

    /** Finds and diagnoses the token that was asked for. */
    Diagnosis inspect(World world, boolean quiet, Notes notes) {
        return noted(inspector(world, notes).inspect(source, clock.instant()), world, quiet, notes);
    }

    /**
     * Says what is judged in place of a stdin without a token: of an empty pipe to the person who may have filled it, as many
     * jobs have one; of a socket always, since it may be about to get a token.
     */
    private Diagnosis noted(Diagnosis diagnosis, World world, boolean quiet, Notes notes) {
        Search.Seen search = diagnosis.evidence().search();
        Optional<String> why = search.voidOfStdin();
        Optional<SourceReading.Found> found = search.found();
        if (why.isPresent()
                && !search.asked()
                && (why.get().equals(SourceReading.SOCKET)
                        || (!quiet
                                && world.stdin().kind() == Descriptor.Kind.PIPE
                                && world.outKind().isErrorTerminal()))) {
            notes.note("stdin is " + why.get()
                    + (found.isPresent()
                            ? ", so the token is taken from "
                                    + view.nameOf(found.get().origin())
                            : ""));
        }
        return diagnosis;
    }

    /** Writes an answer as it was asked for; if quiet, only to the files that variables name. */
    void answer(Answer answer, boolean quiet, Console console) throws Console.OutputException {
        if (!quiet) {
            console.answer(format.text(answer, view));
        }
        console.append(format.appended(answer, view));
    }

    /** Says on stderr what is wrong, where stdout does not. */
    void tellErrors(Diagnosis diagnosis, Check.Result result, Console console) {
        for (String error : Answer.errors(diagnosis, result, view)) {
            console.error(error, "");
        }
    }

    private Inspector inspector(World world, Notes notes) {
        return new Inspector(search(world, notes), world.environment(), view.redact());
    }

    static Search search(World world, Notes notes) {
        return new Search(world.environment(), world.stdin(), world.clock(), notes);
    }

    /** Diagnoses the token that is used, whatever else there is. */
    Survey survey(World world, Notes notes) {
        Survey survey = inspector(world, notes).survey(source, clock.instant());
        noted(survey.diagnosis(), world, false, notes);
        return survey;
    }
}
