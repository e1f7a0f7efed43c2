package dev.chainloop.token.testing;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Tests depend on nothing of whoever runs them. */
class ProgramTest {
    @Test
    void aProgramGetsFewVariables() throws Exception {
        Set<String> names = Program.run("env")
                .lines()
                .map(line -> line.replaceFirst("=.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        names.remove("TMPDIR");
        assertEquals(Set.of("HOME", "JAVA_HOME", "LC_ALL", "PATH"), names);
    }

    @Test
    void aProgramThatIsNotThereSkipsTheTestOrFailsIt() {
        assertThrows(TestAbortedException.class, () -> Program.require("x", false, false));
        assertThrows(AssertionFailedError.class, () -> Program.require("x", false, true));
        Program.require("x", true, true);
    }

    @Test
    void nothingElseStartsAProcess() throws Exception {
        List<String> found;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            found = files.filter(Files::isRegularFile)
                    .filter(ProgramTest::startsAProcess)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
        assertEquals(List.of("Program.java"), found);
    }

    private static boolean startsAProcess(Path file) {
        try {
            return Files.readString(file).contains("new Process" + "Builder");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
