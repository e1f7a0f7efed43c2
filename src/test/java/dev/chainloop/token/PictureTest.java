package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The picture in the README, drawn from two transcripts; {@code -Dgolden.update=true} draws it again. */
class PictureTest {
    private static final Path PICTURE = Path.of(".github/images/screens.svg");
    private static final int WIDTH = 800;
    private static final int LINE = 19;
    private static final int MARGIN = 20;

    @Test
    void thePictureShowsTheTranscripts() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.addAll(screen("api-token-scoped-text", "$ echo \"$GOOD\" | chainloop-token inspect"));
        lines.add("");
        lines.addAll(screen("finding-expired", "$ echo \"$OLD\" | chainloop-token inspect"));
        Golden.check(PICTURE, drawn(lines));
        String readme = Files.readString(Path.of("README.md"));
        assertTrue(readme.contains("](" + PICTURE + ")"), "the README shows it");
    }

    /** A command, and what the transcript has of its stdout. */
    private static List<String> screen(String name, String command) throws IOException {
        String transcript = Files.readString(Path.of("src/test/golden", name + ".txt"));
        List<String> lines = new ArrayList<>(List.of(command));
        lines.addAll(transcript.split("-- stdout --\n", 2)[1].strip().lines().toList());
        return lines;
    }

    /** It has its own dark background, so that it can be read on a light page and on a dark one. */
    private static String drawn(List<String> lines) {
        int height = lines.size() * LINE + 2 * MARGIN;
        StringBuilder picture = new StringBuilder()
                .append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title desc\"")
                .append(" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n".formatted(WIDTH, height, WIDTH, height))
                .append(
                        "<title id=\"title\">A terminal: a healthy API token, and an expired one with its plan</title>\n")
                .append("<desc id=\"desc\">%s</desc>\n".formatted(escaped(String.join("\n", lines))))
                .append("<style>text { font: 14px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace;")
                .append(" fill: #d0d7de; white-space: pre }\n")
                .append(".prompt { fill: #7ee787 } .error { fill: #ff7b72; font-weight: bold }")
                .append(" .command { fill: #79c0ff } .title { font-weight: bold }</style>\n")
                .append("<rect x=\"1\" y=\"1\" width=\"%d\" height=\"%d\" rx=\"8\"".formatted(WIDTH - 2, height - 2))
                .append(" fill=\"#0d1117\" stroke=\"#57606a\"/>\n");
        int y = MARGIN;
        for (String line : lines) {
            y += LINE;
            picture.append(
                    line.isEmpty()
                            ? ""
                            : "<text class=\"%s\" x=\"%d\" y=\"%d\" xml:space=\"preserve\">%s</text>\n"
                                    .formatted(style(line), MARGIN, y - 4, escaped(line)));
        }
        return picture + "</svg>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String style(String line) {
        return line.startsWith("$")
                ? "prompt"
                : line.startsWith("✗")
                        ? "error"
                        : line.startsWith("    ") ? "command" : line.startsWith(" ") ? "text" : "title";
    }
}
