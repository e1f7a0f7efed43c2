package dev.chainloop.token.controlplane;

import dev.chainloop.token.http.UnreachableException;

/** What is said of a server that does not answer as a control plane does. */
final class WrongServer {
    static final String CHECK_PORT = "Check the host and the port: it must be the control plane's gRPC port,"
            + " as in `control-plane.api` of the CLI's config file.";

    private WrongServer() {}

    /** It does something else; a phrase that follows its name. */
    static UnreachableException that(String does) {
        return new UnreachableException(does, CHECK_PORT);
    }

    /** It answers with another HTTP status than 200, or with another type than gRPC's. */
    static UnreachableException isForTheWeb() {
        return that("answers like a web server, not like a control plane");
    }

    static UnreachableException sendsTooMuch() {
        return that("answers with more data than a control plane would");
    }
}
