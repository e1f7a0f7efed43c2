package dev.chainloop.token.advice;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SubjectTest {
    private static final Path UPSTREAM = Path.of("src/main/resources/dev/chainloop/token/explain/upstream.txt");

    @Test
    void eachSubjectOfUpstreamHasItsRow() throws IOException {
        List<String> upstream = Files.readAllLines(UPSTREAM).stream()
                .filter(line -> line.startsWith("= "))
                .map(line -> line.split("\t", -1)[1])
                .toList();
        List<String> rows = Arrays.stream(Subject.values()).map(Subject::words).toList();
        assertEquals(new TreeSet<>(upstream), new TreeSet<>(rows));
        rows.forEach(words -> assertEquals(words, Subject.of(words).words()));
    }
}
