package dev.chainloop.token.render;

import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.check.Check;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.explain.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a format presents answers. Not every format has a form for each: commands offer only the formats that have theirs, so that
 * nobody asks the others. {@link #lines} alone is asked of all.
 */
public interface Report {
    /** The answer about a token. */
    Answer render(Subject subject, ViewOptions view);

    /** A report of many tokens, one per line; empty if the format has no form for it. */
    default Optional<LineReport> lines(ViewOptions view) {
        return Optional.empty();
    }

    /** The control plane's verdict; as the result of a check, unless the format has a form of its own for it. */
    default Answer verdict(Diagnosis diagnosis, Verdict verdict, ViewOptions view) {
        return render(Subject.asked(diagnosis, verdict), view);
    }

    /** Every place where a token can be. */
    default String sources(Survey survey, ViewOptions view) {
        throw new UnsupportedOperationException();
    }

    /** What a message means. */
    default String explanation(Explanation explanation, ViewOptions view) {
        throw new UnsupportedOperationException();
    }

    /** Every message that is known. */
    default String messages(ViewOptions view) {
        throw new UnsupportedOperationException();
    }

    /** One line, with its end, about a token found where none should be. */
    default String leak(Leak leak, boolean redact) {
        throw new UnsupportedOperationException();
    }

    /** The answers for many tokens, one line each. */
    @FunctionalInterface
    interface LineReport {
        /**
         * The answer for one token in UTF-8, with its line end.
         *
         * @param number that of its line
         * @param check the outcome of a check, if there was one
         */
        byte[] line(long number, Diagnosis diagnosis, Optional<Check.Result> check);
    }

    /**
     * What is reported.
     *
     * @param verified whether the check was a verification, whose verdict is about the signature
     * @param whole whether to show header and claims
     * @param asked what the control plane made of it, if that was the question
     */
    record Subject(
            Diagnosis diagnosis,
            Optional<Check.Result> check,
            boolean verified,
            boolean whole,
            Optional<Verdict.Outcome> asked) {
        Optional<Plan> plan() {
            return check.isPresent() ? check.get().plan() : Plan.of(diagnosis);
        }

        List<Check.Failure> failures() {
            return check.isPresent() ? check.get().failures() : List.of();
        }

        /** What was found besides the failures. */
        List<Finding> findings() {
            return check.isPresent() ? check.get().others() : diagnosis.findings();
        }

        public static Subject inspected(Diagnosis diagnosis, boolean whole) {
            return new Subject(diagnosis, Optional.empty(), false, whole, Optional.empty());
        }

        public static Subject checked(Diagnosis diagnosis, Check.Result check, boolean verified) {
            return new Subject(diagnosis, Optional.of(check), verified, false, Optional.empty());
        }

        /** A control plane's verdict, as the result of a check. */
        public static Subject asked(Diagnosis diagnosis, Verdict verdict) {
            Optional<Check.Result> check = verdict.outcome() == Verdict.Outcome.NOT_ASKED
                    ? Optional.empty()
                    : Optional.of(check(diagnosis, verdict));
            return new Subject(diagnosis, check, false, false, Optional.of(verdict.outcome()));
        }

        private static Check.Result check(Diagnosis diagnosis, Verdict verdict) {
            if (verdict.outcome() == Verdict.Outcome.ACCEPTED) {
                // An error says that the server refuses the token, and it does not.
                List<Finding> others = new ArrayList<>(diagnosis.findings());
                others.removeIf(finding -> finding.severity() == Severity.ERROR);
                return new Check.Result(List.of(), others, Optional.empty());
            }
            String cause = verdict.causes().stream()
                    .findFirst()
                    .map(first -> " " + first.sentence())
                    .orElse("");
            @Nullable Fault fault = verdict.fault();
            String message = fault != null
                    ? (fault.message() + ". " + fault.remedy()).strip()
                    : "The control plane refuses it: " + verdict.message() + "." + cause;
            Optional<String> actual = Optional.of(verdict.outcome().word());
            Check.Failure refused = new Check.Failure("ask", "accepted", actual, message, null);
            return new Check.Result(List.of(refused), diagnosis.findings(), verdict.plan());
        }
    }

    /** A token where none should be; lines and columns count from 1, these in characters. */
    public record Leak(String file, long line, long column, Mask mask) {}

    /**
     * What a report says, and where it goes.
     *
     * @param notes lines for stderr, each without its end
     * @param appended what to append to files, by the variables that name the files
     */
    record Answer(String text, List<String> notes, Map<String, String> appended) {
        /** An answer for stdout alone. */
        public static Answer of(String text) {
            return new Answer(text, List.of(), Map.of());
        }
    }
}
