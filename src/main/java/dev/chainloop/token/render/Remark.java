package dev.chainloop.token.render;

import dev.chainloop.token.diagnosis.Severity;

/**
 * Something that is wrong, whether a finding, an expectation that is not met, or the reason why there is no answer.
 *
 * @param id a stable word
 * @param headline a sentence without its full stop, not yet sanitized
 * @param more sentences that follow; empty for none
 */
record Remark(Severity severity, String id, String headline, String more) {
    String message() {
        return headline + (headline.endsWith("?") ? "" : ".") + (more.isEmpty() ? "" : " " + more);
    }

    boolean isError() {
        return severity == Severity.ERROR;
    }
}
