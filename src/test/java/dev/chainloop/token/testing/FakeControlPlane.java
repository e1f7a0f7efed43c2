package dev.chainloop.token.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A control plane on this machine for a class of tests, each of which finds it as new; with another gRPC library: {@code
 * src/test/control-plane/server.py}.
 */
public final class FakeControlPlane implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Debian's, for which Debian has the gRPC library. */
    private static final String PYTHON = "/usr/bin/python3";

    private Path folder = Path.of("");
    private Process process;
    private BufferedReader answers;
    private BufferedWriter orders;
    private JsonNode ports;

    /** Starts it; skips the tests where what it needs is missing. */
    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Program.require("openssl");
        Program.requireFile(Path.of(PYTHON));
        Program.require(
                "python3-grpcio", Program.of(PYTHON, "-c", "import grpc").run().status() == 0);
        folder = Files.createTempDirectory("control-plane");
        // Otherwise the library logs each failed handshake, and those are being tested.
        process = Program.of(PYTHON, "src/test/control-plane/server.py", folder.toString())
                .with(Map.of("GRPC_VERBOSITY", "NONE"))
                .start();
        answers = process.inputReader();
        orders = process.outputWriter();
        ports = JSON.readTree(answers.readLine());
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        set("{}");
    }

    /** A folder of the class's tests, which has the certificates. */
    public Path folder() {
        return folder;
    }

    /** The address of a port, by its name in the script: {@code plain}, {@code tls}, {@code other}, {@code page}, … */
    public String address(String name) {
        return "127.0.0.1:" + ports.required(name).asInt();
    }

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
    public void afterAll(ExtensionContext context) throws Exception {
        if (process != null) {
            orders.close();
            process.destroy();
            Program.run("rm", "-r", folder.toString());
        }
    }
}
