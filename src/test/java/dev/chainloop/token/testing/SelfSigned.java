package dev.chainloop.token.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server's key with a certificate that signs itself, for 127.0.0.1 and issuer.example. */
public final class SelfSigned {
    private static final String PASSWORD = "of the tests";

    private SelfSigned() {}

    /** Its TLS. The certificate that clients must trust is written into a file, or is there from before. */
    public static SSLContext tls(Path certificate) throws Exception {
        return tls(certificate, "CN=test -ext san=ip:127.0.0.1,dns:issuer.example");
    }

    /** The same for a certificate of another subject. */
    public static SSLContext tls(Path certificate, String subject) throws Exception {
        Path store = certificate.resolveSibling("store");
        if (Files.notExists(store)) {
            keytool(store, "-genkeypair -alias server -keyalg EC -storetype PKCS12 -dname " + subject);
            keytool(store, "-exportcert -alias server -rfc -file " + certificate);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(Path store, String options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(options.split(" ", -1)));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Program.run(command.toArray(new String[0]));
    }
}
