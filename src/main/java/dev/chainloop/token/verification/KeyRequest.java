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

    /** Where the key is, for a person; hostile text until sanitized. */
    default String place() {
        if (this instanceof SecretFile one) {
            return one.file().toString();
        }
        if (this instanceof SecretVariable one) {
            return "$" + one.name();
        }
        if (this instanceof KeyFile one) {
            return one.file().toString();
        }
        if (this instanceof SetFile one) {
            return one.file().toString();
        }
        return this instanceof SetUrl one ? one.url().toString() : ((Discovery) this).issuer();
    }

    /** Whether the key is in a file of this machine. */
    default boolean isFile() {
        return this instanceof SecretFile || this instanceof KeyFile || this instanceof SetFile;
    }
}
