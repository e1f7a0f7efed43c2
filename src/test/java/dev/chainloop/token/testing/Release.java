package dev.chainloop.token.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The releases of a repository, served from loopback as GitHub serves them: below {@code latest/download/} and
 * {@code download/v<version>/}, the former by a redirect. A test can damage files or remove them.
 */
public final class Release implements AutoCloseable {
    /** The version of the one release, which is the tool's. */
    public static final String VERSION = System.getProperty("project.version");

    /** The name of the archive for this machine, without {@code .tar.gz}. */
    public static final String BUNDLE = "chainloop-token-" + VERSION + "-linux-glibc-"
            + (System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch"));

    private final HttpServer server;
    private final String scheme;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, List<Integer>> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> cuts = new ConcurrentHashMap<>();
    private final Set<String> endless = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private Release(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        files.put(BUNDLE + ".tar.gz", Packed.ARCHIVE);
        files.put("chainloop-token-" + VERSION + "-java.tar.gz", "no bundle".getBytes(StandardCharsets.UTF_8));
        sum();
        server.createContext("/", this::answer);
        server.start();
    }

    /** Over plain HTTP. */
    public static Release http() throws IOException {
        return new Release(HttpServer.create(loopback(), 0), "http");
    }

    /** Over TLS; the certificate that clients must trust is written into a file, or is there from before. */
    public static Release https(Path certificate) throws Exception {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.tls(certificate)));
        return new Release(server, "https");
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Packed once for all tests. */
    private static final class Packed {
        static final byte[] ARCHIVE = pack();

        /**
         * The executable's archive, if the build has one; else an archive like it, whose executable starts the installed
         * folder.
         */
        private static byte[] pack() {
            try {
                if (Native.isBuilt()) {
                    return Files.readAllBytes(Native.archive());
                }
                Path folder = Files.createTempDirectory("release");
                Path program = folder.resolve(BUNDLE + "/bin/chainloop-token");
                Files.createDirectories(program.getParent());
                Path installed =
                        Path.of("target/chainloop-token/bin/chainloop-token").toAbsolutePath();
                Files.writeString(program, "#!/bin/sh\nexec '" + installed + "' \"$@\"\n");
                Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
                Path archive = folder.resolve("archive");
                Program.run("tar", "-czf", archive.toString(), "-C", folder.toString(), BUNDLE);
                byte[] packed = Files.readAllBytes(archive);
                Program.run("rm", "-r", folder.toString());
                return packed;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Writes {@code checksums_sha256.txt} of all the other files. */
    private void sum() {
        StringBuilder sums = new StringBuilder();
        for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
            sums.append(sha256(file.getValue()))
                    .append("  ")
                    .append(file.getKey())
                    .append('\n');
        }
        files.put("checksums_sha256.txt", sums.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Replaces a file, or adds one. */
    public Release file(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public String text(String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }

    public Release without(String name) {
        files.remove(name);
        return this;
    }

    /** The next requests for a file get these statuses. */
    public Release answer(String name, Integer... statuses) {
        answers.put(name, new CopyOnWriteArrayList<>(statuses));
        return this;
    }

    /** The connection breaks after that many bytes of a file. */
    public Release cut(String name, int bytes) {
        cuts.put(name, bytes);
        return this;
    }

    /** A file is sent without its size, over and over until the client has had enough. */
    public Release endless(String name) {
        endless.add(name);
        return this;
    }

    /** Its address, without {@code /latest} and {@code /download}. */
    public String url() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/owner/repository/releases";
    }

    /** The paths that were requested since the last call, without {@code /owner/repository/releases/}. */
    public List<String> requests() {
        List<String> seen = List.copyOf(requests);
        requests.clear();
        return seen;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/owner/repository/releases/", "");
        requests.add(path);
        String name = path.substring(path.lastIndexOf('/') + 1);
        String versioned = "download/v" + VERSION + "/" + name;
        List<Integer> statuses = answers.get(name);
        byte[] file = files.get(name);
        try (exchange) {
            if (statuses != null && !statuses.isEmpty()) {
                exchange.sendResponseHeaders(statuses.remove(0), -1);
            } else if (path.equals("latest/download/" + name) && file != null) {
                exchange.getResponseHeaders().add("Location", url() + "/" + versioned);
                exchange.sendResponseHeaders(302, -1);
            } else if (path.equals(versioned) && file != null && endless.contains(name)) {
                exchange.sendResponseHeaders(200, 0);
                while (true) {
                    exchange.getResponseBody().write(file);
                }
            } else if (path.equals(versioned) && file != null) {
                exchange.sendResponseHeaders(200, file.length);
                exchange.getResponseBody().write(file, 0, cuts.getOrDefault(name, file.length));
                // Otherwise a connection that breaks early may break before its header is sent.
                exchange.getResponseBody().flush();
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        } catch (IOException e) {
            // The connection broke early, as the test wanted.
            if (!cuts.containsKey(name) && !endless.contains(name)) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
