package dev.chainloop.token.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509KeyManager;

/** A server's key with a certificate that signs itself, for 127.0.0.1 and issuer.example; made once for all tests. */
public final class SelfSigned {
    private static final String PASSWORD = "of-the-tests";
    private static final Map<String, X509KeyManager> KEYS = new ConcurrentHashMap<>();

    private SelfSigned() {}

    /** Its TLS. The certificate that clients must trust is written into a file. */
    public static SSLContext tls(Path certificate) throws Exception {
        return tls(certificate, "CN=test -ext san=ip:127.0.0.1,dns:issuer.example");
    }

    public static SSLContext tls(Path certificate, String subject) throws Exception {
        X509KeyManager key = KEYS.computeIfAbsent(subject, SelfSigned::make);
        byte[] encoded = key.getCertificateChain("server")[0].getEncoded();
        Files.writeString(
                certificate,
                "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
                        + "\n-----END CERTIFICATE-----\n");
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {key}, null, null);
        return context;
    }

    private static X509KeyManager make(String subject) {
        try {
            Path file = Files.createTempDirectory("key").resolve("store");
            List<String> command = new ArrayList<>();
            command.add(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            String arguments = "-J-XX:TieredStopAtLevel=1 -genkeypair -alias server -keyalg EC -storepass " + PASSWORD
                    + " -keystore " + file + " -dname " + subject;
            command.addAll(List.of(arguments.split(" ", -1)));
            Program.run(command.toArray(new String[0]));
            KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
            Files.delete(file);
            Files.delete(file.getParent());
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, PASSWORD.toCharArray());
            return (X509KeyManager) keys.getKeyManagers()[0];
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
