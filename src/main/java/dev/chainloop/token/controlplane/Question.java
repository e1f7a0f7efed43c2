package dev.chainloop.token.controlplane;

import dev.chainloop.token.core.Audience;
import java.util.List;
import java.util.Optional;

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
    /** An attestation's contract: checks what an attestation needs, also federated tokens and suspended organizations. */
    GET_CONTRACT("AttestationService/GetContract");

    private final String name;

    Question(String name) {
        this.name = name;
    }

    /**
     * The questions that can be asked about a kind of token, in order. Each sees something that those before it do not.
     * The audience of the former robot accounts is for attestations only.
     */
    static List<Question> about(Optional<Audience> kind, List<String> audience) {
        if (kind.isEmpty()) {
            return audience.contains("attestations.chainloop") ? List.of(GET_CONTRACT) : List.of(CURRENT, GET_CONTRACT);
        }
        return switch (kind.get()) {
            case USER -> List.of(CURRENT, LIST_MEMBERSHIPS, GET_CONTRACT);
            case API_TOKEN -> List.of(CURRENT, GET_CONTRACT);
            case GENERIC -> List.of(GET_CONTRACT);
        };
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
