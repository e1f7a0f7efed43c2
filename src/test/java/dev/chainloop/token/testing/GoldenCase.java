package dev.chainloop.token.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One golden transcript: a file {@code src/test/golden/NAME.txt}, such as
 *
 * <pre>
 * $ check
 * variable: &#64;API expired&#64;
 * = 1
 * -- stdout --
 * Check failed
 * </pre>
 *
 * It begins with a {@link TestWorld}, its command and exit status. Then come {@code stdout} and {@code stderr}: what is
 * printed; left out if nothing is. In them {@code @HOME@} is the home folder, {@code @U+1B@} that character, and
 * {@code @VERSION@} the tool's version.
 */
public final class GoldenCase {
    private static final String NAME = "chainloop-token";
    private static final String VERSION = System.getProperty("project.version", "@VERSION@");
    private static final Path ROOT = Path.of("src/test/golden");
    private static final int HOME_LENGTH = 40;

    /** Control characters but TAB and LF, those that change the direction of text or have no width, blanks at line ends. */
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\t\n]]|[ \t](?=\n|\\z)");

    private final Path file;
    private final TestWorld world;

    private GoldenCase(Path file) {
        this.file = file;
        try {
            String head = Files.readString(file).split("(?m)^-- (stdout|stderr) --$", 2)[0];
            world = TestWorld.of(
                    file.getFileName().toString().replace(".txt", ""),
                    head.lines().toList());
        } catch (IOException e) {
            throw new IllegalStateException(file.toString(), e);
        }
        if (!world.answer().equals(List.of("= " + world.one("=", "")))) {
            throw new IllegalStateException(file + " has " + world.answer() + ", not just its exit status");
        }
    }

    public static List<GoldenCase> all() throws IOException {
        try (Stream<Path> files = Files.list(ROOT)) {
            return files.sorted().map(GoldenCase::new).toList();
        }
    }

    public static GoldenCase named(String name) {
        return new GoldenCase(ROOT.resolve(name + ".txt"));
    }

    /** The cases to play: all, or the one that {@code -Dgolden.case=NAME} asks for. */
    public static List<GoldenCase> chosen() throws IOException {
        String name = System.getProperty("golden.case");
        return name == null ? all() : List.of(named(name));
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

    public TestWorld world() {
        return world;
    }

    public int status() {
        return Integer.parseInt(world.one("=", ""));
    }

    /** Compares a run with the transcript, or with {@code -Dgolden.update=true} makes it the transcript. */
    public void check(CliRun.Result result, Path home) throws IOException {
        Golden.check(file, transcriptOf(result, home));
    }

    public void compare(CliRun.Result result, Path home) throws IOException {
        Golden.compare(file, transcriptOf(result, home));
    }

    private String transcriptOf(CliRun.Result result, Path home) throws IOException {
        String head = Files.readString(file).split("(?m)^= ", 2)[0];
        return head + "= " + result.status() + "\n" + section("stdout", result.out(), home)
                + section("stderr", result.err(), home);
    }

    private static String section(String name, String text, Path home) {
        String homeless = text.replace(home.toString(), "@HOME@").replace(NAME + " " + VERSION, NAME + " @VERSION@");
        return text.isEmpty()
                ? ""
                : "-- " + name + " --\n"
                        + HIDDEN.matcher(homeless)
                                .replaceAll(match ->
                                        "@U+%X@".formatted(match.group().codePointAt(0)));
    }

    @Override
    public String toString() {
        return world.title();
    }
}
