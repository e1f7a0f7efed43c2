package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;
import java.util.Optional;

/**
 * The rules of diagnosis, in the order in which their findings are printed. What each looks for is a method of {@link
 * TokenRules} or {@link SourceRules}. The ids are stable, because scripts compare them; {@code
 * reference.md} says of each when it is found.
 */
public enum Rule implements Keyword {
    NO_TOKEN(Severity.ERROR, Stage.PRESENCE),
    MALFORMED(Severity.ERROR, Stage.FORM),
    EXPIRED(Severity.ERROR, Stage.EXPIRY),
    NOT_YET_VALID(Severity.ERROR, Stage.EXPIRY),
    EXPIRES_SOON(Severity.WARNING),
    IDENTITY_MISSING(Severity.ERROR, Stage.IDENTITY),
    UNKNOWN_AUDIENCE(Severity.ERROR, Stage.AUDIENCE),
    MIXED_AUDIENCE(Severity.WARNING),
    UNSIGNED(Severity.ERROR, Stage.SIGNATURE),
    SIGNATURE_LENGTH(Severity.ERROR, Stage.SIGNATURE),
    ALGORITHM(Severity.ERROR, Stage.ALGORITHM),
    SIGNATURE(Severity.ERROR, Stage.SIGNATURE),
    SHADOWED(Severity.INFO),
    TOKEN_ELSEWHERE(Severity.INFO),
    CONFIG_ELSEWHERE(Severity.WARNING),
    SOURCE_UNREADABLE(Severity.WARNING),
    USER_TOKEN_IN_CI(Severity.WARNING),
    SCOPE_INCONSISTENT(Severity.WARNING, Stage.RECORD),
    CONFIG_READABLE_BY_OTHERS(Severity.WARNING),
    LOGIN_ELSEWHERE(Severity.WARNING, Stage.SIGNATURE),
    CONFIG_MID_WRITE(Severity.WARNING, Stage.PRESENCE),
    OTHER_ORGANIZATION(Severity.WARNING, Stage.SCOPE),
    ODD_CLAIM(Severity.WARNING),
    CLOCK_SKEW(Severity.WARNING);

    public final Severity severity;

    /** Where the server refuses a token for it, by default; empty if it does not. */
    final Optional<Stage> stage;

    Rule(Severity severity) {
        this.severity = severity;
        this.stage = Optional.empty();
    }

    Rule(Severity severity, Stage stage) {
        this.severity = severity;
        this.stage = Optional.of(stage);
    }
}
