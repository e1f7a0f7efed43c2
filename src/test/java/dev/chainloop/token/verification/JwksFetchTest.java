package dev.chainloop.token.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.testing.SelfSigned;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Key sets from servers on this machine: good ones, and each way in which a fetch can fail. */
class JwksFetchTest {
    private static final Path SET = Path.of("src/test/resources/keys/jwks.json");

    @TempDir
    static Path folder;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private HttpServer http;
    private String base;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(executor);
        http.start();
        base = "http://127.0.0.1:" + http.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        http.stop(0);
        executor.shutdownNow();
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private void serve(String path, Answer answer) {
        serve(http, path, answer);
    }

    private static void serve(HttpServer server, String path, Answer answer) {
        server.createContext(path, exchange -> {
            try (exchange) {
                answer.to(exchange);
            }
        });
    }

    private static Answer body(String text) {
        return exchange -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private static Answer redirect(int status, String to) {
        return exchange -> {
            exchange.getResponseHeaders().add("Location", to);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    private static String set() throws IOException {
        return Files.readString(SET);
    }

    private static JwksFetch fetch() {
        return new JwksFetch(new Proxies(environment(Map.of())), List.of(), Duration.ofSeconds(5));
    }

    private static Environment environment(Map<String, String> variables) {
        return new Environment(variables, Environment.Platform.LINUX);
    }

    private KeySet get(String path) throws KeyException {
        return fetch().set(URI.create(base + path));
    }

    private void assertFails(String what, String path) {
        assertEquals(what, assertThrows(KeyException.class, () -> get(path)).what());
    }

    @Test
    void aSetIsRead() throws Exception {
        serve("/keys", body(set()));
        KeySet keys = get("/keys");
        assertEquals(
                List.of(Optional.of("ed25519"), Optional.of("rsa")),
                keys.keys().stream().map(VerificationKey::kid).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectOnTheSameHostIsFollowed(int status) throws Exception {
        serve("/old", redirect(status, "/new"));
        serve("/new", redirect(status, base + "/keys"));
        serve("/keys", body(set()));
        assertEquals(2, get("/old").keys().size());
    }

    @Test
    void aRedirectToAnotherHostIsNot() {
        serve("/keys", redirect(302, "http://localhost:" + http.getAddress().getPort() + "/other"));
        assertFails("redirects to another host", "/keys");
    }

    @Test
    void aRedirectWithoutAPlaceIsReported() {
        serve("/keys", exchange -> exchange.sendResponseHeaders(302, -1));
        assertFails("redirects without saying where", "/keys");
    }

    @Test
    void aRedirectInACircleEnds() {
        serve("/keys", redirect(302, "/keys"));
        assertFails("redirects more than 5 times", "/keys");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "ftp://127.0.0.1/keys", "jar:file:///x!/y", "http://user:pw@127.0.0.1/"})
    void aRedirectToWhatIsNotHttpIsNotFollowed(String place) {
        serve("/keys", redirect(302, place));
        String what = assertThrows(KeyException.class, () -> get("/keys")).what();
        assertTrue(
                List.of("redirects to another host", "leads to a URL that is not HTTPS")
                        .contains(what),
                what);
    }

    /** Answers that make the platform's client fail; each was once reported as a bug in this tool. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: =\r\n\r\n",
                "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\n\r\n",
                "HTTP/1.1 99999999999999 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
                "HTTP/1.1 100 Continue\r\n\r\n"
            })
    void anAnswerThatTheClientTripsOverIsReported(String answer) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            executor.execute(() -> repeat(server, answer));
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/keys");
            assertEquals(
                    "closes the connection, or does not speak HTTP",
                    assertThrows(KeyException.class, () -> fetch().set(url)).what());
        }
    }

    /** Sends the answer once, or forever if it says that another one follows. */
    private static void repeat(ServerSocket server, String answer) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                do {
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } while (answer.contains("100 Continue"));
            } catch (IOException e) {
                // The other side has given up, or the test is over.
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:65536/keys", "http://127.0.0.1:2147483647/"})
    void aPortBeyondTheLastIsReported(String place) throws Exception {
        String what = "leads to a URL with a port above 65535";
        serve("/keys", redirect(302, place));
        assertFails(what, "/keys");
        serve(
                "/.well-known/openid-configuration",
                body("{\"issuer\":\"" + base + "\",\"jwks_uri\":\"" + place + "\"}"));
        assertDiscoveryFails(what);
        assertEquals(
                what,
                assertThrows(KeyException.class, () -> fetch().set(URI.create(place)))
                        .what());
    }

    @Test
    void aHugeAnswerIsRefused() {
        serve("/keys", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            byte[] blanks = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 17; i++) {
                out.write(blanks);
            }
        });
        assertFails("answers with more than 1 MiB", "/keys");
    }

    @Test
    void anAnswerOfJustAMebibyteIsNot() throws Exception {
        String text = set();
        serve("/keys", body(text + " ".repeat((1 << 20) - text.length())));
        assertEquals(2, get("/keys").keys().size());
    }

    @Test
    void whatIsNotJsonIsReported() {
        serve("/keys", body("<html>sign in</html>"));
        assertFails("is not JSON", "/keys");
    }

    @Test
    void whatIsNotASetIsReported() {
        serve("/keys", body("{\"keys\":5}"));
        assertFails("is not a JWK set", "/keys");
    }

    @Test
    void aSetWithoutAnyKeyToUseIsReported() {
        serve(
                "/keys",
                body(
                        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"},{\"kty\":\"AKP\"},{\"kty\":\"RSA\",\"n\":\"!\"},5]}"));
        assertFails("is a JWK set without a key that can verify a signature", "/keys");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 401, 403, 404, 429, 500, 503})
    void anotherStatusIsReported(int status) {
        serve("/keys", exchange -> exchange.sendResponseHeaders(status, -1));
        assertFails("answers with status " + status + " and no key set", "/keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"before the header", "within the header", "within the body"})
    void aSlowAnswerIsNotWaitedFor(String where) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            executor.execute(() -> trickle(server, where));
            JwksFetch fetch = new JwksFetch(new Proxies(environment(Map.of())), List.of(), Duration.ofSeconds(1));
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/keys");
            long start = System.nanoTime();
            Deadline deadline = new Deadline(Duration.ofSeconds(1));
            KeyException fault = assertThrows(KeyException.class, () -> deadline.bound(() -> fetch.set(url)));
            assertEquals("did not send its full answer within 1 s", fault.what());
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 20);
        }
    }

