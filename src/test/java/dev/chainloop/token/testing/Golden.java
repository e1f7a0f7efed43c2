package dev.chainloop.token.testing;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/** Files that a test compares word for word with what it gets, or rewrites with {@code -Dgolden.update=true}. */
public final class Golden {
    private static final int LINES_AROUND = 3;

    private Golden() {}

    public static void check(Path file, String seen) throws IOException {
        // Only a file that differs, since other tests may be reading it.
        if (Boolean.getBoolean("golden.update") && !written(file).equals(seen)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, seen);
        }
        compare(file, seen);
    }

    public static void compare(Path file, String seen) throws IOException {
        String written = written(file);
        if (!written.equals(seen)) {
            throw new AssertionFailedError(
                    file + " does not have what is seen:\n" + difference(written, seen), written, seen);
        }
    }

    private static String written(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static String difference(String written, String seen) {
        List<String> before = List.of(written.split("\n", -1));
        List<String> lines = UnifiedDiffUtils.generateUnifiedDiff(
                "written", "seen", before, DiffUtils.diff(before, List.of(seen.split("\n", -1))), LINES_AROUND);
        return String.join("\n", lines);
    }
}
