package dev.chainloop.token.testing;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that speaks HTTPS, and answers everything with the same bytes. */
public final class TlsServer implements AutoCloseable {
    private final HttpsServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private TlsServer(HttpsServer server) {
        this.server = server;
    }

    /** Writes the certificate that clients must trust into a file. */
    public static TlsServer with(Path certificate, byte[] answer) throws Exception {
        return with(certificate, answer, 0);
    }

    /** The same, which lets that many milliseconds pass before each answer. */
    public static TlsServer with(Path certificate, byte[] answer, long delay) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.tls(certificate)));
        TlsServer made = new TlsServer(server);
        server.createContext("/", exchange -> {
            try (exchange) {
                made.asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                Thread.sleep(delay);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        return made;
    }

    /** Each request: the method, the path with its query, and the header {@code Authorization}. */
    public List<String> asked() {
        return asked;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
