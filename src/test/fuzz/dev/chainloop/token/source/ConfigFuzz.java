package dev.chainloop.token.source;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Bytes of any kind as a config file: a reading, and never an exception. */
class ConfigFuzz {
    @FuzzTest(maxDuration = "7m")
    void read(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("config", ".toml");
        try {
            Files.write(file, bytes);
            if (new ConfigFile(file, true, InstantSource.system(), millis -> {}).read() instanceof ConfigReading.Missing) {
                throw new AssertionError("a file that is there is missing");
            }
        } finally {
            Files.delete(file);
        }
    }
}