    /** Sends a byte now and then for 40 s, so that no single wait is long. */
    private static void trickle(ServerSocket server, String where) {
        try (Socket socket = server.accept()) {
            OutputStream out = socket.getOutputStream();
            if (where.equals("within the header")) {
                out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            } else if (where.equals("within the body")) {
                out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            for (int tenths = 0; tenths < 400; tenths++) {
                Thread.sleep(100);
                if (!where.equals("before the header")) {
                    out.write('a');
                    out.flush();
                }
            }
        } catch (IOException | InterruptedException e) {
            // The other side has given up, as it should.
        }
    }

    @Test
    void whatIsNotHttpIsReported() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            executor.execute(() -> {
                for (int i = 0; i < 3; i++) {
                    try (Socket socket = server.accept()) {
                        socket.getOutputStream().write("SSH-2.0-server\r\n".getBytes(StandardCharsets.US_ASCII));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/keys");
            assertEquals(
                    "closes the connection, or does not speak HTTP",
                    assertThrows(KeyException.class, () -> fetch().set(url)).what());
        }
    }

    @Test
    void aClosedPortIsReported() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        URI url = URI.create("http://127.0.0.1:" + port + "/");
        assertEquals(
                "cannot be reached",
                assertThrows(KeyException.class, () -> fetch().set(url)).what());
    }

    @Test
    void aHostThatDoesNotExistIsReported() {
        URI url = URI.create("https://issuer.invalid/keys");
        assertEquals(
                "names a host that cannot be found",
                assertThrows(KeyException.class, () -> fetch().set(url)).what());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.0.2.1/keys",
                "http://issuer.example/keys",
                "http://localhost.example/",
                "HTTP://127.0.0.1.example/"
            })
    void plainHttpStaysOnThisMachine(URI url) {
        assertEquals(
                "leads to plain HTTP on another machine: anyone on the network path can change the keys",
                assertThrows(KeyException.class, () -> fetch().set(url)).what());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "keys.json",
                "https:/keys",
                "https://user:pw@127.0.0.1/",
                "mailto:a@b.example"
            })
    void otherUrlsAreRefused(URI url) {
        assertEquals(
                "leads to a URL that is not HTTPS",
                assertThrows(KeyException.class, () -> fetch().set(url)).what());
    }

    private void serveDiscovery(String document) throws IOException {
        serve("/.well-known/openid-configuration", body(document.replace("@BASE@", base)));
        serve("/keys", body(set()));
    }

