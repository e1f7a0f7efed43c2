package dev.chainloop.token.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server's key with a certificate that signs itself, for 127.0.0.1 and issuer.example; made once for all tests. */
public final class SelfSigned {
    private static final String PASSWORD = "of the tests";
    private static final Map<String, KeyStore> STORES = new ConcurrentHashMap<>();

    private SelfSigned() {}

    /** Its TLS. The certificate that clients must trust is written into a file. */
    public static SSLContext tls(Path certificate) throws Exception {
        return tls(certificate, "CN=test -ext san=ip:127.0.0.1,dns:issuer.example");
    }

    public static SSLContext tls(Path certificate, String subject) throws Exception {
        KeyStore store = STORES.computeIfAbsent(subject, SelfSigned::make);
        byte[] encoded = store.getCertificate("server").getEncoded();
        Files.writeString(
                certificate,
                "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
                        + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore make(String subject) {
        try {
            Path file = Files.createTempDirectory("key").resolve("store");
            List<String> command = new ArrayList<>();
            command.add(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            command.addAll(
                    List.of("-genkeypair", "-alias", "server", "-keyalg", "EC", "-storetype", "PKCS12", "-dname"));
            command.addAll(List.of(subject.split(" ", -1)));
            command.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
            Program.run(command.toArray(new String[0]));
            KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
            Files.delete(file);
            Files.delete(file.getParent());
            return store;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
