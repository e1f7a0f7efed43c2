package dev.chainloop.token.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who can read a file, by its real modes: {@code top/folder/file}. */
class NamedFileTest {
    @TempDir
    Path top;

    private Path file;

    @BeforeEach
    void makeFile() throws IOException {
        file = Files.writeString(Files.createDirectory(top.resolve("folder")).resolve("file"), "x");
    }

    @ParameterizedTest(name = "{0}/{1}/{2}: {3}")
    @CsvSource({
        "755, 755, 644, true",
        "711, 701, 604, true",
        "755, 755, 600, false",
        "755, 755, 640, false",
        "755, 700, 644, false",
        "700, 755, 644, false",
    })
    void othersReadAFileThroughEveryFolderAboveIt(String topMode, String folderMode, String fileMode, boolean open)
            throws IOException {
        assumeTrue(isOpenAbove(top), "the folder for temporary files is closed to others");
        mode(top, topMode);
        mode(file.getParent(), folderMode);
        mode(file, fileMode);
        assertEquals(open, NamedFile.isOpenToOthers(file));
    }

    @Test
    void aLinkIsAsOpenAsWhatItNames() throws IOException {
        assumeTrue(isOpenAbove(top), "the folder for temporary files is closed to others");
        mode(top, "755");
        mode(file.getParent(), "755");
        mode(file, "600");
        Path link = Files.createSymbolicLink(top.resolve("link"), file);
        assertEquals(false, NamedFile.isOpenToOthers(link));
        mode(file, "644");
        assertEquals(true, NamedFile.isOpenToOthers(link));
    }

    @Test
    void aFileThatIsNotThereIsClosed() {
        Path missing = top.resolve("missing");
        assertEquals(false, NamedFile.isOpenToOthers(missing));
        assertEquals(Optional.empty(), NamedFile.mode(missing));
        assertEquals(Optional.empty(), NamedFile.written(missing));
        assertEquals(false, Files.exists(missing));
    }

    private static boolean isOpenAbove(Path folder) throws IOException {
        for (Path above = folder.toRealPath().getParent(); above != null; above = above.getParent()) {
            if (((Integer) Files.getAttribute(above, "unix:mode") & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    private static void mode(Path path, String octal) throws IOException {
        Files.setAttribute(path, "unix:mode", Integer.parseInt(octal, 8));
    }
}
