package dev.chainloop.token.verification;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Which key the user wants to judge by. */
public sealed interface KeyRequest {
    /** A secret in a file. */
    record SecretFile(Path file, SecretEncoding encoding) implements KeyRequest {}

    /** A secret in a variable. */
    record SecretVariable(String name, SecretEncoding encoding) implements KeyRequest {}

    /**
     * A public key, a certificate or a JSON web key in a file.
     *
     * @param word the file's name as a word for a shell
     */
    record KeyFile(Path file, String word) implements KeyRequest {}

    /** A JWK set in a file. */
    record SetFile(Path file) implements KeyRequest {}

    /** A JWK set on the network; the authorities in a file are trusted in place of the platform's. */
    record SetUrl(URI url, Optional<Path> authorities) implements KeyRequest {}

    /** The JWK set that an issuer publishes, found by OpenID Connect discovery. */
    record Discovery(String issuer, Optional<Path> authorities) implements KeyRequest {}

    /** Whether it goes online. */
    default boolean isOnline() {
        return this instanceof SetUrl || this instanceof Discovery;
    }

    /** The option that asks for it. What the option says is not for an error: a secret may have slipped in there. */
    default String option() {
        if (this instanceof SecretFile) {
            return "--secret-file";
        }
        if (this instanceof SecretVariable) {
            return "--secret-env";
        }
        if (this instanceof KeyFile) {
            return "--key";
        }
        if (this instanceof SetFile) {
            return "--jwks";
        }
        return this instanceof SetUrl ? "--jwks-url" : "--discover";
    }
}
