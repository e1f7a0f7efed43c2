package dev.chainloop.token.controlplane;

import com.google.common.net.HostAndPort;
import dev.chainloop.token.http.HttpsProxy;
import dev.chainloop.token.http.TrustAnchors;
import dev.chainloop.token.http.UnreachableException;
import dev.chainloop.token.source.Environment;
import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.Grpc;
import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.okhttp.internal.OkHostnameVerifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one control plane, for one call at a time. Only this class uses the gRPC library, whose
 * messages can quote what was sent: only messages that the server itself wrote are passed on.
 */
record Connection(
        Endpoint endpoint,
        boolean proxied,
        AtomicReference<@Nullable UnreachableException> fault,
        ManagedChannel channel)
        implements AutoCloseable {
    /** The largest answer: a hundred times what a user with many organizations gets. */
    private static final int MAX_BYTES = 1 << 20;

    /** All that a server may send: one answer of that size, and as much around the answers. */
    private static final int MAX_TOTAL = 2 * MAX_BYTES;

    /** The library logs to stderr by itself. Held here, because a logger without a reference loses its level. */
    private static final Logger LOG = Logger.getLogger("io.grpc");

    static {
        LOG.setLevel(Level.OFF);
    }

    /** No compressed messages are asked for, which could be of any size. */
    private static final DecompressorRegistry UNCOMPRESSED =
            DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false);

    private static final String CUT_OFF = "answers with a message that is cut off";

    private static final String CHECK_PROXY = "Check the variable; list hosts that need no proxy in $NO_PROXY.";

    /** Prepares a connection; nothing is sent before the first call. */
    static Connection to(Endpoint endpoint, Environment environment, String userAgent) throws UnreachableException {
        HostAndPort address = endpoint.address();
        OkHttpChannelBuilder builder = OkHttpChannelBuilder.forAddress(address.getHost(), address.getPort());
        AtomicReference<@Nullable UnreachableException> fault = new AtomicReference<>();
        UnaryOperator<InputStream> check = in -> new CheckedInput(in, MAX_TOTAL, fault::set);
        if (endpoint.plainText()) {
            builder.usePlaintext().socketFactory(CheckedSockets.plain(check));
        } else {
            String own = endpoint.authority().orElse("");
            SSLSocketFactory tls =
                    TrustAnchors.sockets(environment::nonEmpty, own.isEmpty() ? List.of() : TrustAnchors.own(own));
            builder.sslSocketFactory(CheckedSockets.tls(tls, check));
        }
        Proxy proxy = proxy(address, environment);
        ManagedChannel channel = builder.proxyDetector(target -> through(proxy, target))
                .overrideAuthority(address.toString())
                .hostnameVerifier(
                        (host, session) -> TrustAnchors.certificate(session).isPresent()
                                && OkHostnameVerifier.INSTANCE.verify(host, session))
                .disableServiceConfigLookUp()
                .disableRetry()
                .directExecutor()
                .maxInboundMessageSize(MAX_BYTES)
                .maxInboundMetadataSize(CheckedInput.MAX_HEADER)
                .decompressorRegistry(UNCOMPRESSED)
                .userAgent(userAgent)
                .build();
        return new Connection(endpoint, proxy.type() != Proxy.Type.DIRECT, fault, channel);
    }

    private static Proxy proxy(HostAndPort address, Environment environment) throws UnreachableException {
        Proxy proxy = HttpsProxy.of(environment::nonEmpty, address.getHost());
        if (proxy.address() instanceof InetSocketAddress one && one.isUnresolved()) {
            throw new UnreachableException("cannot be asked: the proxy in $HTTPS_PROXY cannot be found", CHECK_PROXY);
        }
        return proxy;
    }

    private static @Nullable HttpConnectProxiedSocketAddress through(Proxy proxy, SocketAddress target) {
        return proxy.type() == Proxy.Type.DIRECT
                ? null
                : HttpConnectProxiedSocketAddress.newBuilder()
                        .setProxyAddress(proxy.address())
                        .setTargetAddress((InetSocketAddress) target)
                        .build();
    }

    /** What came back: the server's status, its trailers and headers, the message, and over TLS the session. */
    record Result(
            Status status,
            Metadata trailers,
            Metadata headers,
            Message body,
            @Nullable SSLSession session) {
        int code() {
            return status.getCode().value();
        }

        /** The server's words; may be empty. */
        String words() {
            @Nullable String description = status.getDescription();
            return description == null ? "" : description;
        }

        /** The value of a header or trailer. */
        @Nullable
        String header(String name) {
            @Nullable String value = headers.get(ascii(name));
            return value == null ? trailers.get(ascii(name)) : value;
        }

        /** The status's details, a {@code google.rpc.Status}; empty when there are none. */
        Message details() {
            byte @Nullable [] details =
                    trailers.get(Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER));
            return details == null ? Message.EMPTY : Message.of(ByteBuffer.wrap(details));
        }

        /** The server's certificate; empty for plain text. */
        Optional<X509Certificate> certificate() {
            return session == null ? Optional.empty() : TrustAnchors.certificate(session);
        }

        @Override
        public String toString() {
            return "Result[" + status.getCode() + "]";
        }
    }

    /** Calls a method with an empty request; the metadata's values are printable ASCII. */
    Result call(String method, Map<String, String> metadata)
            throws UnreachableException, InterruptedException, ExecutionException {
        Metadata headers = new Metadata();
        metadata.forEach((name, value) -> headers.put(ascii(name), value));
        MethodDescriptor<byte[], byte[]> descriptor = MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method)
                .build();
        Trace trace = new Trace();
        Listener listener = new Listener(trace);
        CallOptions options = CallOptions.DEFAULT.withStreamTracerFactory(new ClientStreamTracer.Factory() {
            @Override
            public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata sent) {
                return trace;
            }
        });
        ClientCall<byte[], byte[]> call = channel.newCall(descriptor, options);
        call.start(listener, headers);
        // One message more than there may be would keep the status from being delivered.
        call.request(Integer.MAX_VALUE);
        call.sendMessage(new byte[0]);
        call.halfClose();
        Result result = listener.result.get();
        requireOneAnswer(result, trace, listener.messages);
        if (result.status().getCode() == Status.Code.UNAVAILABLE) {
            throw new UnreachableException("says that it is not available", "Try again later.");
        }
        return result;
    }

    /**
     * The rule for an answer to one question: HTTP status 200, which {@link CheckedInput} requires, then one whole message
     * and the status OK, or no message and another status; see PROTOCOL-HTTP2.md of gRPC. Any other is neither yes nor no.
     *
     * @param messages how many there were as a whole
     */
    private void requireOneAnswer(Result result, Trace trace, int messages) throws UnreachableException {
        // Otherwise the library has made up the status, and the trailers with it.
        if (trace.trailers != result.trailers()) {
            throw fault(result.status());
        }
        if (trace.begun > messages) {
            throw WrongServer.that(CUT_OFF);
        }
        if (result.words().contains("missing GRPC status")) {
            throw WrongServer.that("answers without a gRPC status");
        }
        boolean ok = result.status().isOk();
        if (ok && messages == 0) {
            throw WrongServer.that("answers without a message");
        }
        if (ok && messages > 1) {
            throw WrongServer.that("answers one question with several messages");
        }
        if (!ok && messages > 0) {
            throw WrongServer.that("answers with both a message and an error");
        }
    }

    private static Metadata.Key<String> ascii(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** What came from the server itself. */
    private static final class Trace extends ClientStreamTracer {
        private volatile @Nullable Metadata trailers;
        /** How many messages; the last one may be cut off. */
        private volatile int begun;

        private volatile @Nullable SSLSession session;

        @Override
        public void streamCreated(Attributes transport, Metadata sent) {
            session = transport.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        }

        @Override
        public void inboundMessage(int sequence) {
            begun = sequence + 1;
        }

        @Override
        public void inboundTrailers(Metadata received) {
            trailers = received;
        }
    }

    private static final class Listener extends ClientCall.Listener<byte[]> {
        private final CompletableFuture<Result> result = new CompletableFuture<>();
        private final Trace trace;
        private Metadata headers = new Metadata();
        private Message body = Message.EMPTY;
        private int messages;

        Listener(Trace trace) {
            this.trace = trace;
        }

        @Override
        public void onHeaders(Metadata received) {
            headers = received;
        }

        @Override
        public void onMessage(byte[] message) {
            body = Message.of(ByteBuffer.wrap(message));
            messages++;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            result.complete(new Result(status, trailers, headers, body, trace.session));
        }
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What went wrong, in this tool's own words. */
    private UnreachableException fault(Status status) {
        @Nullable UnreachableException seen = fault.get();
        if (seen != null) {
            return seen;
        }
        Optional<UnreachableException> known = UnreachableException.of(
                status.getCause(),
                "If the authority is your own, give its certificate with --control-plane-ca or in"
                        + " `control-plane.api-ca`.");
        if (known.isPresent()) {
            return known.get();
        }
        for (@Nullable Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            @Nullable UnreachableException fault = fault(cause);
            if (fault != null) {
                return fault;
            }
        }
        String description = String.valueOf(status.getDescription());
        boolean goneAway = description.contains("GOAWAY") || description.contains("Goaway");
        if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED && !goneAway) {
            return WrongServer.sendsTooMuch();
        }
        if (description.contains("HTTP status code") || description.contains("content-type")) {
            return WrongServer.isForTheWeb();
        }
        if (description.contains("end-of-stream mid-frame")) {
            return WrongServer.that(CUT_OFF);
        }
        if (description.contains("compress") || description.contains("reserved bits")) {
            return WrongServer.that("answers with a message that is compressed or damaged");
        }
        if (description.contains("unexpected EOS")) {
            return WrongServer.that("answers without a gRPC status");
        }
        return broken();
    }

    private @Nullable UnreachableException fault(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (cause instanceof SSLException && cause.getCause() == null) {
            if (proxied) {
                return broken();
            }
            return message.contains("no_application_protocol")
                    ? notGrpc()
                    : new UnreachableException(
                            "cannot be asked over TLS",
                            "If it takes plain text only, add --insecure: anyone on the network path can then read"
                                    + " the token. " + WrongServer.CHECK_PORT);
        }
        if (message.contains("alpn") || message.contains("unexpected protocol")) {
            return notGrpc();
        }
        if (message.contains("http/1.1 response from proxy") || message.contains("response returned from proxy")) {
            return new UnreachableException(
                    "cannot be asked: the proxy in $HTTPS_PROXY refuses to connect to it", CHECK_PROXY);
        }
        return cause instanceof SocketException ? broken() : null;
    }

    private static UnreachableException notGrpc() {
        return WrongServer.that("only speaks HTTP/1.1, so it is not a control plane");
    }

    private UnreachableException broken() {
        if (proxied) {
            return new UnreachableException(
                    "cannot be asked: it or the proxy in $HTTPS_PROXY closes the connection, or does not speak gRPC",
                    CHECK_PROXY + " " + WrongServer.CHECK_PORT);
        }
        return new UnreachableException(
                "closes the connection, or does not speak gRPC",
                (endpoint.plainText() ? "If it speaks TLS, leave out --insecure. " : "") + WrongServer.CHECK_PORT);
    }
}
