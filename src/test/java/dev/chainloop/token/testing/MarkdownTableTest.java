package dev.chainloop.token.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table that differs from the program is reported by the names of its rows. */
class MarkdownTableTest {
    private static final String HEADING = "| id | when |";
    private static final List<String> EXPECTED =
            List.of(MarkdownTable.row("`a`", "one"), MarkdownTable.row("`b|c`", "two"));

    @TempDir
    Path folder;

    private MarkdownTable table(String... rows) throws IOException {
        Path document = folder.resolve("page.md");
        Files.writeString(
                document, "text\n\n" + HEADING + "\n|---|---|\n" + String.join("\n", rows) + "\n\n| other |\n");
        return MarkdownTable.in(document, HEADING);
    }

    @Test
    void rightTableHasNoDifference() throws IOException {
        assertEquals(List.of(), table("| `a` | one |", "| `b\\|c` | two |").differences(EXPECTED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a deleted row; | `a` | one |; lacks the row | `b\\|c` | two |",
                "an added row; | `a` | one |#| `b\\|c` | two |#| `d` | x |; does not know: | `d` | x |",
                "another word; | `a` | ten |#| `b\\|c` | two |; says   | `a` | ten |",
                "another order; | `b\\|c` | two |#| `a` | one |; another order",
                "a row twice; | `a` | one |#| `b\\|c` | two |#| `a` | one |; one twice",
                "one twice, once false; | `a` | ten |#| `a` | one |#| `b\\|c` | two |; one twice",
            })
    void differenceIsReported(String what, String rows, String told) throws IOException {
        List<String> differences = table(rows.split("#", -1)).differences(EXPECTED);
        assertEquals(1, differences.size(), differences::toString);
        assertEquals(
                List.of(),
                differences.stream().filter(one -> !one.contains(told)).toList(),
                what);
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
    void replacedTableHasNoDifference() throws IOException {
        table("| `x` | y |").replace(EXPECTED);
        MarkdownTable changed = MarkdownTable.in(folder.resolve("page.md"), HEADING);
        assertEquals(EXPECTED, changed.rows());
        assertEquals("| other |", Files.readAllLines(folder.resolve("page.md")).get(7));
    }
}
