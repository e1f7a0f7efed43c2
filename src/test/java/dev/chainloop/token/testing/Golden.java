package dev.chainloop.token.testing;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/**
 * A golden transcript: a file {@code src/test/golden/NAME.txt}, such as
 *
 * <pre>
 * $ check
 * variable: &#64;API expired&#64;
 * = 1
 * -- stdout --
 * ✗ Error: API token "ci" of acme expired 2 h ago
 * </pre>
 *
 * It begins with a {@link TestWorld}, its command and exit status. Then come {@code stdout} and {@code stderr}: what is
 * printed; left out if nothing is. In them {@code @HOME@} is the home folder, {@code @U+1B@} that character, and
 * {@code @VERSION@} the tool's version.
 *
 * <p>Also compares other files word for word. {@code -Dgolden.update=true} rewrites what is compared, and prints what changes
 * from what to what; but no code: an exit status, or a status, kind, ID or weight of an answer in JSON, is changed by hand.
 */
public record Golden(Path file, TestWorld world) {
    private static final String NAME = "chainloop-token";
    private static final String VERSION = System.getProperty("project.version", "@VERSION@");
    private static final Path ROOT = Path.of("src/test/golden");
    private static final int HOME_LENGTH = 40;
    private static final int LINES_AROUND = 3;

    /** Control characters except TAB and LF, characters that change the direction of text or have no width, spaces before line breaks. */
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\t\n]]|[ \t](?=\n|\\z)");

    private static final Pattern CODE = Pattern.compile(
            "^= [0-9]+$|\"(?:status|kind|type|severity|id|cure|weight|place|expectation|code)\": \"[^\"]*\"",
            Pattern.MULTILINE);

    /** The transcripts: all, or the one that {@code -Dgolden.case=NAME} asks for. */
    public static List<Golden> chosen() throws IOException {
        String name = System.getProperty("golden.case");
        try (Stream<Path> files = Files.list(ROOT)) {
            return files.filter(file -> name == null || file.endsWith(name + ".txt"))
                    .sorted()
                    .map(Golden::read)
                    .toList();
        }
    }

    private static Golden read(Path file) {
        String title = file.getFileName().toString().replace(".txt", "");
        try {
            String head = Files.readString(file).split("(?m)^-- (stdout|stderr) --$", 2)[0];
            Golden golden = new Golden(file, TestWorld.of(title, head.lines().toList()));
            if (!golden.world.answer().equals(List.of("= " + golden.world.one("=", "")))) {
                throw new IllegalStateException(file + " needs one line `= STATUS`, not " + golden.world.answer());
            }
            return golden;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes a home folder within a new folder for temporary files. Its path always has the same length: otherwise the lines
     * that print it would wrap differently each time.
     */
    public static Path homeIn(Path folder) throws IOException {
        TestWorld.setMode(folder, "755");
        int length = Math.max(1, HOME_LENGTH - folder.toString().length() - 1);
        Path home = Files.createDirectories(folder.resolve("h".repeat(length)));
        TestWorld.setMode(home, "700");
        return home;
    }

    public int status() {
        return Integer.parseInt(world.one("=", ""));
    }

    /** The variable with which sentences are folded off a terminal, too, unless the world sets it. */
    public Map<String, String> columns(Path home) {
        boolean set = world.variables(home).containsKey("COLUMNS")
                || !world.all("screen").isEmpty();
        return set ? Map.of() : Map.of("COLUMNS", "80");
    }

    /** The transcript that a run makes. */
    public String of(CliRun.Result result, Path home) throws IOException {
        String head = Files.readString(file).split("(?m)^= ", 2)[0];
        return head + "= " + result.status() + "\n" + section("stdout", result.out(), home)
                + section("stderr", result.err(), home);
    }

    private static String section(String name, String text, Path home) {
        String homeless = text.replace(home.toString(), "@HOME@").replace(NAME + " " + VERSION, NAME + " @VERSION@");
        String shown = HIDDEN.matcher(homeless)
                .replaceAll(match -> "@U+%X@".formatted(match.group().codePointAt(0)));
        return text.isEmpty() ? "" : "-- " + name + " --\n" + shown;
    }

    /** Compares what no switch rewrites. */
    public static void compare(Path file, String seen) throws IOException {
        check(file, seen, "does not have what is seen; change it by hand");
    }

    public static void check(Path file, String seen) throws IOException {
        boolean update = Boolean.getBoolean("golden.update");
        check(file, seen, update ? "" : "does not have what is seen, which -Dgolden.update=true writes");
    }

    /** @param complaint what is said about a file that differs; blank to write it */
    private static void check(Path file, String seen, String complaint) throws IOException {
        String written = Files.exists(file) ? Files.readString(file) : "";
        if (written.equals(seen)) {
            return;
        }
        List<String> before = List.of(written.split("\n", -1));
        String difference = String.join(
                "\n",
                UnifiedDiffUtils.generateUnifiedDiff(
                        "written",
                        file.toString(),
                        before,
                        DiffUtils.diff(before, List.of(seen.split("\n", -1))),
                        LINES_AROUND));
        if (!complaint.isEmpty()) {
            throw new AssertionFailedError(file + " " + complaint + ":\n" + difference, written, seen);
        }
        // In a new transcript, the status stands alone.
        boolean begun = written.isEmpty() || (file.startsWith(ROOT) && !written.contains("\n-- "));
        List<String> old = codes(written);
        List<String> codes = begun ? codes(seen).subList(0, old.size()) : codes(seen);
        if (!old.equals(codes)) {
            throw new AssertionFailedError(file + ": codes are changed by hand, here " + without(old, codes) + " to "
                    + without(codes, old) + "\n" + difference);
        }
        System.out.println("wrote " + difference);
        Files.writeString(file, seen);
    }

    private static List<String> without(List<String> codes, List<String> others) {
        List<String> rest = new ArrayList<>(codes);
        others.forEach(rest::remove);
        return rest;
    }

    private static List<String> codes(String text) {
        return CODE.matcher(text).results().map(MatchResult::group).toList();
    }

    @Override
    public String toString() {
        return world.title();
    }
}
