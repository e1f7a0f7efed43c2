package dev.chainloop.token.render;

import dev.chainloop.token.diagnosis.CheckResult;
import dev.chainloop.token.diagnosis.Diagnosis;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a format tells of a token. */
public interface Report {
    /** Renders everything there is to say about a token. */
    Answer render(Subject subject, ViewOptions view);

    /** A report of many tokens, one a line; {@code null} when the format has no form for them. */
    default @Nullable LineReport lines(ViewOptions view) {
        return null;
    }

    /** One line, with its end, about a token where none should be; {@code null} when the format has no form for it. */
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
     */
    record Subject(Diagnosis diagnosis, Optional<CheckResult> check, boolean verified, boolean whole) {
        /** An inspection. */
        public static Subject inspected(Diagnosis diagnosis, boolean whole) {
            return new Subject(diagnosis, Optional.empty(), false, whole);
        }

        /** A check. */
        public static Subject checked(Diagnosis diagnosis, CheckResult check) {
            return new Subject(diagnosis, Optional.of(check), false, false);
        }

        /** A verification. */
        public static Subject verified(Diagnosis diagnosis, CheckResult check) {
            return new Subject(diagnosis, Optional.of(check), true, false);
        }
    }
}
