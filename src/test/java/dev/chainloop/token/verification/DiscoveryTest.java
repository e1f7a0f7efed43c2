package dev.chainloop.token.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs that go online, and whole runs that must not. */
class DiscoveryTest {
    @TempDir
    Path home;

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private String issuer;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        String document = "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer + "/keys\"}";
        String keys = Files.readString(Path.of("src/test/resources/keys/jwks.json"));
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                byte[] body = (exchange.getRequestURI().getPath().equals("/keys") ? keys : document)
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private CliRun.Result run(String token, String... args) {
        List<String> line = new ArrayList<>(List.of("verify", "-o", "shell"));
        line.addAll(List.of(args));
        return CliRun.withHome(home).stdin(token).run(line.toArray(new String[0]));
    }

    private String token() {
        return TokenMint.token(
                "{\"alg\":\"RS256\",\"kid\":\"rsa\"}", "{\"iss\":\"" + issuer + "\",\"aud\":\"chainloop\"}");
    }

    @Test
    void theIssuersKeysAreAskedFor() {
        CliRun.Result result = run(token(), "--discover", "--issuer", issuer);
        assertEquals("", result.err());
        assertEquals(0, result.status());
        assertEquals(List.of("GET /.well-known/openid-configuration", "GET /keys"), requests);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void redactHidesTheNameOfTheKey(String format) {
        String[] line = {"verify", "-o", format, "--discover", "--issuer", issuer};
        String[] redacted = {"verify", "-o", format, "--discover", "--issuer", issuer, "--redact"};
        String name = format.equals("json") ? "\"kid\": \"rsa\"" : "Key ID";
        assertTrue(CliRun.withHome(home).stdin(token()).run(line).out().contains(name));
        CliRun.Result result = CliRun.withHome(home).stdin(token()).run(redacted);
        assertEquals(0, result.status());
        assertFalse(result.out().contains(name), result.out());
    }

    @Test
    void aKeySetsUrlIsAskedAlone() {
        CliRun.Result result = run(token(), "--jwks-url", issuer + "/keys");
        assertEquals("", result.err());
        assertEquals(0, result.status());
        assertEquals(List.of("GET /keys"), requests);
    }

    @Test
    void aTokenCannotChooseWhomToAsk() {
        CliRun.Result result = run(token(), "--discover", "--issuer", "https://token.actions.githubusercontent.com");
        assertEquals(1, result.status());
        assertEquals(List.of(), requests);
    }

    @Test
    void aMalformedTokenAsksNobody() {
        CliRun.Result result = run("nonsense", "--discover", "--issuer", issuer);
        assertEquals(3, result.status());
        assertEquals(List.of(), requests);
    }

    @Test
    void urlsWithinATokenAreNotVisited() {
        String header =
                "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"jku\":\"" + issuer + "/jku\",\"x5u\":\"" + issuer + "/x5u\"}";
        String token = TokenMint.token(header, "{\"iss\":\"" + issuer + "\"}");
        CliRun.Result result = run(token, "--key", "src/test/resources/keys/ed25519.pem");
        assertEquals(1, result.status());
        assertEquals(List.of(), requests);
    }
}
