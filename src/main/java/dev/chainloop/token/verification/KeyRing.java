package dev.chainloop.token.verification;

import dev.chainloop.token.io.Hint;
import dev.chainloop.token.io.NamedFile;
import dev.chainloop.token.io.Notes;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.source.Environment;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Gets the keys that a user asked for. */
public final class KeyRing {
    static final int MAX_BYTES = 1 << 20;

    /** The limit for everything done online. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Environment environment;
    private final StandardInput stdin;
    private final Notes notes;

    /**
     * A key ring.
     *
     * @param environment the variables that hold secrets and name proxies
     * @param stdin read when the request names it
     * @param notes receives notes about what is being waited for
     */
    public KeyRing(Environment environment, StandardInput stdin, Notes notes) {
        this.environment = environment;
        this.stdin = stdin;
        this.notes = notes;
    }

    /**
     * Gets the keys; only two kinds of request go online.
     *
     * @throws KeyException when there is no key, or none that can verify a signature
     */
    KeySet get(KeyRequest request) throws KeyException {
        if (request instanceof KeyRequest.SecretFile one) {
            return KeySet.of(
                    VerificationKey.ofSecret(one.encoding().decode(bytes(one.file())), VerificationKey.Limits.NONE));
        }
        if (request instanceof KeyRequest.SecretVariable one) {
            Optional<String> value = environment.nonEmpty(one.name());
            if (value.isEmpty()) {
                throw new KeyException(
                        "names a variable that is unset or empty", "Set it to the secret, or use --secret-file.");
            }
            return KeySet.of(VerificationKey.ofSecret(one.encoding().decode(value.get()), VerificationKey.Limits.NONE));
        }
        if (request instanceof KeyRequest.KeyFile one) {
            return KeySet.of(key(bytes(one.file()), one.word()));
        }
        if (request instanceof KeyRequest.SetFile one) {
            return JwkReader.set(bytes(one.file()), true);
        }
        if (request instanceof KeyRequest.SetUrl one) {
            return fetch(one.authorities()).set(one.url());
        }
        KeyRequest.Discovery discovery = (KeyRequest.Discovery) request;
        return fetch(discovery.authorities()).discovered(discovery.issuer());
    }

    private JwksFetch fetch(Optional<Path> authorities) throws KeyException {
        if (authorities.isEmpty()) {
            return new JwksFetch(new Proxies(environment), KnownAuthorities.of(environment), TIMEOUT);
        }
        try {
            return new JwksFetch(
                    new Proxies(environment), PemKey.certificates(text(bytes(authorities.get()))), TIMEOUT);
        } catch (KeyException e) {
            throw new KeyException("cannot be asked: the --ca file " + e.what(), e.remedy());
        }
    }

    private static VerificationKey key(byte[] bytes, String file) throws KeyException {
        String text = text(bytes);
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

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte[] bytes(Path file) throws KeyException {
        boolean fromStdin = KeyRequest.isStdin(file);
        if (fromStdin && stdin.kind() == StandardInput.Kind.CLOSED) {
            // Descriptor 0 may be one of the JVM's own files.
            throw new KeyException("should come from stdin, but stdin is closed", "Give it there, or name a file.");
        }
        if (!fromStdin && Files.isDirectory(file)) {
            throw new KeyException("is a folder", "Name the file in it.");
        }
        if (!fromStdin && !Files.exists(file)) {
            throw new KeyException("does not exist", "Check the path.");
        }
        try {
            byte[] bytes = fromStdin ? stdin() : NamedFile.read(file, MAX_BYTES, notes, "the file with the key");
            if (bytes.length > MAX_BYTES) {
                throw new KeyException("is larger than 1 MiB", "Name a file that holds only a key.");
            }
            return bytes;
        } catch (FileNotFoundException e) {
            throw new KeyException("cannot be read: permission denied", "Run this as the file's owner.");
        } catch (IOException e) {
            throw new KeyException("cannot be read", "Check the path and the disk.");
        }
    }

    private byte[] stdin() throws IOException {
        Hint hint = Hint.after(notes, "waiting for the key on stdin");
        try {
            return stdin.stream().readNBytes(MAX_BYTES + 1);
        } finally {
            hint.end();
        }
    }
}
