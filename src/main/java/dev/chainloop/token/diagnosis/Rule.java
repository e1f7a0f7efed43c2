package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;

/**
 * The rules of diagnosis, in the order in which their findings are printed. A new one is a constant here, and the switch in
 * {@link #apply} then demands its method. The ids are stable: scripts compare them.
 */
public enum Rule implements Keyword {
    NO_TOKEN(Severity.ERROR, "no source holds a token"),
    EXPIRED(Severity.ERROR, "`exp` has passed"),
    NOT_YET_VALID(Severity.ERROR, "`nbf` is in the future"),
    EXPIRES_SOON(
            Severity.WARNING,
            "less than 1 h is left for a user token, 7 d for an API token, 2 min for a federated one"),
    IDENTITY_MISSING(
            Severity.ERROR, "the audience decides the kind, but the identity claim is absent, empty or not a string"),
    UNKNOWN_AUDIENCE(Severity.ERROR, "no audience that Chainloop accepts; former ones are named"),
    MIXED_AUDIENCE(Severity.WARNING, "audiences of several kinds at once"),
    ODD_AUDIENCE(Severity.WARNING, "a member of `aud` is not a string"),
    FOREIGN_ISSUER(Severity.WARNING, "a user or API token that `cp.chainloop` did not issue"),
    SELF_ISSUED_FEDERATED(Severity.ERROR, "audience `chainloop` together with issuer `cp.chainloop`"),
    UNSIGNED(Severity.ERROR, "`alg` is `none`, or the signature is empty"),
    ALGORITHM(Severity.ERROR, "`alg` is missing, unknown or wrong for the kind; a warning where it is only unusual"),
    SIGNATURE(Severity.ERROR, "the signature does not match the given key"),
    WEAK_SECRET(Severity.WARNING, "the given secret is shorter than the algorithm requires"),
    SHADOWED(Severity.WARNING, "`CHAINLOOP_TOKEN` wins over a different token in the config file"),
    TOKEN_ELSEWHERE(Severity.INFO, "a variable that nothing reads holds a token"),
    CONFIG_ELSEWHERE(Severity.WARNING, "there is a config file where the Chainloop CLI does not look"),
    SOURCE_UNREADABLE(Severity.WARNING, "a later source cannot be read"),
    USER_TOKEN_IN_CI(Severity.WARNING, "a person's token is used by a CI system"),
    API_TOKEN_AS_LOGIN(Severity.INFO, "the config file holds a token that is not a user token"),
    ORGANIZATION_MISMATCH(Severity.WARNING, "the API token's organization is not the config file's"),
    SCOPE_INCONSISTENT(Severity.WARNING, "an API token's scope claims contradict each other"),
    CONFIG_READABLE_BY_OTHERS(Severity.WARNING, "every user of the machine can read the token in use"),
    LOGIN_ELSEWHERE(
            Severity.WARNING, "`CHAINLOOP_CONTROL_PLANE_API` wins over the control plane for which the login was made"),
    CONFIG_NOT_MADE(Severity.WARNING, "the Chainloop CLI stops, for it cannot make its config file"),
    CONFIG_MID_WRITE(Severity.WARNING, "the config file is empty, as while the CLI writes it"),
    ODD_CLAIM(Severity.WARNING, "a registered claim has the wrong type or is out of range"),
    ODD_ENCODING(Severity.INFO, "unused trailing bits are set in a segment"),
    CLOCK_SKEW(Severity.WARNING, "`iat` is in the future"),
    CLEANED(Severity.ERROR, "a variable or the config file holds more than the token, even if only a newline");

    private final Severity severity;
    private final String meaning;

    Rule(Severity severity, String meaning) {
        this.severity = severity;
        this.meaning = meaning;
    }

    public Severity severity() {
        return severity;
    }

    /** When there is such a finding, for the documentation. */
    public String meaning() {
        return meaning;
    }

    /** Whether it is about where a token is, and applies even if there is none. */
    boolean isAboutSources() {
        return switch (this) {
            case NO_TOKEN, SHADOWED, TOKEN_ELSEWHERE, CONFIG_ELSEWHERE, SOURCE_UNREADABLE -> true;
            case USER_TOKEN_IN_CI, API_TOKEN_AS_LOGIN, ORGANIZATION_MISMATCH, CONFIG_READABLE_BY_OTHERS -> true;
            case LOGIN_ELSEWHERE, CONFIG_NOT_MADE, CONFIG_MID_WRITE, CLEANED -> true;
            default -> false;
        };
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
