package dev.chainloop.token.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
        "755, 755, 640, false",
        "755, 700, 644, false",
        "700, 755, 644, false",
    })
    void othersReadAFileThroughEveryFolderAboveItAndByALink(
            String topMode, String folderMode, String fileMode, boolean open) throws IOException {
        assumeTrue(isOpenAbove(top), "the folder for temporary files is closed to others");
        Path folder = Files.createDirectory(top.resolve("folder"));
        Path file = Files.writeString(folder.resolve("file"), "x");
        Path link = Files.createSymbolicLink(top.resolve("link"), file);
        mode(top, topMode);
        mode(folder, folderMode);
        mode(file, fileMode);
        assertEquals(open, NamedFile.isOpenToOthers(file));
        assertEquals(open, NamedFile.isOpenToOthers(link));
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
