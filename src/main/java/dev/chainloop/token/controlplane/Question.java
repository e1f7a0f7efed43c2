package dev.chainloop.token.controlplane;

/**
 * The calls that are made. Their requests are empty: the server checks the token before it reads the request, and an
 * empty one changes nothing.
 */
public enum Question {
    /** Tells the server's version; answered without a token. */
    INFOZ("StatusService/Infoz"),
    /** Whose token it is: checks its signature, times, revocation, user, and the user's organization. */
    CURRENT("ContextService/Current"),
    /** A user's organizations and roles; the first call to which the allow-list applies. */
    LIST_MEMBERSHIPS("UserService/ListMemberships"),
    /**
     * An attestation's contract: checks as for attestations, including federated tokens and suspended organizations.
     */
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
