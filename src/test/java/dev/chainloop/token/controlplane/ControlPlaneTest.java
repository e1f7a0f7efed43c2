package dev.chainloop.token.controlplane;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.http.Patience;
import dev.chainloop.token.http.UnreachableException;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.testing.FakeControlPlane;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, and each way in which it can fail, with a server that uses another gRPC library. */
class ControlPlaneTest {
    @RegisterExtension
    static final FakeControlPlane server = new FakeControlPlane();

    private static Endpoint endpoint(String address, @Nullable String authority, boolean plainText) {
        return new Endpoint(
                Endpoint.address(address).orElseThrow(), "default", Optional.ofNullable(authority), plainText);
    }

    private static Endpoint plain(String name) {
        return endpoint(server.address(name), null, true);
    }

    private static Endpoint tls(String name) {
        return endpoint(server.address(name), server.authority().toString(), false);
    }

    private static void assertAccepted(Endpoint endpoint, Map<String, String> variables) throws Exception {
        Answers answers = ask(endpoint, TokenMint.API_TOKEN, variables, Duration.ofSeconds(20));
        assertTrue(answers.replies().get(0).accepts());
    }

    private static Answers ask(Endpoint endpoint, String payload, Map<String, String> variables, Duration timeout)
            throws UnreachableException {
        Optional<Audience> kind =
                payload.equals(TokenMint.USER) ? Optional.of(Audience.USER) : Optional.of(Audience.API_TOKEN);
        return new ControlPlane(
                        endpoint,
                        new Environment(variables, Environment.Platform.LINUX),
                        InstantSource.fixed(Instant.EPOCH),
                        new Patience(timeout, sentence -> {}),
                        "1.2.3")
                .ask(TokenMint.token(payload), kind, List.of(), "acme");
    }

    private static Answers ask(Endpoint endpoint) throws UnreachableException {
        return ask(endpoint, TokenMint.API_TOKEN, Map.of(), Duration.ofSeconds(20));
    }

    private static UnreachableException fault(Endpoint endpoint) {
        return assertThrows(UnreachableException.class, () -> ask(endpoint));
    }

    @Test
    void theCallsAreThoseOfTheCli() throws Exception {
        Answers answers = ask(plain("plain"), TokenMint.USER, Map.of(), Duration.ofSeconds(20));
        assertEquals(Optional.of("v1.106.1"), answers.version());
        assertEquals(List.of(new Answers.Membership("acme", "admin", true)), answers.memberships());
        List<JsonNode> calls = server.calls();
        assertEquals(
                List.of(
                        "/controlplane.v1.StatusService/Infoz",
                        "/controlplane.v1.ContextService/Current",
                        "/controlplane.v1.UserService/ListMemberships",
                        "/controlplane.v1.AttestationService/GetContract"),
                calls.stream().map(call -> call.get("method").asText()).toList());
        for (JsonNode call : calls) {
            assertEquals(0, call.get("request").asInt());
            assertEquals(
                    "chainloop-token-1.2.3",
                    call.get("metadata").get("chainloop-cli-version").asText());
        }
        assertFalse(calls.get(0).get("metadata").has("authorization"), "the version is asked for without the token");
        JsonNode metadata = calls.get(1).get("metadata");
        assertEquals(
                "Bearer " + TokenMint.token(TokenMint.USER),
                metadata.get("authorization").asText());
        assertEquals("acme", metadata.get("chainloop-organization").asText());
    }

    /** Their numbers are those of the protocol; a later server may have more. */
    @Test
    void eachRoleHasItsWord() throws Exception {
        server.set("{\"roles\":[[\"a\",0],[\"b\",1],[\"c\",2],[\"d\",3],[\"e\",4],[\"f\",5],[\"g\",6]]}");
        assertEquals(
                List.of("no role", "viewer", "admin", "owner", "member", "contributor", "role 6"),
                ask(plain("plain"), TokenMint.USER, Map.of(), Duration.ofSeconds(20)).memberships().stream()
                        .map(Answers.Membership::role)
                        .toList());
    }

    @Test
    void aCustomAuthorityIsTrustedAsAFileAsPemAndAsBase64() throws Exception {
        String pem = Files.readString(server.authority());
        String base64 = Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
        for (String authority : List.of(server.authority().toString(), pem, base64)) {
            assertAccepted(endpoint(server.address("tls"), authority, false), Map.of());
        }
    }