    private void assertDiscoveryFails(String what) {
        assertEquals(
                what,
                assertThrows(KeyException.class, () -> fetch().discovered(base)).what());
    }

    @Test
    void anIssuersKeysAreDiscovered() throws Exception {
        serveDiscovery("{\"issuer\":\"@BASE@\",\"jwks_uri\":\"@BASE@/keys\"}");
        assertEquals(2, fetch().discovered(base).keys().size());
    }

    @Test
    void anIssuersKeysMayBeOnAnotherHost() throws Exception {
        serveDiscovery("{\"issuer\":\"@BASE@\",\"jwks_uri\":\"http://localhost:"
                + http.getAddress().getPort() + "/keys\"}");
        assertEquals(2, fetch().discovered(base).keys().size());
    }

    @Test
    void anIssuersSlashAtTheEndIsPartOfItsName() throws Exception {
        serveDiscovery("{\"issuer\":\"@BASE@/\",\"jwks_uri\":\"@BASE@/keys\"}");
        assertDiscoveryFails("answers with the discovery document of another issuer");
        assertEquals(2, fetch().discovered(base + "/").keys().size());
    }

    @Test
    void aDocumentOfAnotherIssuerIsRefused() throws Exception {
        serveDiscovery("{\"issuer\":\"https://attacker.example\",\"jwks_uri\":\"@BASE@/keys\"}");
        assertDiscoveryFails("answers with the discovery document of another issuer");
    }

    @Test
    void aDocumentWithoutKeysIsReported() throws Exception {
        serveDiscovery("{\"issuer\":\"@BASE@\",\"jwks_uri\":[]}");
        assertDiscoveryFails("publishes a discovery document without a jwks_uri");
    }

    @Test
    void aDocumentThatIsNotJsonIsReported() throws Exception {
        serveDiscovery("<html>");
        assertDiscoveryFails("publishes a discovery document that is not JSON");
    }

    @Test
    void keysOfPlainHttpElsewhereAreRefused() throws Exception {
        serveDiscovery("{\"issuer\":\"@BASE@\",\"jwks_uri\":\"http://issuer.example/keys\"}");
        assertDiscoveryFails("leads to plain HTTP on another machine: anyone on the network path can change the keys");
    }

