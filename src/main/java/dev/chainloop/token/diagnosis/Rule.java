package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;
import org.jspecify.annotations.Nullable;

/**
 * The rules of diagnosis, in the order in which their findings are printed. What each looks for is a method of {@link
 * TokenRules}, {@link SignatureRules} or {@link SourceRules}. The ids are stable, because scripts compare them.
 */
public enum Rule implements Keyword {
    NO_TOKEN(Severity.ERROR, Stage.PRESENCE, "no source holds a token"),
    MALFORMED(Severity.ERROR, Stage.FORM, "the value is not a token, or holds more than one"),
    EXPIRED(Severity.ERROR, Stage.EXPIRY, "`exp` has passed"),
    NOT_YET_VALID(Severity.ERROR, Stage.EXPIRY, "`nbf` is in the future"),
    EXPIRES_SOON(
            Severity.WARNING,
            "a login has less than an hour left, an API token less than three days, unless it was made to live for two hours; a CI provider's token never has it; `--min-remaining` and `--warn-remaining` replace these times"),
    IDENTITY_MISSING(
            Severity.ERROR,
            Stage.IDENTITY,
            "the audience decides the kind, but the identity claim is absent, empty or not a string"),
    UNKNOWN_AUDIENCE(
            Severity.ERROR,
            Stage.AUDIENCE,
            "Chainloop accepts none of its audiences; a warning for a robot account's, which attestations accept"),
    MIXED_AUDIENCE(Severity.WARNING, "audiences of several kinds at once"),
    FOREIGN_ISSUER(
            Severity.WARNING,
            "a user or API token that `cp.chainloop` did not issue; an error for a token that no provider issues for Chainloop"),
    UNSIGNED(Severity.ERROR, Stage.SIGNATURE, "`alg` is `none`, or the signature is empty"),
    SIGNATURE_LENGTH(
            Severity.ERROR, Stage.SIGNATURE, "the signature has fewer or more letters than its algorithm makes"),
    ALGORITHM(Severity.ERROR, Stage.ALGORITHM, "`alg` is missing, unknown or wrong for the kind"),
    SIGNATURE(Severity.ERROR, Stage.SIGNATURE, "the signature does not match the given key"),
    SHADOWED(
            Severity.INFO,
            "`CHAINLOOP_TOKEN` is sent, not a different token in the config file; silent in a CI job, a pod, a container and a service"),
    TOKEN_ELSEWHERE(Severity.INFO, "a variable that nothing reads holds a token"),
    CONFIG_ELSEWHERE(
            Severity.WARNING,
            "there is a config file where the Chainloop CLI does not look; a note if a token is in use"),
    SOURCE_UNREADABLE(Severity.WARNING, "a later source cannot be read"),
    USER_TOKEN_IN_CI(Severity.WARNING, "a person's token is used by a CI system, a pod, a container or a service"),
    SCOPE_INCONSISTENT(
            Severity.WARNING, Stage.RECORD, "an API token's scope claims contradict each other, or are not known"),
    CONFIG_READABLE_BY_OTHERS(Severity.WARNING, "every user of the machine can read the token in use"),
    LOGIN_ELSEWHERE(
            Severity.WARNING,
            Stage.SIGNATURE,
            "`CHAINLOOP_CONTROL_PLANE_API` wins over the control plane in the login's config file"),
    CONFIG_MID_WRITE(
            Severity.WARNING,
            Stage.PRESENCE,
            "the config file is empty, as it is while the CLI writes it; a note if a token is in use"),
    ODD_CLAIM(
            Severity.WARNING,
            "a time, `aud` or a claim of the scope has the wrong type or is out of range; an error where every call refuses `exp` or `nbf`"),
    CLOCK_SKEW(Severity.WARNING, "`iat` is in the future; a note within a minute");

    private final Severity severity;
    private final @Nullable Stage stage;
    private final String meaning;

    Rule(Severity severity, String meaning) {
        this(severity, null, meaning);
    }

    Rule(Severity severity, @Nullable Stage stage, String meaning) {
        this.severity = severity;
        this.stage = stage;
        this.meaning = meaning;
    }

    public Severity severity() {
        return severity;
    }

    /** Where the server refuses a token for it, if nothing else is said; {@code null} where it does not. */
    @Nullable
    Stage stage() {
        return stage;
    }

    /** When there is such a finding, as documents say it. */
    public String meaning() {
        return meaning;
    }
}
