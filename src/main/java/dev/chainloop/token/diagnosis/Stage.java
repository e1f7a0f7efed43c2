package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;
import java.util.List;
import java.util.Optional;

/**
 * What the server looks at in a token, in its order (Chainloop v1.106.1, kratos v2.9.2, golang-jwt v5.3.1). It stops at the
 * first fault, and its message is about that fault.
 */
public enum Stage implements Keyword {
    /** Whether a token was sent. */
    PRESENCE("no token is sent", "the CLI would have sent the token, and the server would have received it"),
    /** Whether it is a JWT with an algorithm that is known and not none. */
    FORM("it cannot be read", "it can be read"),
    /** Whether it is by the server's secret; a signature by a key pair is refused here, too. */
    SIGNATURE("its signature is not the server's", "it is not signed with a key pair"),
    /** Both exp and nbf: for either, the server says that the token has expired. */
    EXPIRY("it has expired"),
    /** The types of exp and nbf. */
    TYPES("its exp or nbf is not a number", "its exp and nbf are numbers"),
    /** Whether it is HS256, among the algorithms with a secret. */
    ALGORITHM("its algorithm is not HS256", "its algorithm is HS256"),
    /** Only for attestations, and also the types of the other claims. */
    AUDIENCE("it is for another audience", "it has the control plane's audience"),
    /** Whether it says whose it is. */
    IDENTITY("it does not say whose it is", "it says whose it is"),
    /** Whether the user, the API token and the organization are on record. */
    RECORD(""),
    SCOPE(""),
    PERMISSION("");

    /** An attestation's token that is refused at one of these goes on to the check of CI providers' tokens, which then answers. */
    public static final List<Stage> HANDED_ON = List.of(FORM, SIGNATURE, TYPES, ALGORITHM, AUDIENCE);

    /** What is wrong with a token that the server refuses here, a clause; empty where no token shows it. */
    final String fault;

    /** Why the server does not refuse a token here, a clause; empty if the token does not tell. */
    public final Optional<String> passed;

    Stage(String fault) {
        this.fault = fault;
        this.passed = Optional.empty();
    }

    Stage(String fault, String passed) {
        this.fault = fault;
        this.passed = Optional.of(passed);
    }
}
