package dev.chainloop.token.render;

import dev.chainloop.token.check.Check;
import dev.chainloop.token.diagnosis.Diagnosis;
import java.util.Optional;

/** The answers for many tokens, one line each; used by several threads. */
@FunctionalInterface
public interface LineReport {
    /**
     * The answer for one token, without a line end.
     *
     * @param number that of its line
     * @param check the outcome of a check, if there was one
     */
    String line(long number, Diagnosis diagnosis, Optional<Check.Result> check);
}
