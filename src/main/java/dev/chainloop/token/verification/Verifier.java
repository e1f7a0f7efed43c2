package dev.chainloop.token.verification;

import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.io.Hint;
import dev.chainloop.token.io.NamedFile;
import dev.chainloop.token.io.Notes;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.source.Environment;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Gets the key that the user named, and verifies a token's signature with it.
 *
 * @param environment the variables that hold secrets
 * @param stdin read when the key is there
 */
public record Verifier(Key key, Environment environment, StandardInput stdin, Notes notes) {
    private static final int MAX_BYTES = 1 << 20;
    /**
     * Which key to verify with.
     *
     * @param word the value as a word for a shell, for the commands that convert a key
     */
    public record Key(Form form, String value, String word) {
        @Override
        public String toString() {
            // The value may be a secret, given by mistake.
            return "Key[" + form.option + "]";
        }
    }

    /** How a key can be given. */
    public enum Form {
        SECRET_FILE("--secret-file"),
        SECRET_VARIABLE("--secret-env"),
        /** A public key, a certificate or a JSON Web Key in a file. */
        KEY_FILE("--key"),
        /** A JWK set in a file. */
        KEY_SET("--jwks");

        private final String option;

        Form(String option) {
            this.option = option;
        }

        public String option() {
            return option;
        }
    }

    /**
     * Verifies a token's signature.
     *
     * @throws KeyException also when the token is signed with a secret that only stands in what was given
     */
    public Verification verify(String compact) throws KeyException, MalformedTokenException {
        KeySet keys = keys();
        Verification judged = keys.judge(compact);
        boolean secret = key.form == Form.SECRET_FILE || key.form == Form.SECRET_VARIABLE;
        if (secret && judged.outcome() == Verification.Outcome.MISMATCH) {
            for (WrappedSecret way : WrappedSecret.values()) {
                for (byte[] taken : way.secrets(keys.keys().get(0).key().getEncoded())) {
                    if (KeySet.of(VerificationKey.ofSecret(taken, VerificationKey.Limits.NONE))
                            .judge(compact)
                            .isGenuine()) {
                        throw new KeyException("holds the secret " + way.what(), way.remedy());
                    }
                }
            }
        }
        return judged;
    }

    /** Whether the key comes from standard input, so that nothing else can. */
    public boolean readsStdin() {
        return key.form != Form.SECRET_VARIABLE
                && List.of("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0").contains(key.value);
    }

    /** The option that names the key. Errors name only the option: its value may be a secret given by mistake. */
    public String option() {
        return key.form.option;
    }

    KeySet keys() throws KeyException {
        return switch (key.form) {
            case SECRET_FILE -> KeySet.of(secret(file()));
            case SECRET_VARIABLE -> KeySet.of(secret(variable().getBytes(StandardCharsets.UTF_8)));
            case KEY_FILE -> KeySet.of(single(file()));
            // What is piped may have been fetched, and a published secret is none.
            case KEY_SET -> JwkReader.set(file(), !readsStdin());
        };
    }

    /** The bytes without one final line end, which text files have, and the secret does not. */
    private static VerificationKey secret(byte[] written) throws KeyException {
        int end = written.length;
        if (end > 0 && written[end - 1] == '\n') {
            end -= end > 1 && written[end - 2] == '\r' ? 2 : 1;
        }
        return VerificationKey.ofSecret(Arrays.copyOf(written, end), VerificationKey.Limits.NONE);
    }

    private String variable() throws KeyException {
        return environment
                .nonEmpty(key.value)
                .orElseThrow(() -> new KeyException(
                        "names a variable that is unset or empty", "Set it to the secret, or use --secret-file."));
    }

    private VerificationKey single(byte[] bytes) throws KeyException {
        String file = readsStdin() ? "/dev/stdin" : key.word;
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (PemKey.isPem(text)) {
            return PemKey.read(text, file);
        }
        if (text.strip().startsWith("{")) {
            return JwkReader.key(bytes);
        }
        if (text.startsWith("ssh-")) {
            throw new KeyException(
                    "holds an OpenSSH public key", "Convert it with `ssh-keygen -e -m PKCS8 -f " + file + "`.");
        }
        throw new KeyException(
                "holds neither PEM nor a JSON Web Key",
                "Convert a DER key to PEM with `openssl pkey -pubin -inform DER -in " + file + "`. Give a shared"
                        + " secret with --secret-file.");
    }

    private byte[] file() throws KeyException {
        if (readsStdin()) {
            return piped();
        }
        if (key.value.contains("://")) {
            throw new KeyException(
                    "is a URL, and this tool opens no connection", "Fetch it and pipe it in: curl -s URL | … --jwks -");
        }
        try {
            Path file = Path.of(key.value);
            if (Files.isDirectory(file)) {
                throw new KeyException("is a folder", "Name the file in it.");
            }
            if (!Files.exists(file)) {
                throw new KeyException("does not exist", "Check the path.");
            }
            return bounded(NamedFile.read(file, MAX_BYTES, notes, "the file with the key"));
        } catch (InvalidPathException e) {
            throw new KeyException("has a name that cannot be encoded in this locale", "Set LC_ALL=C.UTF-8.");
        } catch (FileNotFoundException e) {
            throw new KeyException("cannot be read: permission denied", "Run this as the file's owner.");
        } catch (IOException e) {
            throw new KeyException("cannot be read", "Check the path and the disk.");
        }
    }

    private byte[] piped() throws KeyException {
        if (stdin.kind() == Descriptor.Kind.CLOSED) {
            // Descriptor 0 may be one of the JVM's own files.
            throw new KeyException("should come from stdin, but stdin is closed", "Give it there, or name a file.");
        }
        Hint hint = Hint.after(notes, "waiting for the key on stdin");
        try {
            return bounded(stdin.stream().readNBytes(MAX_BYTES + 1));
        } catch (IOException e) {
            throw new KeyException("cannot be read", "Give it again, or name a file.");
        } finally {
            hint.end();
        }
    }

    private static byte[] bounded(byte[] bytes) throws KeyException {
        if (bytes.length > MAX_BYTES) {
            throw new KeyException("is larger than 1 MiB", "Name a file that holds only a key.");
        }
        return bytes;
    }
}
