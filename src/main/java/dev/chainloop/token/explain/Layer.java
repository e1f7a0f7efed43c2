package dev.chainloop.token.explain;

import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Keyword;
import java.util.Map;
import java.util.Optional;

/**
 * Where a message arises, which decides what the token can have to do with it: authentication refuses any token,
 * authorization only a genuine one, and all else rules the token out. The signs are words of gRPC, Go, cobra and Chainloop;
 * by them, a message without a row is known, too. The first layer with a sign counts.
 */
public enum Layer implements Keyword {
    STORAGE(
            "a message of the artifact store",
            "the artifact store and its backend use their own tokens, which the control plane makes after it has"
                    + " accepted the CLI's",
            "cas.v1",
            "bytestream",
            "uploading",
            "downloading",
            "contacting api to get status",
            "checksum mismatch",
            "stored content does not match the requested digest",
            "cas backend"),
    OTHER_SERVICE(
            "a message of another service",
            "a service other than Chainloop says this, such as a container registry or a build tool",
            "unauthorized: authentication required",
            "denied: requested access to the resource is denied",
            "failed to solve",
            "failed to pull",
            "error response from daemon",
            "npm err!",
            "npm error"),
    AUTHENTICATION(
            "The server does not accept the sender",
            "the message does not say more than that",
            "code = unauthenticated",
            "authentication error"),
    AUTHORIZATION("The server refuses the request", "the message does not say more than that", "authorization error"),
    CONNECTION(
            "a message about the connection",
            "the server was not reached or does not know the call, or something else answered",
            "code = unavailable",
            "code = unimplemented",
            "code = deadlineexceeded",
            "context deadline exceeded",
            "connection error",
            "connection refused",
            "no such host",
            "dial tcp",
            "x509:",
            "proxy authentication required",
            "unexpected http status code"),
    SHELL(
            "a message of the shell",
            "the shell found no Chainloop CLI on the PATH",
            "chainloop: command not found",
            "chainloop: not found",
            "command not found: chainloop",
            "'chainloop' is not recognized"),
    COMMAND_LINE(
            "a message about the command line",
            "the CLI did not understand the command line",
            "unknown command",
            "unknown flag",
            "unknown shorthand flag",
            "required flag(s)",
            "flag needs an argument",
            "invalid argument",
            "arg(s), "),
    SERVER(
            "a message of the control plane about the request",
            "the control plane accepts it; what is not found may be in an organization other than the one in use",
            "contract \"",
            "contract not found"),
    /** What the CLI does by itself: its files, logins, attestations, policies, keys. */
    CLI(
            "a message of the CLI about its own work",
            "the CLI says this about its own files, logins, attestations or policies",
            "while parsing config",
            "creating config file",
            "writing config file",
            "config.toml: permission denied",
            "inappropriate ioctl for device",
            "the authentication process has expired",
            "the authentication was invalid, please try again",
            "retrieved invalid token",
            "attestation not yet initialized",
            "creating signer from keyref",
            "keyless signing not supported"),
    /** A report or a warning, after which the command goes on. */
    PROGRESS("Progress, not an error", "this line reports no refusal");

    /** The title of an unknown message of the layer: a sentence, or a phrase if the token has no part in it. */
    public final String title;

    /** Why the token has no part in it, a clause; for a layer of the token, how little is known. */
    public final String reason;

    @SuppressWarnings("ImmutableEnumChecker") // Nothing writes to it.
    private final String[] signs;

    Layer(String title, String reason, String... signs) {
        this.title = title;
        this.reason = reason;
        this.signs = signs;
    }

    /** Whether the token, or the lack of one, may be the cause. */
    boolean isOfToken() {
        return this == AUTHENTICATION || this == AUTHORIZATION;
    }

    /** Texts that contain a message's text and mean something else. */
    static Map<String, Layer> texts() {
        return Map.of(
                "API token revoked!", PROGRESS,
                "can't extract info for the auth token", PROGRESS,
                "UNAUTHORIZED: authentication required", OTHER_SERVICE,
                "Proxy Authentication Required", CONNECTION,
                "failed to resolve policy", AUTHORIZATION,
                "failed to resolve policy:", SERVER,
                "error retrieving the API token", AUTHENTICATION,
                "finding token: API token not found", SERVER);
    }

    /** The layer of a line without a known message; empty if the line has no sign. */
    static Optional<Layer> of(String line) {
        String lower = Form.lower(line);
        for (Layer layer : values()) {
            if (layer.hasSign(lower)) {
                return Optional.of(layer);
            }
        }
        return Optional.empty();
    }

    /** Whether a line in lower case has a sign of this layer. */
    boolean hasSign(String lower) {
        for (String sign : signs) {
            if (lower.contains(sign)) {
                return true;
            }
        }
        return false;
    }
}
