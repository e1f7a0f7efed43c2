package dev.chainloop.token.render;

import dev.chainloop.token.diagnosis.Severity;

/**
 * Something that is wrong, whether a finding, an expectation that is not met, or the reason why there is no answer.
 *
 * @param id a stable word
 * @param message a sentence or more, not yet sanitized
 */
record Remark(Severity severity, String id, String message) {
    boolean isError() {
        return severity == Severity.ERROR;
    }
}
