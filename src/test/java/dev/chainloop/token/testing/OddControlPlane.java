package dev.chainloop.token.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

/**
 * A control plane that says its version as it should, and answers every other question in the same odd way. It speaks
 * HTTP/2 by itself, since no library would send such answers.
 */
public final class OddControlPlane implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int LARGEST = 16 << 10;
    private static final List<String> VERSION = List.of("head=200", "message=\u0012\u0002v1", "end=0");

    private final ServerSocket server;
    private final List<String> answer;

    /**
     * Starts it on loopback.
     *
     * @param answer words, with blanks between them: {@code head=302} for a header with this HTTP status, {@code
     *     message=TEXT}, {@code end=16} for trailers with this gRPC status, {@code only=200/0} for both in one, and so on
     */
    public OddControlPlane(ServerSocketFactory sockets, String answer) throws IOException {
        this.answer = List.of(answer.split(" "));
        server = sockets.createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        if (server instanceof SSLServerSocket tls) {
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            tls.setSSLParameters(parameters);
        }
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                converse(new DataInputStream(client.getInputStream()), client.getOutputStream());
            } catch (IOException e) {
                // The other side has given up, or the test is over.
            }
        }
    }

    private void converse(DataInputStream in, OutputStream out) throws IOException {
        in.readFully(new byte["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length()]);
        frame(out, SETTINGS, 0, 0, new byte[0]);
        boolean first = true;
        while (true) {
            int length = in.read() << 16 | in.readUnsignedShort();
            int type = in.read();
            in.read();
            int stream = in.readInt();
            in.readFully(new byte[length]);
            if (type == HEADERS) {
                for (String word : first ? VERSION : answer) {
                    send(out, stream, word);
                }
                first = false;
            }
        }
    }

    private static void send(OutputStream out, int stream, String word) throws IOException {
        String value = word.substring(word.indexOf('=') + 1);
        byte[] grpc = fields("content-type", "application/grpc");
        switch (word.replaceFirst("=(?s).*", "")) {
            case "head" -> frame(out, HEADERS, END_HEADERS, stream, status(value), grpc);
            case "bare" -> frame(out, HEADERS, END_HEADERS, stream, grpc);
            case "page" -> frame(out, HEADERS, END_HEADERS, stream, status(value), fields("content-type", "text/html"));
            case "gzip" ->
                frame(out, HEADERS, END_HEADERS, stream, status(value), grpc, fields("grpc-encoding", "gzip"));
            case "sized" ->
                // The decoder's table gets another size twice, then the header continues in a second frame.
                headInTwoFrames(out, stream, new byte[] {0x20, 0x3f, (byte) 0xe1, 0x1f}, status(value), grpc);
            case "padded" ->
                frame(
                        out,
                        HEADERS,
                        END_HEADERS | 8 | 0x20,
                        stream,
                        new byte[] {3, 0, 0, 0, 0, 16},
                        status(value),
                        grpc,
                        new byte[3]);
            case "message" -> frame(out, DATA, 0, stream, message(0, value.length(), value));
            case "flag" -> frame(out, DATA, 0, stream, message(Integer.parseInt(value), 2, "\b\1"));
            case "cut" -> frame(out, DATA, 0, stream, message(0, 99, value));
            case "prefix" -> frame(out, DATA, 0, stream, new byte[3]);
            case "end" -> frame(out, HEADERS, END_HEADERS | END_STREAM, stream, fields("grpc-status", value));
            case "mute" -> frame(out, HEADERS, END_HEADERS | END_STREAM, stream, fields("x", "y"));
            case "only" -> {
                String[] both = value.split("/");
                byte[] end = both.length > 1 ? fields("grpc-status", both[1]) : new byte[0];
                frame(out, HEADERS, END_HEADERS | END_STREAM, stream, status(both[0]), grpc, end);
            }
            case "stop" -> frame(out, DATA, END_STREAM, stream);
            case "reset" -> frame(out, RST_STREAM, 0, stream, new byte[] {0, 0, 0, 2});
            case "close" -> throw new IOException("closes the connection");
            case "flood" -> flood(out, stream, value);
            default -> throw new IllegalArgumentException(word);
        }
    }

    private static void headInTwoFrames(OutputStream out, int stream, byte[] sizes, byte[] status, byte[] grpc)
            throws IOException {
        frame(out, HEADERS, 0, stream, sizes);
        frame(out, CONTINUATION, END_HEADERS, stream, status, grpc);
    }

    /** 256 MB of one kind of frame. */
    private static void flood(OutputStream out, int stream, String of) throws IOException {
        byte[] field = fields("x", "y".repeat(100));
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        while (block.size() < LARGEST - field.length) {
            block.write(field);
        }
        frame(out, HEADERS, of.equals("header") || of.equals("indexes") ? 0 : END_HEADERS, stream, status("200"));
        for (int sent = 0; sent < 256 << 20; sent += LARGEST) {
            switch (of) {
                case "header" -> frame(out, CONTINUATION, 0, stream, block.toByteArray());
                // One byte each for a field that is in the decoder's own table.
                case "indexes" ->
                    frame(out, CONTINUATION, 0, stream, "\u0085".repeat(LARGEST).getBytes(StandardCharsets.ISO_8859_1));
                case "headers" -> frame(out, HEADERS, END_HEADERS, stream, status("200"), new byte[LARGEST / 2]);
                case "pings" -> {
                    for (int one = 0; one < LARGEST; one += 17) {
                        frame(out, PING, 0, 0, new byte[8]);
                    }
                }
                default -> throw new IllegalArgumentException(of);
            }
        }
    }

    /** {@code :status}, as an index of RFC 7541's table where it has one. */
    private static byte[] status(String status) {
        int index = List.of("200", "204", "206", "304", "400", "404", "500").indexOf(status);
        byte[] value = status.getBytes(StandardCharsets.US_ASCII);
        return index >= 0
                ? new byte[] {(byte) (0x88 + index)}
                : new byte[] {8, (byte) value.length, value[0], value[1], value[2]};
    }

    /** A field that is in no table. */
    private static byte[] fields(String name, String value) {
        return ("\0" + (char) name.length() + name + (char) value.length() + value)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] message(int flag, int length, String text) {
        return ((char) flag + "\0\0\0" + (char) length + text).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void frame(OutputStream out, int type, int flags, int stream, byte[]... parts) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            payload.write(part);
        }
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        for (int shift = 16; shift >= 0; shift -= 8) {
            frame.write(payload.size() >> shift);
        }
        frame.write(type);
        frame.write(flags);
        for (int shift = 24; shift >= 0; shift -= 8) {
            frame.write(stream >> shift);
        }
        payload.writeTo(frame);
        frame.writeTo(out);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
