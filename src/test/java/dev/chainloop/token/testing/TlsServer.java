package dev.chainloop.token.testing;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server on loopback that speaks HTTPS, and answers everything with the same bytes. */
public final class TlsServer implements AutoCloseable {
    private static final String PASSWORD = "of the tests";

    private final HttpsServer server;

    private TlsServer(HttpsServer server) {
        this.server = server;
    }

    /** Writes the certificate that clients must trust into a file. */
    public static TlsServer with(Path certificate, byte[] answer) throws Exception {
        Path store = certificate.resolveSibling("store");
        keytool(store, "-genkeypair -alias server -keyalg EC -dname CN=test -storetype PKCS12 -ext san=ip:127.0.0.1");
        keytool(store, "-exportcert -alias server -rfc -file " + certificate);
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Files.delete(store);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
        return new TlsServer(server);
    }

    private static void keytool(Path store, String options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(options.split(" ", -1)));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Program.run(command.toArray(new String[0]));
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
