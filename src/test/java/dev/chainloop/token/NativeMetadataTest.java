package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.verification.SignedToken;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The native executable has the resources that are read, and exactly the classes that are asked for by name. */
class NativeMetadataTest {
    private static final Path METADATA = Path.of(
            "src/main/resources/META-INF/native-image/dev.chainloop/chainloop-token/reachability-metadata.json");

    @TempDir
    Path home;

    /** Where jjwt looks first: records which existing classes it asks for by name. */
    private static final class Recorder extends ClassLoader {
        private final Set<String> names = new ConcurrentSkipListSet<>();

        Recorder(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Class<?> loadClass(String name) throws ClassNotFoundException {
            Class<?> found = super.loadClass(name);
            names.add(name);
            return found;
        }
    }

    @Test
    void listsTheClassesThatJjwtAsksForByName() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        List<SignedToken> tokens = SignedToken.all();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // A separate jjwt, which has not looked for anything yet.
        try (URLClassLoader fresh =
                new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Recorder recorder = new Recorder(fresh);
            thread.setContextClassLoader(recorder);
            verify(fresh, tokens);
            assertEquals(String.join("\n", recorder.names), String.join("\n", listed()));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void verify(ClassLoader fresh, List<SignedToken> tokens) throws Exception {
        for (SignedToken signed : tokens) {
            Path file = Files.writeString(home.resolve("key"), signed.key());
            verify(fresh, signed.token(), signed.option(), file.toString());
        }
        Path keys = Path.of("src/test/resources/keys").toAbsolutePath();
        verify(
                fresh,
                TokenMint.token("{\"alg\":\"RS256\",\"kid\":\"rsa\"}", TokenMint.FEDERATED),
                "--key",
                keys.resolve("rsa-certificate.pem").toString());
    }

    private void verify(ClassLoader fresh, String token, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("verify"));
        arguments.addAll(List.of(options));
        Class<?> type = fresh.loadClass(CliRun.class.getName());
        Object run = type.getMethod("withHome", Path.class).invoke(null, home);
        type.getMethod("env", String.class, String.class).invoke(run, "CHAINLOOP_TOKEN", token);
        Object result = type.getMethod("run", String[].class).invoke(run, (Object) arguments.toArray(new String[0]));
        String out = (String) result.getClass().getMethod("out").invoke(result);
        assertTrue(out.contains(", verified\n"), () -> arguments + " " + result);
    }

    private static Set<String> listed() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (JsonNode one : new ObjectMapper().readTree(METADATA.toFile()).get("reflection")) {
            listed.add(one.get("type").asText());
        }
        return listed;
    }
}
