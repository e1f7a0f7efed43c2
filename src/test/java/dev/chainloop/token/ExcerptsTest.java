package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents show transcripts as they are. A comment above the block names the part and the transcript, as in
 * {@code <!-- findings of src/test/golden/finding-expired-user.txt -->}: {@code screen} is the command and all of its stdout,
 * {@code findings} the same without the facts. {@code -Dgolden.update=true} writes the blocks anew.
 */
class ExcerptsTest {
    private static final Pattern EXCERPT =
            Pattern.compile("<!-- (screen|findings) of (\\S+) -->\n```text\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FINDINGS = Pattern.compile("^(.*?\n)\n.*?(\nWhat to do\n.*)?", Pattern.DOTALL);
    private static final String STDOUT = "-- stdout --\n";

    static List<Path> documents() throws IOException {
        return DocumentsTest.documents(EXCERPT);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void excerptsAreAsTheTranscriptsHaveThem(Path document) throws IOException {
        StringBuilder expected = new StringBuilder();
        Matcher excerpts = EXCERPT.matcher(Files.readString(document));
        while (excerpts.find()) {
            excerpts.appendReplacement(
                    expected,
                    Matcher.quoteReplacement("<!-- " + excerpts.group(1) + " of " + excerpts.group(2)
                            + " -->\n```text\n" + excerpt(excerpts.group(1), Path.of(excerpts.group(2))) + "```"));
        }
        excerpts.appendTail(expected);
        Golden.check(document, expected.toString());
    }

    private static String excerpt(String part, Path file) throws IOException {
        String transcript = Files.readString(file);
        String stdout = transcript
                .substring(transcript.indexOf(STDOUT) + STDOUT.length())
                .replaceFirst("(?s)\n-- stderr --\n.*", "\n");
        stdout = stdout.replace("@HOME@", "/home/ann");
        if (part.equals("screen")) {
            return transcript.lines().findFirst().orElseThrow().replaceFirst(" {3}# exit .*", "") + "\n" + stdout;
        }
        Matcher findings = FINDINGS.matcher(stdout);
        assertTrue(findings.matches(), file + " has no findings");
        return findings.group(1) + Objects.requireNonNullElse(findings.group(2), "");
    }
}
