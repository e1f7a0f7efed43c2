package dev.chainloop.token.controlplane;

import dev.chainloop.token.io.NamedFile;
import dev.chainloop.token.io.Notes;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.verification.KnownAuthorities;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** The certificate authorities trusted for a control plane: the platform's, the system's, and optionally one's own. */
final class Authorities {
    private static final int MAX_BYTES = 1 << 20;

    private final Environment environment;
    private final Notes notes;

    /** With notes for when the user's own file is being waited for. */
    Authorities(Environment environment, Notes notes) {
        this.environment = environment;
        this.notes = notes;
    }

    /**
     * Makes sockets that trust all of them.
     *
     * @param own one's own authority: a file's name, PEM, or base64 of PEM
     */
    SSLSocketFactory sockets(Optional<String> own) throws UnreachableException {
        List<Certificate> trusted = new ArrayList<>(KnownAuthorities.of(environment));
        if (own.isPresent()) {
            trusted.addAll(certificates(own.get()));
        }
        return KnownAuthorities.sockets(trusted);
    }

    private Collection<? extends Certificate> certificates(String own) throws UnreachableException {
        try {
            Collection<? extends Certificate> certificates = read(pem(own));
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (CertificateException e) {
            // Reported below.
        } catch (IOException e) {
            throw new UnreachableException(
                    "cannot be asked: the file with its authority's certificate cannot be read",
                    "Check the path and its permissions.");
        }
        throw new UnreachableException(
                "cannot be asked: the certificate authority given for it holds no certificate that can be read",
                "Give a PEM file (BEGIN CERTIFICATE), its text, or its text in base64.");
    }

    private byte[] pem(String own) throws IOException, UnreachableException {
        if (own.contains("-----BEGIN ")) {
            return own.getBytes(StandardCharsets.US_ASCII);
        }
        try {
            Path file = Path.of(own);
            if (Files.exists(file)) {
                byte[] bytes = NamedFile.read(file, MAX_BYTES, notes, "the file with the authority's certificate");
                if (bytes.length > MAX_BYTES) {
                    throw new IOException("larger than 1 MiB");
                }
                return bytes;
            }
        } catch (InvalidPathException e) {
            // Then it is no file name.
        }
        try {
            return Base64.getMimeDecoder().decode(own);
        } catch (IllegalArgumentException e) {
            throw new UnreachableException(
                    "cannot be asked: the certificate authority given for it is neither an existing file, nor PEM,"
                            + " nor base64",
                    "Check the path.");
        }
    }

    private static Collection<? extends Certificate> read(byte[] pem) throws CertificateException {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
    }
}