    /** Where the discovery document of an HTTPS issuer on loopback may lead. */
    private static KeyException discoveredOverTls(ExecutorService executor, String keys) throws Exception {
        HttpsServer server = https(executor);
        try {
            String issuer = "https://127.0.0.1:" + server.getAddress().getPort();
            serve(
                    server,
                    "/.well-known/openid-configuration",
                    body("{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + keys + "\"}"));
            KeyRequest request = new KeyRequest.Discovery(issuer, Optional.of(folder.resolve("ca.pem")));
            return assertThrows(KeyException.class, () -> ring(Map.of()).get(request));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anHttpsIssuersKeysDoNotComeOverPlainHttpOnThisMachine() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        serve("/", exchange -> requests.incrementAndGet());
        assertEquals(
                "publishes its keys over plain HTTP, but is asked over HTTPS itself",
                discoveredOverTls(executor, base + "/keys").what());
        assertEquals(0, requests.get());
    }

    @Test
    void anHttpsIssuersRedirectDoesNotLeadToPlainHttp() throws Exception {
        HttpsServer server = https(executor);
        try {
            serve(server, "/moved", redirect(302, base + "/keys"));
            URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/moved");
            assertEquals(
                    "redirects from HTTPS to plain HTTP",
                    assertThrows(KeyException.class, () -> overTls(url, Map.of()))
                            .what());
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://10.1.2.3/keys, a private network",
        "https://172.31.255.255/keys, a private network",
        "https://192.168.0.1/keys, a private network",
        "https://100.64.0.1/keys, a private network",
        "https://169.254.169.254/latest, a link-local address",
        "https://[fe80::1]/keys, a link-local address",
        "https://[fd00:ec2::254]/keys, a private network",
        "https://[::ffff:10.1.2.3]/keys, a private network",
        "https://[64:ff9b::10.1.2.3]/keys, a private network",
        "https://inside.example/keys, a private network",
        "https://both.example/keys, a link-local address",
    })
    void anIssuersKeysAreNotWhereItIsNotItself(String keys, String place) throws Exception {
        serveDiscovery("{\"issuer\":\"@BASE@\",\"jwks_uri\":\"" + keys + "\"}");
        JwksFetch fetch = new JwksFetch(
                new Proxies(environment(Map.of())), List.of(), Duration.ofSeconds(5), JwksFetchTest::addresses);
        assertEquals(
                "publishes its keys on " + place + ", but is not there itself",
                assertThrows(KeyException.class, () -> fetch.discovered(base)).what());
    }

    private static InetAddress[] addresses(String host) throws UnknownHostException {
        InetAddress inside = InetAddress.getByAddress(new byte[] {10, 1, 2, 3});
        InetAddress local = InetAddress.getByAddress(new byte[] {(byte) 169, (byte) 254, 0, 1});
        InetAddress global = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        return switch (host) {
            case "inside.example" -> new InetAddress[] {inside};
            case "both.example" -> new InetAddress[] {global, local};
            default -> throw new UnknownHostException(host);
        };
    }

    @Test
    void keysOnAHostThatIsNotFoundAreReported() throws Exception {
        serveDiscovery("{\"issuer\":\"@BASE@\",\"jwks_uri\":\"https://issuer.invalid/keys\"}");
        assertDiscoveryFails("names a host that cannot be found");
    }

    @Test
    void anIssuerThatIsNotAUrlIsRefused() {
        assertEquals(
                "leads to a URL that is not HTTPS",
                assertThrows(KeyException.class, () -> fetch().discovered("cp.chainloop"))
                        .what());
    }

    private static HttpsServer https(ExecutorService executor) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.tls(folder.resolve("ca.pem"))));
        server.setExecutor(executor);
        serve(server, "/keys", body(set()));
        server.start();
        return server;
    }

    private static KeyRing ring(Map<String, String> variables) {
        return new KeyRing(environment(variables), StandardInput.taken(), sentence -> {});
    }

    private static KeySet overTls(URI url, Map<String, String> variables) throws KeyException {
        return ring(variables).get(new KeyRequest.SetUrl(url, Optional.of(folder.resolve("ca.pem"))));
    }

    @Test
    void aCustomAuthorityIsTrustedWhenNamed() throws Exception {
        HttpsServer server = https(executor);
        try {
            URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/keys");
            assertEquals(2, overTls(url, Map.of()).keys().size());
            assertEquals(
                    "presents a certificate of an authority that is not trusted here",
                    assertThrows(KeyException.class, () -> fetch().set(url)).what());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        HttpsServer server = https(executor);
        try {
            URI url = URI.create("https://localhost:" + server.getAddress().getPort() + "/keys");
            assertEquals(
                    "cannot be asked over TLS: its certificate is not for this host, or it supports no TLS version"
                            + " known here",
                    assertThrows(KeyException.class, () -> overTls(url, Map.of()))
                            .what());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void plainHttpWhereTlsIsExpectedIsReported() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answerInPlain(plain));
            server.setDaemon(true);
            server.start();
            URI url = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/keys");
            assertEquals(
                    "cannot be asked over TLS: its certificate is not for this host, or it supports no TLS version"
                            + " known here",
                    assertThrows(KeyException.class, () -> fetch().set(url)).what());
        }
    }

    private static void answerInPlain(ServerSocket plain) {
        while (!plain.isClosed()) {
            try (Socket socket = plain.accept()) {
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                return;
            }
        }
    }

    @Test
    void aFileWithoutAnAuthorityIsReported() {
        KeyRequest request = new KeyRequest.SetUrl(URI.create(base), Optional.of(SET));
        assertEquals(
                "cannot be asked: the --ca file holds no certificate in PEM",
                assertThrows(KeyException.class, () -> ring(Map.of()).get(request))
                        .what());
    }

    @Test
    void theProxyIsAsked() throws Exception {
        HttpsServer server = https(executor);
        try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            StringBuilder asked = new StringBuilder();
            executor.execute(() -> tunnel(proxy, server.getAddress().getPort(), asked));
            Map<String, String> variables = Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.getLocalPort());

            assertEquals(
                    2,
                    overTls(URI.create("https://issuer.example/keys"), variables)
                            .keys()
                            .size());
            assertEquals("CONNECT issuer.example:443 HTTP/1.1", asked.toString());
        } finally {
            server.stop(0);
        }
    }

    private void tunnel(ServerSocket proxy, int port, StringBuilder asked) {
        try (Socket client = proxy.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) client.getInputStream().read());
            }
            asked.append(head.substring(0, head.indexOf("\r\n")));
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            executor.execute(() -> copy(client, server));
            copy(server, client);
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side has closed.
        }
    }
}
