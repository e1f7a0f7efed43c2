package dev.chainloop.token.testing;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;

/**
 * Files that a test compares word for word with what it gets. {@code -Dgolden.update=true} rewrites them, and prints what
 * changes from what to what; but no code: an exit status, or a status, kind, ID or weight of an answer in JSON, is changed by
 * hand.
 */
public final class Golden {
    private static final int LINES_AROUND = 3;
    private static final Pattern CODE = Pattern.compile(
            "^= [0-9]+$|\"(?:status|kind|type|severity|id|cure|weight|place|expectation|code)\": \"[^\"]*\"",
            Pattern.MULTILINE);

    private Golden() {}

    /** Compares codes, which no switch rewrites. */
    public static void compare(Path file, String seen) throws IOException {
        check(file, seen, false);
    }

    public static void check(Path file, String seen) throws IOException {
        check(file, seen, Boolean.getBoolean("golden.update"));
    }

    private static void check(Path file, String seen, boolean update) throws IOException {
        String written = Files.exists(file) ? Files.readString(file) : "";
        if (written.equals(seen)) {
            return;
        }
        String difference = file + " does not have what is seen:\n" + difference(written, seen);
        if (!update) {
            throw new AssertionFailedError(difference, written, seen);
        }
        if (!written.isEmpty() && !codes(written).equals(codes(seen))) {
            throw new AssertionFailedError("codes are changed by hand: " + difference, codes(written), codes(seen));
        }
        System.out.println("wrote "
                + difference.substring(difference.indexOf("+++")).replaceFirst("[+]{3} seen", file.toString()));
        Files.writeString(file, seen);
    }

    private static List<String> codes(String text) {
        return CODE.matcher(text).results().map(MatchResult::group).toList();
    }

    private static String difference(String written, String seen) {
        List<String> before = List.of(written.split("\n", -1));
        List<String> lines = UnifiedDiffUtils.generateUnifiedDiff(
                "written", "seen", before, DiffUtils.diff(before, List.of(seen.split("\n", -1))), LINES_AROUND);
        return String.join("\n", lines);
    }
}
