package dev.chainloop.token.diagnosis;

import java.util.List;

/**
 * The outcome of a check.
 *
 * @param failures every expectation that is not met
 * @param others the findings that do not fail it
 */
public record CheckResult(List<Failure> failures, List<Finding> others) {
    /** Whether every expectation is met. */
    public boolean passed() {
        return failures.isEmpty();
    }
}
