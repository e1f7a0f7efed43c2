package dev.chainloop.token.controlplane;

/**
 * The calls that are made. Their requests are empty: the server judges the token before it looks at the request, and an
 * empty one changes nothing.
 */
public enum Question {
    /** Tells the server's version; answered without a token. */
    INFOZ("StatusService/Infoz"),
    /** Whose the token is: judges its signature, its time, its revocation, its user, and a user's organization. */
    CURRENT("ContextService/Current"),
    /** A user's organizations and roles; the first call to which the allow-list applies. */
    LIST_MEMBERSHIPS("UserService/ListMemberships"),
    /** An attestation's contract: judges as for attestations, federated tokens and suspended organizations too. */
    GET_CONTRACT("AttestationService/GetContract");

    private final String name;

    Question(String name) {
        this.name = name;
    }

    /** The service and the method, without the package that all of them are in. */
    public String shortName() {
        return name;
    }

    /** The full name of the method, as gRPC has it. */
    String method() {
        return "controlplane.v1." + name;
    }
}
