package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.DecodedToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token with what is wrong with it. Offline and honest: it says what is certain, never that a token is valid, for
 * signature, revocation and membership cannot be seen from here.
 *
 * @param inspection the token
 * @param findings in the order of {@link Rule}; none for a healthy token
 */
public record Diagnosis(Inspection inspection, List<Finding> findings) {
    /** Applies every rule to a situation. */
    public static Diagnosis of(Situation situation) {
        Inspection inspection = situation.inspection();
        @Nullable DecodedToken decoded = inspection.decoded().orElse(null);
        SourceRules source = new SourceRules(situation);
        @Nullable TokenRules token = decoded == null ? null : new TokenRules(inspection, decoded);
        @Nullable SignatureRules signature = decoded == null ? null : new SignatureRules(inspection, decoded);
        List<Finding> findings = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            @Nullable
            Finding finding =
                    token == null || signature == null ? apply(rule, source) : apply(rule, source, token, signature);
            if (finding != null) {
                findings.add(finding);
            }
        }
        return new Diagnosis(inspection, findings);
    }

    /** An inspection that did not take place. */
    public static Diagnosis failed(Inspection inspection) {
        return new Diagnosis(inspection, List.of());
    }

    private static @Nullable Finding apply(Rule rule, SourceRules source, TokenRules token, SignatureRules signature) {
        return switch (rule) {
            case EXPIRED -> token.expired();
            case NOT_YET_VALID -> token.notYetValid();
            case EXPIRES_SOON -> token.expiresSoon();
            case IDENTITY_MISSING -> token.identityMissing();
            case UNKNOWN_AUDIENCE -> token.unknownAudience();
            case MIXED_AUDIENCE -> token.mixedAudience();
            case ODD_AUDIENCE -> token.oddAudience();
            case FOREIGN_ISSUER -> token.foreignIssuer();
            case SELF_ISSUED_FEDERATED -> token.selfIssuedFederated();
            case UNSIGNED -> signature.unsigned();
            case ALGORITHM -> signature.algorithm();
            case SIGNATURE -> signature.signature();
            case WEAK_SECRET -> signature.weakSecret();
            case SCOPE_INCONSISTENT -> token.scopeInconsistent();
            case ODD_CLAIM -> token.oddClaim();
            case ODD_ENCODING -> token.oddEncoding();
            case CLOCK_SKEW -> token.clockSkew();
            case NO_TOKEN,
                    SHADOWED,
                    SOURCE_UNREADABLE,
                    USER_TOKEN_IN_CI,
                    API_TOKEN_AS_LOGIN,
                    ORGANIZATION_MISMATCH,
                    CONFIG_READABLE_BY_OTHERS,
                    CONFIG_MID_WRITE,
                    CLEANED -> apply(rule, source);
        };
    }

    private static @Nullable Finding apply(Rule rule, SourceRules source) {
        return switch (rule) {
            case NO_TOKEN -> source.noToken();
            case SHADOWED -> source.shadowed();
            case SOURCE_UNREADABLE -> source.sourceUnreadable();
            case USER_TOKEN_IN_CI -> source.userTokenInCi();
            case API_TOKEN_AS_LOGIN -> source.apiTokenAsLogin();
            case ORGANIZATION_MISMATCH -> source.organizationMismatch();
            case CONFIG_READABLE_BY_OTHERS -> source.configReadableByOthers();
            case CONFIG_MID_WRITE -> source.configMidWrite();
            case CLEANED -> source.cleaned();
            case EXPIRED,
                    NOT_YET_VALID,
                    EXPIRES_SOON,
                    IDENTITY_MISSING,
                    UNKNOWN_AUDIENCE,
                    MIXED_AUDIENCE,
                    ODD_AUDIENCE,
                    FOREIGN_ISSUER,
                    SELF_ISSUED_FEDERATED,
                    UNSIGNED,
                    ALGORITHM,
                    SIGNATURE,
                    WEAK_SECRET,
                    SCOPE_INCONSISTENT,
                    ODD_CLAIM,
                    ODD_ENCODING,
                    CLOCK_SKEW -> null;
        };
    }
}
