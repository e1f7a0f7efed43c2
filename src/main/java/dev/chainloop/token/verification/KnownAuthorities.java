package dev.chainloop.token.verification;

import dev.chainloop.token.source.Environment;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificate authorities that are trusted by default: the platform's and the system's. The Chainloop CLI trusts the
 * system's, and a separately installed Java or a native executable does not know what was added to them.
 */
public final class KnownAuthorities {
    private static final int MAX_BYTES = 1 << 20;

    /** Where systems keep them; the first that exists is used. */
    private static final List<String> FILES = List.of(
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/ssl/ca-bundle.pem",
            "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
            "/etc/ssl/cert.pem");

    private KnownAuthorities() {}

    /**
     * All of them; {@code $SSL_CERT_FILE} names a file that replaces the system's. A missing or unreadable file is
     * ignored.
     */
    public static List<X509Certificate> of(Environment environment) {
        List<X509Certificate> known = new ArrayList<>(platform());
        known.addAll(system(environment));
        return known;
    }

    private static List<X509Certificate> platform() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init((KeyStore) null);
            for (TrustManager manager : trust.getTrustManagers()) {
                if (manager instanceof X509TrustManager one) {
                    return List.of(one.getAcceptedIssuers());
                }
            }
            return List.of();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static List<X509Certificate> system(Environment environment) {
        Optional<String> named = environment.nonEmpty("SSL_CERT_FILE");
        for (String file : named.isPresent() ? List.of(named.get()) : FILES) {
            try {
                if (Files.isRegularFile(Path.of(file))) {
                    return read(Path.of(file));
                }
            } catch (IOException | CertificateException | InvalidPathException e) {
                return List.of();
            }
        }
        return List.of();
    }

    private static List<X509Certificate> read(Path file) throws IOException, CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        try (InputStream in = new FileInputStream(file.toFile())) {
            InputStream bounded = new ByteArrayInputStream(in.readNBytes(MAX_BYTES));
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(bounded)) {
                certificates.add((X509Certificate) one);
            }
        }
        return certificates;
    }

    /** Makes sockets that trust these authorities and no others. */
    public static SSLSocketFactory sockets(Collection<? extends Certificate> authorities) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate authority : authorities) {
                store.setCertificateEntry("authority-" + store.size(), authority);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }
}
