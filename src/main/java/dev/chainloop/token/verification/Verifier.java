package dev.chainloop.token.verification;

import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.io.NamedFile;
import dev.chainloop.token.io.Notes;
import dev.chainloop.token.io.StandardInput;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the key that the user named, and verifies a token's signature with it.
 *
 * @param stdin read when the key is there
 */
public record Verifier(Key key, StandardInput stdin, Notes notes) {
    private static final int MAX_BYTES = 1 << 20;

    /** Where the key is: a file's name, or {@code -}. */
    public record Key(Form form, String file) {
        @Override
        public String toString() {
            // The file may be a secret, given by mistake.
            return "Key[" + form.option + "]";
        }
    }

    /** How a key can be given. */
    public enum Form {
        SECRET_FILE("--secret-file"),
        /** A public key, a certificate or a JSON Web Key. */
        KEY_FILE("--key"),
        /** A JWK set. */
        KEY_SET("--jwks");

        private final String option;

        Form(String option) {
            this.option = option;
        }

        public String option() {
            return option;
        }
    }

    /** Verifies a token's signature. */
    public Verification verify(String compact) throws KeyException, MalformedTokenException {
        return keys().judge(compact);
    }

    /** Whether the key comes from standard input, so that nothing else can. */
    public boolean readsStdin() {
        return List.of("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0").contains(key.file);
    }

    /** The option that names the key. Errors name only the option: its value may be a secret given by mistake. */
    public String option() {
        return key.form.option;
    }

    KeySet keys() throws KeyException {
        byte[] bytes = readsStdin() ? piped() : file();
        if (bytes.length > MAX_BYTES) {
            throw new KeyException("is larger than 1 MiB", "Name a file that holds only a key.");
        }
        return switch (key.form) {
            case SECRET_FILE -> KeyReader.secret(bytes);
            case KEY_FILE -> KeyReader.single(bytes);
            case KEY_SET -> KeyReader.set(bytes);
        };
    }

    private byte[] file() throws KeyException {
        try {
            Path file = Path.of(key.file);
            if (!Files.exists(file) || Files.isDirectory(file)) {
                throw new KeyException(Files.exists(file) ? "is a folder" : "does not exist", "Check the path.");
            }
            return NamedFile.read(file, MAX_BYTES);
        } catch (InvalidPathException e) {
            throw new KeyException("has a name that cannot be encoded in this locale", "Set LC_ALL=C.UTF-8.");
        } catch (FileNotFoundException e) {
            throw new KeyException("cannot be read: permission denied", "Run this as the file's owner.");
        } catch (IOException e) {
            throw new KeyException("cannot be read", "Check the path and the disk.");
        }
    }

    private byte[] piped() throws KeyException {
        try {
            return stdin.open("the key", notes).readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new KeyException("cannot be read", "Give it again, or name a file.");
        }
    }
}
