package dev.chainloop.token.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainloop.token.testing.TestWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who can read a file, by its real modes: {@code top/folder/file}. */
class NamedFileTest {
    @TempDir
    Path top;

    @ParameterizedTest(name = "{0}/{1}/{2}: {3}")
    @CsvSource({
        "755, 755, 644, true",
        "711, 701, 604, true",
        "755, 755, 600, false",
        "755, 755, 1604, true",
        "755, 755, 640, false",
        "755, 700, 644, false",
        "700, 755, 644, false",
    })
    void othersReadAFileThroughEveryFolderAboveItAndByALink(
            String topMode, String folderMode, String fileMode, boolean open) throws IOException {
        assumeTrue(
                TestWorld.isOpen(top.toRealPath().getParent()), "the folder for temporary files is closed to others");
        Path folder = Files.createDirectory(top.resolve("folder"));
        Path file = Files.writeString(folder.resolve("file"), "x");
        Path link = Files.createSymbolicLink(top.resolve("link"), file);
        TestWorld.setMode(top, topMode);
        TestWorld.setMode(folder, folderMode);
        TestWorld.setMode(file, fileMode);
        assertEquals(open, NamedFile.isOpenToOthers(file));
        assertEquals(open, NamedFile.isOpenToOthers(link));
        assertEquals(Optional.of(fileMode), NamedFile.mode(file));
    }

    @Test
    void aMissingFileIsNotOpenToOthers() {
        Path missing = top.resolve("missing");
        assertEquals(false, NamedFile.isOpenToOthers(missing));
        assertEquals(Optional.empty(), NamedFile.mode(missing));
        assertEquals(Optional.empty(), NamedFile.written(missing));
        assertEquals(false, Files.exists(missing));
    }
}
