package dev.chainloop.token.http;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.SelfSigned;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of a server on this machine: a good one, and each way in which one can fail. */
class HttpGetTest {
    private static final String NOT_HTTP = "closes the connection, or does not speak HTTPS";

    @TempDir
    static Path folder;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Map<String, String> variables = new HashMap<>();
    private final CompletableFuture<String> asked = new CompletableFuture<>();
    private ServerSocket server;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private Duration patience = Duration.ofSeconds(20);

    @BeforeEach
    void start() throws Exception {
        Path authority = folder.resolve("ca.pem");
        listen(SelfSigned.tls(authority).getServerSocketFactory());
        variables.put("SSL_CERT_FILE", authority.toString());
    }

    private void listen(ServerSocketFactory sockets) throws IOException {
        server = sockets.createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        executor.shutdownNow();
    }

    private interface Answer {
        void to(OutputStream out) throws Exception;
    }

    /** Gives every request the same answer, and closes the connection. */
    private void serve(Answer answer) {
        executor.execute(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    asked.complete(head(socket));
                    answer.to(socket.getOutputStream());
                } catch (Exception e) {
                    // The other side has given up, or the test is over.
                }
            }
        });
    }

    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private byte[] get(String url, Map<String, String> headers) throws UnreachableException {
        return new HttpGet(name -> Optional.ofNullable(variables.get(name)), 2048, new Patience(patience, said::add))
                .body(URI.create(url.replace("PORT", "" + server.getLocalPort())), headers);
    }

    private String fault(String url) {
        return assertThrows(UnreachableException.class, () -> get(url, Map.of()))
                .what();
    }

    @Test
    void theBodyIsReadAndTheHeaderSent() throws Exception {
        serve(out -> write(out, "HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(2048)));
        assertEquals(2048, get("https://127.0.0.1:PORT/keys?a=b", Map.of("Authorization", "bearer x")).length);
        assertTrue(asked.get().startsWith("GET /keys?a=b HTTP/1.1\r\n"), asked.get());
        assertTrue(asked.get().contains("\r\nAuthorization: bearer x\r\n"), asked.get());
    }

    /** Some make the platform's client fail with an error of its own; each was once reported as a bug in this tool. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "204 No Content~~| answers with status 204",
                "404 Not Found~~| answers with status 404",
                "503 Unavailable~~| answers with status 503",
                "301 Moved~Location: https://127.0.0.1:PORT/new~~| redirects to another URL",
                "302 Found~Location: file:///etc/passwd~~| redirects to another URL",
                "307 Temporary~~| redirects to another URL",
                "401 Unauthorized~WWW-Authenticate: =~~| " + NOT_HTTP,
                "407 Proxy Authentication Required~Proxy-Authenticate: Negotiate~~| " + NOT_HTTP,
                "99999999999999 OK~~| " + NOT_HTTP,
                "200 OK~Transfer-Encoding: chunked~~ffffffffffffffff~{}| " + NOT_HTTP,
                "200 OK~Content-Length: 9~~cut| " + NOT_HTTP,
            })
    void anyOtherAnswerIsReported(String answer, String what) {
        serve(out -> write(out, "HTTP/1.1 " + answer.replace("~", "\r\n")));
        assertEquals(what, fault("https://127.0.0.1:PORT/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SSH-2.0-server\r\n"})
    void whatIsNotHttpIsReported(String answer) {
        serve(out -> write(out, answer));
        assertEquals(NOT_HTTP, fault("https://127.0.0.1:PORT/"));
    }

    @Test
    void aHugeAnswerIsRefused() {
        serve(out -> write(out, "HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(2049)));
        assertEquals("answers with more than 2 KiB", fault("https://127.0.0.1:PORT/"));
    }

    /** 256 MB of it. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Field: value\r\n", "x", "\r\n\r\nHTTP/1.1 100 Continue"})
    void aHeaderThatNeverEndsIsReported(String part) {
        byte[] much = part.repeat((1 << 20) / part.length()).getBytes(StandardCharsets.US_ASCII);
        serve(out -> {
            write(out, "HTTP/1.1 " + (part.contains("100") ? "100 Continue" : "200 OK\r\nX-Long: "));
            for (int mebibytes = 0; mebibytes < 256; mebibytes++) {
                out.write(much);
            }
        });
        assertEquals(NOT_HTTP, fault("https://127.0.0.1:PORT/"));
    }

    /** A byte now and then, so that no single wait is long. */
    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nX-Slow: ", "HTTP/1.1 200 OK\r\n\r\n"})
    void aServerThatTricklesIsLeft(String start) {
        serve(out -> {
            write(out, start);
            for (int tenths = 0; tenths < 400; tenths++) {
                Thread.sleep(100);
                write(out, start.isEmpty() ? "" : "a");
            }
        });
        patience = Duration.ofSeconds(1);
        long before = System.nanoTime();
        assertEquals("did not send its full answer within 1 s", fault("https://127.0.0.1:PORT/"));
        assertTrue(Duration.ofNanos(System.nanoTime() - before).toSeconds() < 20);
    }

    @Test
    void anInterruptEndsTheWait() {
        serve(out -> Thread.sleep(40_000));
        Thread.currentThread().interrupt();
        assertEquals("was not waited for: the wait was interrupted", fault("https://127.0.0.1:PORT/"));
        assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/",
                "file:///etc/passwd",
                "keys.json",
                "https:/keys",
                "https://user:pw@127.0.0.1/",
                "https://127.0.0.1:65536/"
            })
    void onlyHttpsIsAsked(String url) {
        assertEquals("is not an HTTPS URL", fault(url));
    }

    @Test
    void anAuthorityThatNobodyTrustsIsReported() {
        serve(out -> write(out, "HTTP/1.1 200 OK\r\n\r\n"));
        variables.clear();
        assertEquals(
                "presents a certificate of an authority that is not trusted here", fault("https://127.0.0.1:PORT/"));
    }

    /** As the Chainloop CLI's library does, although the subject names the host; the header is not sent. */
    @Test
    void aCertificateWithoutASubjectAlternativeNameIsRefused(@TempDir Path own) throws Exception {
        server.close();
        listen(SelfSigned.tls(own.resolve("ca.pem"), "CN=localhost").getServerSocketFactory());
        variables.put("SSL_CERT_FILE", own.resolve("ca.pem").toString());
        serve(out -> write(out, "HTTP/1.1 200 OK\r\n\r\n"));
        assertEquals("presents a certificate for another host", fault("https://localhost:PORT/"));
        assertEquals("", asked.getNow(""));
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        serve(out -> write(out, "HTTP/1.1 200 OK\r\n\r\n"));
        assertEquals("presents a certificate for another host", fault("https://localhost:PORT/"));
    }

    @Test
    void plainTextWhereTlsIsExpectedIsReported() throws Exception {
        server.close();
        listen(ServerSocketFactory.getDefault());
        executor.execute(() -> {
            try (Socket socket = server.accept()) {
                write(socket.getOutputStream(), "HTTP/1.1 400 Bad Request\r\n\r\n");
            } catch (IOException e) {
                // The test is over.
            }
        });
        assertEquals(NOT_HTTP, fault("https://127.0.0.1:PORT/"));
    }

    @Test
    void aClosedPortAndAHostThatDoesNotExistAreReported() throws Exception {
        server.close();
        assertEquals("cannot be reached: the connection is refused", fault("https://127.0.0.1:PORT/"));
        assertEquals("cannot be found", fault("https://issuer.invalid/"));
    }

    @Test
    void theProxyIsAskedForATunnel() throws Exception {
        serve(out -> write(out, "HTTP/1.1 200 OK\r\n\r\n"));
        try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            variables.put("HTTPS_PROXY", "http://127.0.0.1:" + proxy.getLocalPort());
            CompletableFuture<String> tunnel = new CompletableFuture<>();
            executor.execute(() -> {
                try (Socket client = proxy.accept();
                        Socket target = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
                    tunnel.complete(head(client));
                    write(client.getOutputStream(), "HTTP/1.1 200 OK\r\n\r\n");
                    executor.execute(() -> copy(client, target));
                    copy(target, client);
                } catch (IOException e) {
                    tunnel.completeExceptionally(e);
                }
            });
            get("https://issuer.example/keys", Map.of("Authorization", "bearer x"));
            assertTrue(tunnel.get().startsWith("CONNECT issuer.example:443 HTTP/1.1\r\n"), tunnel.get());
            assertTrue(!tunnel.get().contains("bearer"), "the header is for the server alone");
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side has closed.
        }
    }
}
