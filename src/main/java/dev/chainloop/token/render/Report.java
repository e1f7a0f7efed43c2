package dev.chainloop.token.render;

import dev.chainloop.token.diagnosis.Check;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Explanation;
import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.diagnosis.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a format presents answers about a token. */
public interface Report {
    /** Renders the answer about a token. */
    Answer render(Subject subject, ViewOptions view);

    /** A report of many tokens, one per line; {@code null} when the format has no form for them. */
    default @Nullable LineReport lines(ViewOptions view) {
        return null;
    }

    /** The control plane's verdict; as the result of a check, unless the format has a form of its own for it. */
    default Answer verdict(Diagnosis diagnosis, Verdict verdict, ViewOptions view) {
        return render(AskReport.subject(diagnosis, verdict), view);
    }

    /** Every place where a token can be; {@code null} when the format has no form for it. */
    default @Nullable String sources(Survey survey, ViewOptions view) {
        return null;
    }

    /** What a message means; {@code null} when the format has no form for it. */
    default @Nullable String explanation(Explained explained, ViewOptions view) {
        return null;
    }

    /** Every message that is known; {@code null} when the format has no form for them. */
    default @Nullable String messages(ViewOptions view) {
        return null;
    }

    /**
     * One line, with its end, about a token found where none should be; {@code null} when the format has no form for
     * it.
     */
    default @Nullable String leak(Leak leak, boolean redact) {
        return null;
    }

    /**
     * What is reported.
     *
     * @param diagnosis the token, and what is wrong with it
     * @param check the outcome of a check, if there was one
     * @param verified whether that was a verification, whose verdict is about the signature
     * @param whole whether to show header and claims
     * @param asked what the control plane made of it, if that was the question
     */
    record Subject(
            Diagnosis diagnosis,
            Optional<Check.Result> check,
            boolean verified,
            boolean whole,
            Optional<Verdict.Outcome> asked) {
        /** An inspection. */
        public static Subject inspected(Diagnosis diagnosis, boolean whole) {
            return new Subject(diagnosis, Optional.empty(), false, whole, Optional.empty());
        }

        /** A check. */
        public static Subject checked(Diagnosis diagnosis, Check.Result check) {
            return new Subject(diagnosis, Optional.of(check), false, false, Optional.empty());
        }

        /** A verification. */
        public static Subject verified(Diagnosis diagnosis, Check.Result check) {
            return new Subject(diagnosis, Optional.of(check), true, false, Optional.empty());
        }
    }

    /**
     * What is explained.
     *
     * @param explanation what the message means; empty when the text holds none that is known
     * @param empty whether there was no text at all
     * @param diagnosis the token at hand
     */
    record Explained(Optional<Explanation> explanation, boolean empty, Diagnosis diagnosis) {}

    /**
     * A token that was found where none should be.
     *
     * @param file the file's name, as it was given or found
     * @param line the token's line, from 1
     * @param column the character at which it begins, from 1
     * @param mask what the token is
     */
    public record Leak(String file, long line, long column, Mask mask) {}
}