    /** A pipe that nobody writes to once made it wait until its time was over; a device can be endless. */
    @ParameterizedTest
    @ValueSource(strings = {"pipe", "link", ".", "/dev/zero", "/dev/null"})
    void anAuthorityThatIsNoRegularFileIsRefused(String name, @TempDir Path own) throws Exception {
        Path pipe = own.resolve("pipe");
        assertEquals("", Program.run("mkfifo", pipe.toString()));
        Files.createSymbolicLink(own.resolve("link"), pipe);
        String authority = own.resolve(name).toString();
        assertEquals(
                "cannot be asked: the certificate authority given for it is a folder, a pipe or a device",
                fault(endpoint(server.address("tls"), authority, false)).what());
    }

    @Test
    void theSystemsAuthoritiesAreTrustedToo() throws Exception {
        Map<String, String> variables =
                Map.of("SSL_CERT_FILE", server.authority().toString());
        assertAccepted(endpoint(server.address("tls"), null, false), variables);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            page | true | closes the connection, or does not speak gRPC
            tlsPage | false | only speaks HTTP/1.1, so it is not a control plane
            broken | true | closes the connection, or does not speak gRPC
            broken | false | closes the connection, or does not speak gRPC
            tls | true | closes the connection, or does not speak gRPC
            plain | false | cannot be asked over TLS
            other | false | presents a certificate for another host
            """)
    void aServerThatIsNotAControlPlaneIsReported(String name, boolean plainText, String what) throws Exception {
        assertEquals(what, fault(plainText ? plain(name) : tls(name)).what());
        assertEquals(List.of(), server.calls());
    }

    @Test
    void anAuthorityThatNobodyTrustsIsReported() {
        assertEquals(
                "presents a certificate of an authority that is not trusted here",
                fault(endpoint(server.address("tls"), null, false)).what());
    }

    @Test
    void aClosedPortAndAHostThatDoesNotExistAreReported() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertEquals(
                "cannot be reached: the connection is refused",
                fault(endpoint("127.0.0.1:" + port, null, true)).what());
        assertEquals(
                "cannot be found",
                fault(endpoint("control-plane.invalid:443", null, true)).what());
    }

    @Test
    void anIpv6AddressIsAsked() throws Exception {
        String port = server.address("plain").replaceAll(".*:", "");
        assertAccepted(endpoint("[::ffff:127.0.0.1]:" + port, null, true), Map.of());
    }

    @Test
    void aProxyThatCannotBeReachedIsReported() {
        Map<String, String> variables = Map.of("HTTPS_PROXY", "http://127.0.0.1:1", "NO_PROXY", "x");
        assertThrows(
                UnreachableException.class, () -> assertAccepted(endpoint("cp.example:1", null, false), variables));
    }

    @Test
    void aSlowServerIsLeft() throws Exception {
        server.set("{\"slow\":\"Current\"}");
        long start = System.nanoTime();
        UnreachableException fault = assertThrows(
                UnreachableException.class,
                () -> ask(plain("plain"), TokenMint.API_TOKEN, Map.of(), Duration.ofSeconds(2)));
        assertEquals("did not send its full answer within 2 s", fault.what());
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 4500);
    }

    @Test
    void anotherServicesServerIsAskedAboutNothingMore() throws Exception {
        server.set("{\"foreign\":true}");
        assertEquals(
                "is a gRPC server, but not a control plane",
                fault(plain("plain")).what());
        assertEquals(
                List.of("/controlplane.v1.StatusService/Infoz"),
                server.calls().stream().map(call -> call.get("method").asText()).toList());
    }

    @Test
    void theTokenIsCutOutOfTheServersWords() throws Exception {
        server.set("{\"echo\":\"who are you, TOKEN?\"}");
        assertEquals(
                "who are you, Bearer <not shown>",
                ask(plain("plain")).replies().get(0).message());
    }

    @Test
    void theServersWordsAndAnswersAreBounded() throws Exception {
        server.set("{\"echo\":\"" + "long ".repeat(1000) + "\"}");
        assertEquals(300, ask(plain("plain")).replies().get(0).message().length());
        server.set("{\"gigantic\":true}");
        assertEquals(
                "answers with more data than a control plane would",
                fault(plain("plain")).what());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"infoz\":\"UNAUTHENTICATED\"}",
                "{\"infoz\":\"NOT_FOUND\"}",
                "{\"infoz\":\"DEADLINE_EXCEEDED\"}",
                "{\"version\":\"\"}",
                "{\"version\":\"1.2.3\"}",
                "{\"version\":\"developer\"}",
                "{\"version\":\"vault\"}",
            })
    void aServerWhoseFirstAnswerIsNoControlPlanesGetsNoToken(String state) throws Exception {
        server.set(state);
        assertEquals(
                "is a gRPC server, but not a control plane",
                fault(plain("plain")).what());
        assertEquals(1, server.calls().size());
    }

    @Test
    void aWebServersRedirectInTheFormOfGrpcGetsNoToken() throws Exception {
        fault(plain("found"));
        assertEquals(1, server.calls().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "v1", "v1.106.1", "v1.106.1-ee+abc", "v2.0.0~rc1"})
    void aServerWithAVersionIsAskedOn(String version) throws Exception {
        server.set("{\"version\":\"" + version + "\"}");
        assertEquals(Optional.of(version), ask(plain("plain")).version());
    }

    @Test
    void aCertificateWithoutASubjectAlternativeNameIsRefused() throws Exception {
        String address = server.address("unnamed").replace("127.0.0.1", "localhost");
        Endpoint endpoint = endpoint(address, server.authority().toString(), false);
        assertEquals("presents a certificate for another host", fault(endpoint).what());
        assertEquals(List.of(), server.calls());
    }

    /** Once 35 s for 40,000 empty organizations in one. */
    @ParameterizedTest
    @CsvSource({"bomb, 500000", "crowd, 100000"})
    void manyOrganizationsTakeNoTimeToRead(String what, int count) throws Exception {
        server.set("{\"" + what + "\":" + count + "}");
        Answers answers = assertTimeoutPreemptively(
                Duration.ofSeconds(15), () -> ask(plain("plain"), TokenMint.USER, Map.of(), Duration.ofSeconds(10)));
        assertTrue(answers.memberships().size() <= 100);
        assertEquals(what.equals("bomb") ? 0 : count - 100, answers.further());
    }

    @Test
    void theServersClockIsRead() throws Exception {
        server.set("{\"date\":\"Thu, 01 Jan 2026 01:00:00 GMT\"}");
        assertEquals(
                Optional.of(Instant.parse("2026-01-01T01:00:00Z")),
                ask(plain("plain")).serverTime());
    }

    @Test
    void theProxyOfTheVariableIsAskedForTheNamedHostAlone() throws Exception {
        String address = server.address("tls");
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        Endpoint endpoint = endpoint("cp.example:443", server.authority().toString(), false);
        try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = new CompletableFuture<>();
            Thread tunnel = new Thread(() -> tunnel(proxy, port, asked));
            tunnel.setDaemon(true);
            tunnel.start();
            Map<String, String> variables = Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.getLocalPort());
            assertAccepted(endpoint, variables);
            assertEquals("CONNECT cp.example:443 HTTP/1.1", asked.get());
        }
    }

    /** Without the proxy, TLS that fails may mean plain text; through one, nobody is told to use that. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n\r\nno TLS, no HTTP/2",
                "HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\n\r\n",
                "garbage\r\n\r\n"
            })
    void aProxyThatMisbehavesIsNamed(String answer) throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answer(proxy, answer));
            thread.setDaemon(true);
            thread.start();
            Map<String, String> variables = Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.getLocalPort());
            UnreachableException fault = assertThrows(
                    UnreachableException.class,
                    () -> assertAccepted(endpoint("cp.example:443", null, false), variables));
            assertTrue(fault.what().contains("the proxy in $HTTPS_PROXY"), fault.what());
            assertFalse(fault.remedy().contains("--insecure"), fault.remedy());
        }
    }

    private static void answer(ServerSocket proxy, String answer) {
        try {
            while (true) {
                try (Socket client = proxy.accept()) {
                    client.getInputStream().read(new byte[4096]);
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private static void tunnel(ServerSocket proxy, int port, CompletableFuture<String> asked) {
        try (Socket client = proxy.accept();
                Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                head.append((char) client.getInputStream().read());
            }
            asked.complete(head.substring(0, head.indexOf("\r\n")));
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Thread back = new Thread(() -> copy(target, client));
            back.setDaemon(true);
            back.start();
            copy(client, target);
        } catch (IOException e) {
            asked.completeExceptionally(e);
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
