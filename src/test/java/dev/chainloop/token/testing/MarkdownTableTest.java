package dev.chainloop.token.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of a document's table are read and replaced. */
class MarkdownTableTest {
    private static final String HEADING = "| id | when |";

    @TempDir
    Path folder;

    private MarkdownTable table(String... rows) throws IOException {
        Path document = folder.resolve("page.md");
        Files.writeString(
                document, "text\n\n" + HEADING + "\n|---|---|\n" + String.join("\n", rows) + "\n\n| other |\n");
        return MarkdownTable.in(document, HEADING);
    }

    @Test
    void cellsAreWithoutTheEscapesThatTheRowHas() {
        assertEquals(List.of("`b|c`", "two"), MarkdownTable.cells("| `b\\|c` | two |"));
        assertEquals("| `b\\|c` | two |", MarkdownTable.row("`b|c`", "two"));
    }

    @Test
    void missingTableIsAnError() throws IOException {
        table("| `a` | one |");
        assertThrows(AssertionError.class, () -> MarkdownTable.in(folder.resolve("page.md"), "| no | such |"));
    }

    @Test
    void onlyTheRowsAreReplaced() throws IOException {
        assertEquals(
                "text\n\n" + HEADING + "\n|---|---|\n| `a` | one |\n| `b\\|c` | two |\n\n| other |\n",
                table("| `x` | y |").with(List.of(MarkdownTable.row("`a`", "one"), MarkdownTable.row("`b|c`", "two"))));
    }
}
