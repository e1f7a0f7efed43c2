package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;

/**
 * The rules of diagnosis, in the order in which their findings are printed. A new one is a constant here; the switch in
 * {@link #apply} then demands its method. The ids are stable, because scripts compare them.
 */
public enum Rule implements Keyword {
    NO_TOKEN(Severity.ERROR, About.SOURCE, "no source holds a token"),
    EXPIRED(Severity.ERROR, About.TOKEN, "`exp` has passed"),
    NOT_YET_VALID(Severity.ERROR, About.TOKEN, "`nbf` is in the future"),
    EXPIRES_SOON(
            Severity.WARNING,
            About.TOKEN,
            "less than 1 h is left for a user token, 7 d for an API token, 2 min for a federated one"),
    IDENTITY_MISSING(
            Severity.ERROR,
            About.TOKEN,
            "the audience decides the kind, but the identity claim is absent, empty or not a string"),
    UNKNOWN_AUDIENCE(Severity.ERROR, About.TOKEN, "Chainloop accepts none of its audiences; former ones are named"),
    MIXED_AUDIENCE(Severity.WARNING, About.TOKEN, "audiences of several kinds at once"),
    ODD_AUDIENCE(Severity.WARNING, About.TOKEN, "a member of `aud` is not a string"),
    FOREIGN_ISSUER(Severity.WARNING, About.TOKEN, "a user or API token that `cp.chainloop` did not issue"),
    SELF_ISSUED_FEDERATED(Severity.ERROR, About.TOKEN, "audience `chainloop` together with issuer `cp.chainloop`"),
    UNSIGNED(Severity.ERROR, About.TOKEN, "`alg` is `none`, or the signature is empty"),
    ALGORITHM(
            Severity.ERROR,
            About.TOKEN,
            "`alg` is missing, unknown or wrong for the kind; a warning where it is only unusual"),
    SIGNATURE(Severity.ERROR, About.TOKEN, "the signature does not match the given key"),
    WEAK_SECRET(Severity.WARNING, About.TOKEN, "the given secret is shorter than the algorithm requires"),
    SHADOWED(Severity.WARNING, About.SOURCE, "`CHAINLOOP_TOKEN` wins over a different token in the config file"),
    TOKEN_ELSEWHERE(Severity.INFO, About.SOURCE, "a variable that nothing reads holds a token"),
    CONFIG_ELSEWHERE(Severity.WARNING, About.SOURCE, "there is a config file where the Chainloop CLI does not look"),
    SOURCE_UNREADABLE(Severity.WARNING, About.SOURCE, "a later source cannot be read"),
    USER_TOKEN_IN_CI(Severity.WARNING, About.SOURCE, "a person's token is used by a CI system"),
    API_TOKEN_AS_LOGIN(Severity.INFO, About.SOURCE, "the config file holds a token that is not a user token"),
    ORGANIZATION_MISMATCH(Severity.WARNING, About.SOURCE, "the API token's organization is not the config file's"),
    SCOPE_INCONSISTENT(Severity.WARNING, About.TOKEN, "an API token's scope claims contradict each other"),
    CONFIG_READABLE_BY_OTHERS(Severity.WARNING, About.SOURCE, "every user of the machine can read the token in use"),
    LOGIN_ELSEWHERE(
            Severity.WARNING,
            About.SOURCE,
            "`CHAINLOOP_CONTROL_PLANE_API` wins over the control plane for which the login was made"),
    CONFIG_NOT_MADE(Severity.WARNING, About.SOURCE, "the Chainloop CLI stops because it cannot create its config file"),
    CONFIG_MID_WRITE(Severity.WARNING, About.SOURCE, "the config file is empty, as it is while the CLI writes it"),
    ODD_CLAIM(Severity.WARNING, About.TOKEN, "a registered claim has the wrong type or is out of range"),
    ODD_ENCODING(Severity.INFO, About.TOKEN, "unused trailing bits are set in a segment"),
    CLOCK_SKEW(Severity.WARNING, About.TOKEN, "`iat` is in the future"),
    CLEANED(
            Severity.ERROR,
            About.SOURCE,
            "a variable or the config file holds more than the token, even if only a newline");

    private final Severity severity;
    private final About about;
    private final String meaning;

    Rule(Severity severity, About about, String meaning) {
        this.severity = severity;
        this.about = about;
        this.meaning = meaning;
    }

    public Severity severity() {
        return severity;
    }

    /** When there is such a finding, as documents say it. */
    public String meaning() {
        return meaning;
    }

    About about() {
        return about;
    }

    /** What a rule is about. */
    enum About {
        /** The place that a token comes from; such a rule applies even if there is no token. */
        SOURCE,
        /** The decoded token. */
        TOKEN
    }

    void apply(Rules rules) {
        switch (this) {
            case NO_TOKEN -> rules.source.noToken();
            case EXPIRED -> rules.token().expired();
            case NOT_YET_VALID -> rules.token().notYetValid();
            case EXPIRES_SOON -> rules.token().expiresSoon();
            case IDENTITY_MISSING -> rules.token().identityMissing();
            case UNKNOWN_AUDIENCE -> rules.token().unknownAudience();
            case MIXED_AUDIENCE -> rules.token().mixedAudience();
            case ODD_AUDIENCE -> rules.token().oddAudience();
            case FOREIGN_ISSUER -> rules.token().foreignIssuer();
            case SELF_ISSUED_FEDERATED -> rules.token().selfIssuedFederated();
            case UNSIGNED -> rules.signature().unsigned();
            case ALGORITHM -> rules.signature().algorithm();
            case SIGNATURE -> rules.signature().signature();
            case WEAK_SECRET -> rules.signature().weakSecret();
            case SHADOWED -> rules.source.shadowed();
            case TOKEN_ELSEWHERE -> rules.source.tokenElsewhere();
            case CONFIG_ELSEWHERE -> rules.source.configElsewhere();
            case SOURCE_UNREADABLE -> rules.source.sourceUnreadable();
            case USER_TOKEN_IN_CI -> rules.source.userTokenInCi();
            case API_TOKEN_AS_LOGIN -> rules.source.apiTokenAsLogin();
            case ORGANIZATION_MISMATCH -> rules.source.organizationMismatch();
            case SCOPE_INCONSISTENT -> rules.token().scopeInconsistent();
            case CONFIG_READABLE_BY_OTHERS -> rules.source.configReadableByOthers();
            case LOGIN_ELSEWHERE -> rules.source.loginElsewhere();
            case CONFIG_NOT_MADE -> rules.source.configNotMade();
            case CONFIG_MID_WRITE -> rules.source.configMidWrite();
            case ODD_CLAIM -> rules.token().oddClaim();
            case ODD_ENCODING -> rules.token().oddEncoding();
            case CLOCK_SKEW -> rules.token().clockSkew();
            case CLEANED -> rules.source.cleaned();
        }
    }
}
