package dev.chainloop.token.http;

import dev.chainloop.token.io.NamedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authorities that are trusted: the platform's, the system's, and one's own where the caller has some.
 * The Chainloop CLI trusts the system's, and a separately installed Java or a native executable does not know what was
 * added to them.
 */
public final class TrustAnchors {
    private static final int MAX_BYTES = 1 << 20;

    /** Where systems keep them; the first that exists is used. */
    private static final List<String> FILES = List.of(
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/ssl/ca-bundle.pem",
            "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
            "/etc/ssl/cert.pem");

    private TrustAnchors() {}

    /**
     * Sockets that trust all of them.
     *
     * @param variables gives the value of a variable that is set and not empty; {@code $SSL_CERT_FILE} names a file that
     *     replaces the system's, and is ignored when it cannot be read
     */
    public static SSLSocketFactory sockets(
            Function<String, Optional<String>> variables, Collection<? extends Certificate> own) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            List<Certificate> all = new ArrayList<>(system(variables.apply("SSL_CERT_FILE")));
            all.addAll(own);
            for (TrustManager manager : managers(null)) {
                if (manager instanceof X509TrustManager platform) {
                    all.addAll(List.of(platform.getAcceptedIssuers()));
                }
            }
            for (Certificate authority : all) {
                store.setCertificateEntry("authority-" + store.size(), authority);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(store), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    /** The server's certificate, if it has alternative names: Java, unlike the CLI, takes a host's name elsewhere, too. */
    public static Optional<X509Certificate> certificate(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate own
                            && own.getSubjectAlternativeNames() != null
                    ? Optional.of(own)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
            return Optional.empty();
        }
    }

    /** The managers that trust a store's certificates; the platform's without a store. */
    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }

    private static Collection<? extends Certificate> system(Optional<String> named) {
        for (String file : named.isPresent() ? List.of(named.get()) : FILES) {
            try {
                if (Files.isRegularFile(Path.of(file))) {
                    return certificates(read(Path.of(file)));
                }
            } catch (IOException | CertificateException | InvalidPathException e) {
                return List.of();
            }
        }
        return List.of();
    }

    /**
     * Certificates in the forms that the Chainloop CLI takes: the name of a PEM file, PEM, or base64 of PEM. A pipe is not
     * read: a name in a config file must not make a command wait for whoever writes to it.
     */
    public static Collection<? extends Certificate> own(String text) throws UnreachableException {
        try {
            Collection<? extends Certificate> certificates = certificates(pem(text));
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (CertificateException | IOException | IllegalArgumentException e) {
            // Reported below, without the value.
        }
        throw new UnreachableException(
                "cannot be asked: the certificate authority given for it has no certificate that can be read",
                "Give a PEM file (BEGIN CERTIFICATE), its text, or its text in base64; check the path and its"
                        + " permissions.");
    }

    private static byte[] pem(String text) throws IOException, UnreachableException {
        if (text.contains("-----BEGIN ")) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
        try {
            Path file = Path.of(text);
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new UnreachableException(
                        "cannot be asked: the certificate authority given for it is a folder, a pipe or a device",
                        "Give a regular PEM file, its text, or its text in base64.");
            }
            if (Files.exists(file)) {
                return read(file);
            }
        } catch (InvalidPathException e) {
            // Then it is no file name.
        }
        return Base64.getMimeDecoder().decode(text);
    }

    private static byte[] read(Path file) throws IOException {
        byte[] bytes = NamedFile.read(file, MAX_BYTES);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("larger than 1 MiB");
        }
        return bytes;
    }

    private static Collection<? extends Certificate> certificates(byte[] pem) throws CertificateException {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
    }
}
