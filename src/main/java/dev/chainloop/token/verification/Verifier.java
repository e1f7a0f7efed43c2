package dev.chainloop.token.verification;

import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.io.NamedFile;
import dev.chainloop.token.io.Notes;
import dev.chainloop.token.io.StandardInput;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.KeyException;
import java.util.List;

/**
 * Reads the key that the user named, and verifies a token's signature with it.
 *
 * @param option what names the key: {@link #SECRET_FILE} or, for public keys, any other
 * @param file a file's name, or {@code -}
 * @param stdin read when the key is there
 */
public record Verifier(String option, String file, StandardInput stdin, Notes notes) {
    public static final String SECRET_FILE = "--secret-file";

    private static final int MAX_BYTES = 64 << 10;

    /**
     * Judges the signature of a token.
     *
     * @throws KeyException when there is no usable key. The message follows the name of the key's option, and quotes nothing
     *     that was read; it has no cause, because the libraries' messages can quote a key.
     */
    public Verification verify(String compact) throws KeyException, MalformedTokenException {
        return keys().judge(compact);
    }

    /** Whether the key comes from standard input, so that nothing else can. */
    public boolean readsStdin() {
        return List.of("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0").contains(file);
    }

    KeySet keys() throws KeyException {
        byte[] bytes;
        try {
            bytes = readsStdin()
                    ? stdin.open("the key", notes).readNBytes(MAX_BYTES + 1)
                    : NamedFile.read(Path.of(file), MAX_BYTES);
        } catch (InvalidPathException | IOException e) {
            throw new KeyException("cannot be read; check the path and its permissions");
        }
        if (bytes.length > MAX_BYTES) {
            throw new KeyException("is larger than 64 KiB; use a file that holds only the key");
        }
        return option.equals(SECRET_FILE) ? KeySet.secret(bytes) : KeySet.publicKeys(bytes);
    }

    /** The file may be a secret, named by mistake. */
    @Override
    public String toString() {
        return "Verifier[" + option + "]";
    }
}
