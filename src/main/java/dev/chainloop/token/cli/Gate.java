package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.diagnosis.Check;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Expectations;
import dev.chainloop.token.io.Notes;
import dev.chainloop.token.render.FieldReport;
import dev.chainloop.token.render.Report;
import dev.chainloop.token.render.Report.Answer;
import dev.chainloop.token.verification.Verifier;
import java.util.List;
import java.util.Optional;

/**
 * Lets a token pass if it meets expectations; shared by {@code check} and {@code verify}.
 *
 * @param verifier verifies the signature, if a key was given
 * @param fields names of values to print in place of an answer; none for an answer
 * @param silent whether only the exit status answers
 */
record Gate(
        Request request, Optional<Verifier> verifier, Expectations expectations, List<String> fields, boolean silent) {
    /**
     * Checks the one token that was asked for, and answers.
     *
     * @param verified whether the answer is about the signature first
     */
    ExitCode run(World world, Console console, boolean verified)
            throws UsageException, Request.UnreadableKeyException, Console.OutputException {
        Notes notes = silent ? new NoNotes() : console;
        Diagnosis diagnosis = request.inspect(world, verifier, notes)
                .warningBelow(expectations.warnRemaining().orElse(0L));
        Check.Result result = Check.of(diagnosis, expectations);
        ExitCode status = ExitCode.of(diagnosis.inspection().status());

        Commentary commentary = new Commentary(diagnosis, request.view(), console);
        if (!silent) {
            commentary.removed();
        }
        commentary.fault();
        if (!result.passed()
                && (silent || !fields.isEmpty())
                && diagnosis.inspection().fault() == null) {
            // Without an answer, users would have to guess why a loop ended.
            for (Check.Failure failure : result.failures()) {
                String message = failure.message();
                console.error(
                        message.endsWith(".") ? message.substring(0, message.length() - 1) : message, failure.remedy());
            }
        }
        if (!fields.isEmpty() && !silent) {
            FieldReport report = FieldReport.render(diagnosis, fields, request.view());
            console.answer(report.values("\n") + "\n");
            return status == ExitCode.OK && !(result.passed() && report.complete()) ? ExitCode.NEGATIVE : status;
        }
        Report.Subject subject =
                verified ? Report.Subject.verified(diagnosis, result) : Report.Subject.checked(diagnosis, result);
        Answer answer = request.format().report().render(subject, request.view());
        AnswerWriter writer = new AnswerWriter(world, console);
        if (silent) {
            writer.append(answer);
        } else {
            writer.write(answer);
        }
        if (status == ExitCode.MALFORMED || status == ExitCode.UNREADABLE) {
            return status;
        }
        return result.passed() ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    // Not a lambda: the first one costs milliseconds at start-up.
    private static final class NoNotes implements Notes {
        @Override
        public void note(String sentence) {}
    }
}
