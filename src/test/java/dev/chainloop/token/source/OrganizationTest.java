package dev.chainloop.token.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.chainloop.token.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The repository's file comes with the repository, so anything may be in its place. */
class OrganizationTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void place() throws IOException {
        file = Files.createDirectory(folder.resolve("repository")).resolve(".chainloop.yml");
    }

    private String read() {
        return Organization.of(file, file.getParent())
                .map(one -> one.name().orElse("not read"))
                .orElse("nothing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            organization: beta             | beta
            organization: 'beta'  # ours   | beta
            organization: "beta"           | beta
            organization: 'beta"           | not read
            organization: {name: beta}     | not read
            organization: &beta acme       | not read
            organization: !!str beta       | not read
            organization: >-               | not read
            organization: ../beta          | not read
            organization: -o               | not read
            organization: b\u202eta        | not read
            organization: beta;id          | not read
            organization: # none           | nothing
            organization: beta#ours        | not read
            organization:beta              | not read
            ` organization: beta`          | nothing
            "organization": beta           | nothing
            # organization: beta           | nothing
            """)
    void aPlainOrQuotedLabelCounts(String line, String expected) throws IOException {
        Files.writeString(file, "projectName: web\n" + line + "\norganization: second\n");
        assertEquals(expected.equals("nothing") ? "second" : expected, read());
    }

    @ParameterizedTest
    @CsvSource({"65536, beta", "65537, nothing", "10485760, nothing"})
    void noMoreThan64KibAreRead(int size, String expected) throws IOException {
        String line = "organization: beta\n";
        Files.writeString(file, line + "\n".repeat(size - line.length()));
        assertEquals(expected, read());
    }

    @Test
    void aBinaryFileNamesNoOrganization() throws IOException {
        byte[] bytes = new byte[4096];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        Files.write(file, bytes);
        assertEquals("nothing", read());
    }

    @Test
    void aFolderOfThatNameNamesNoOrganization() throws IOException {
        Files.createDirectory(file);
        assertEquals("nothing", read());
    }

    @Test
    void aLinkOutOfTheRepositoryIsNotFollowed() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside.yml"), "organization: beta\n");
        Files.createSymbolicLink(file, outside);
        assertEquals("nothing", read());
        Files.delete(file);
        // It is not even read, or this would wait for ever.
        Program.require("mkfifo");
        Path pipe = folder.resolve("pipe");
        assertEquals(0, Program.of("mkfifo", pipe.toString()).run().status());
        Files.createSymbolicLink(file, pipe);
        assertEquals("nothing", assertTimeoutPreemptively(Duration.ofSeconds(30), this::read));
        Files.delete(file);
        Path inside = Files.writeString(file.resolveSibling("inside.yml"), "organization: beta\n");
        Files.createSymbolicLink(file, inside);
        assertEquals("beta", read());
        assertEquals(Optional.of(file), Organization.of(file, file.getParent()).flatMap(Organization::path));
    }
}
