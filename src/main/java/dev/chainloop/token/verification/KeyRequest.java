package dev.chainloop.token.verification;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Which key the user wants to verify with. */
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

    /** A JWK set at a URL; if a file of authorities is given, they are trusted instead of the platform's. */
    record SetUrl(URI url, Optional<Path> authorities) implements KeyRequest {}

    /** The JWK set that an issuer publishes, found by OpenID Connect discovery. */
    record Discovery(String issuer, Optional<Path> authorities) implements KeyRequest {}

    /** Whether a file name means standard input, which can be read only once. */
    static boolean isStdin(Path file) {
        return switch (file.toString()) {
            case "-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0" -> true;
            default -> false;
        };
    }

    /** Whether a key, or the authorities for a URL, come from standard input. */
    default boolean readsStdin() {
        if (this instanceof SecretFile one) {
            return isStdin(one.file());
        }
        if (this instanceof KeyFile one) {
            return isStdin(one.file());
        }
        if (this instanceof SetFile one) {
            return isStdin(one.file());
        }
        if (this instanceof SetUrl one) {
            return one.authorities().isPresent() && isStdin(one.authorities().get());
        }
        return this instanceof Discovery one
                && one.authorities().isPresent()
                && isStdin(one.authorities().get());
    }

    /** Whether it goes online. */
    default boolean isOnline() {
        return this instanceof SetUrl || this instanceof Discovery;
    }

    /** The option that asks for it. Errors name only the option: its value may be a secret given by mistake. */
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
