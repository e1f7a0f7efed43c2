package dev.chainloop.token.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** A control plane on this machine, with another gRPC library: {@code src/test/control-plane/server.py}. */
public final class FakeControlPlane implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Debian's, for which Debian has the gRPC library. */
    private static final String PYTHON = "/usr/bin/python3";

    private final Path folder;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter orders;
    private final JsonNode ports;

    private FakeControlPlane(Path folder, Process process) throws IOException {
        this.folder = folder;
        this.process = process;
        this.answers = process.inputReader();
        this.orders = process.outputWriter();
        this.ports = JSON.readTree(answers.readLine());
    }

    /** Starts one; skips the test where what it needs is missing. */
    public static FakeControlPlane start(Path folder) throws IOException, InterruptedException {
        Program.require("openssl");
        Program.requireFile(Path.of(PYTHON));
        boolean hasGrpc = new ProcessBuilder(PYTHON, "-c", "import grpc")
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
        Program.require("python3-grpcio", hasGrpc);
        ProcessBuilder builder = new ProcessBuilder(PYTHON, "src/test/control-plane/server.py", folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // Otherwise the library logs each failed handshake, and those are being tested.
        builder.environment().put("GRPC_VERBOSITY", "NONE");
        return new FakeControlPlane(folder, builder.start());
    }

    /** The address of a port, by its name in the script: {@code plain}, {@code tls}, {@code other}, {@code page}, … */
    public String address(String name) {
        return "127.0.0.1:" + ports.required(name).asInt();
    }

    /** The certificate of its authority. */
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /** Sets what it has on record and how it misbehaves, as JSON, and clears the calls. */
    public void set(String state) throws IOException {
        order(state);
    }

    /** The calls since this was last asked, each with its method, the length of its request, and its metadata. */
    public List<JsonNode> calls() throws IOException {
        List<JsonNode> calls = new ArrayList<>();
        order("{}").get("calls").forEach(calls::add);
        return calls;
    }

    private JsonNode order(String line) throws IOException {
        orders.write(line.replace("\n", " ") + "\n");
        orders.flush();
        JsonNode answer = JSON.readTree(answers.readLine());
        Assertions.assertEquals(0, answer.get("trapped").asInt(), "a host was connected to that nobody named");
        return answer;
    }

    @Override
    public void close() throws IOException {
        orders.close();
        process.destroy();
    }
}
