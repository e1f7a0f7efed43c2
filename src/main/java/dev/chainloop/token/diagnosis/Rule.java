package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;
import org.jspecify.annotations.Nullable;

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

    /** How bad a finding of this rule usually is. */
    public Severity severity() {
        return severity;
    }

    /** When there is such a finding, for the documentation. */
    public String meaning() {
        return meaning;
    }

    /** The finding of this rule, if there is one. Rules about a token find nothing where there is none. */
    @Nullable
    Finding apply(Rules rules) {
        SourceRules source = rules.source;
        @Nullable TokenRules token = rules.token;
        @Nullable SignatureRules signature = rules.signature;
        return switch (this) {
            case NO_TOKEN -> source.noToken();
            case EXPIRED -> token == null ? null : token.expired();
            case NOT_YET_VALID -> token == null ? null : token.notYetValid();
            case EXPIRES_SOON -> token == null ? null : token.expiresSoon();
            case IDENTITY_MISSING -> token == null ? null : token.identityMissing();
            case UNKNOWN_AUDIENCE -> token == null ? null : token.unknownAudience();
            case MIXED_AUDIENCE -> token == null ? null : token.mixedAudience();
            case ODD_AUDIENCE -> token == null ? null : token.oddAudience();
            case FOREIGN_ISSUER -> token == null ? null : token.foreignIssuer();
            case SELF_ISSUED_FEDERATED -> token == null ? null : token.selfIssuedFederated();
            case UNSIGNED -> signature == null ? null : signature.unsigned();
            case ALGORITHM -> signature == null ? null : signature.algorithm();
            case SIGNATURE -> signature == null ? null : signature.signature();
            case WEAK_SECRET -> signature == null ? null : signature.weakSecret();
            case SHADOWED -> source.shadowed();
            case TOKEN_ELSEWHERE -> source.tokenElsewhere();
            case CONFIG_ELSEWHERE -> source.configElsewhere();
            case SOURCE_UNREADABLE -> source.sourceUnreadable();
            case USER_TOKEN_IN_CI -> source.userTokenInCi();
            case API_TOKEN_AS_LOGIN -> source.apiTokenAsLogin();
            case ORGANIZATION_MISMATCH -> source.organizationMismatch();
            case SCOPE_INCONSISTENT -> token == null ? null : token.scopeInconsistent();
            case CONFIG_READABLE_BY_OTHERS -> source.configReadableByOthers();
            case LOGIN_ELSEWHERE -> source.loginElsewhere();
            case CONFIG_NOT_MADE -> source.configNotMade();
            case CONFIG_MID_WRITE -> source.configMidWrite();
            case ODD_CLAIM -> token == null ? null : token.oddClaim();
            case ODD_ENCODING -> token == null ? null : token.oddEncoding();
            case CLOCK_SKEW -> token == null ? null : token.clockSkew();
            case CLEANED -> source.cleaned();
        };
    }
}
