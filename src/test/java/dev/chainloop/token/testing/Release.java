package dev.chainloop.token.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The releases of a repository, served from loopback over TLS as GitHub serves them: below {@code latest/download/} and
 * {@code download/v<version>/}, the former by a redirect. A test can damage files.
 */
public final class Release implements AutoCloseable {
    /** The version of the one release, which is the tool's. */
    public static final String VERSION = System.getProperty("project.version");

    public static final String ARCHIVE = "chainloop-token-" + VERSION + "-linux-"
            + (System.getProperty("os.arch").equals("amd64") ? "x86_64" : "glibc-" + System.getProperty("os.arch"))
            + ".tar.gz";

    /** An archive like the executable's, whose executable starts the tool under test; and the checksums. */
    private static final String PACK = """
            set -e
            mkdir -p "$1/bin"
            printf '#!/bin/sh\\nexec "%s" "$@"\\n' "$2" >"$1/bin/chainloop-token"
            chmod +x "$1/bin/chainloop-token"
            tar -czf "$1.tar.gz" "$1"
            echo 'another file' >chainloop-token-java.tar.gz
            sha256sum *.tar.gz >checksums_sha256.txt
            """;

    private final HttpsServer server =
            HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    /** Packs it in a folder; the certificate that clients must trust is written into a file, or is there from before. */
    public Release(Path folder, Path certificate) throws Exception {
        Program.of(
                        "sh",
                        "-c",
                        PACK,
                        "-",
                        ARCHIVE.replace(".tar.gz", ""),
                        Tool.path().toString())
                .in(folder)
                .run();
        for (String name : List.of(ARCHIVE, "checksums_sha256.txt")) {
            files.put(name, Files.readAllBytes(folder.resolve(name)));
        }
        server.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.tls(certificate)));
        server.createContext("/", this::answer);
        server.start();
    }

    public void file(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Its address, without {@code /latest} and {@code /download}. */
    public String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort() + "/owner/repository/releases";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/owner/repository/releases/", "");
        String name = path.substring(path.lastIndexOf('/') + 1);
        byte[] file = files.get(name);
        try (exchange) {
            if (file == null || !path.matches("(latest/download|download/v" + VERSION + ")/.*")) {
                exchange.sendResponseHeaders(404, -1);
            } else if (path.startsWith("latest")) {
                exchange.getResponseHeaders().add("Location", url() + "/download/v" + VERSION + "/" + name);
                exchange.sendResponseHeaders(302, -1);
            } else {
                exchange.sendResponseHeaders(200, file.length);
                exchange.getResponseBody().write(file);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
