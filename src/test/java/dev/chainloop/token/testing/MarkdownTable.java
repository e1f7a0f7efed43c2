package dev.chainloop.token.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of a document below a heading row such as {@code | id | severity | when |}. */
public final class MarkdownTable {
    private final Path document;
    private final List<String> lines;
    /** The index of the first row below the heading, and the one after the last. */
    private final int start;

    private final int end;

    private MarkdownTable(Path document, List<String> lines, int start, int end) {
        this.document = document;
        this.lines = lines;
        this.start = start;
        this.end = end;
    }

    /** Finds the table; a document without it, or with two of them, is an error. */
    public static MarkdownTable in(Path document, String heading) throws IOException {
        List<String> lines = Files.readAllLines(document);
        int at = lines.indexOf(heading);
        if (at < 0 || at != lines.lastIndexOf(heading)) {
            throw new AssertionError(document + " does not have one table under " + heading);
        }
        int end = at + 2;
        while (end < lines.size() && lines.get(end).startsWith("|")) {
            end++;
        }
        return new MarkdownTable(document, lines, at + 2, end);
    }

    /** A row as it is written. */
    public static String row(String... cells) {
        StringBuilder row = new StringBuilder("|");
        for (String cell : cells) {
            row.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        return row.toString();
    }

    /** The cells of a row, without escapes. */
    public static List<String> cells(String row) {
        List<String> cells = new ArrayList<>();
        for (String cell : row.substring(1, row.length() - 1).split("(?<!\\\\)\\|", -1)) {
            cells.add(cell.strip().replace("\\|", "|"));
        }
        return cells;
    }

    /** The rows as they are written. */
    public List<String> rows() {
        return lines.subList(start, end);
    }

    /** Says, by the rows' names, how the document differs from what it should say; empty when it does not. */
    public List<String> differences(List<String> expected) {
        Map<String, String> written = byName(rows());
        Map<String, String> wanted = byName(expected);
        List<String> differences = new ArrayList<>();
        wanted.forEach((name, row) -> {
            if (!written.containsKey(name)) {
                differences.add(document + " lacks the row " + row);
            } else if (!row.equals(written.get(name))) {
                differences.add(document + " says   " + written.get(name) + "\nthe program says " + row);
            }
        });
        written.forEach((name, row) -> {
            if (!wanted.containsKey(name)) {
                differences.add(document + " has a row that the program does not know: " + row);
            }
        });
        if (differences.isEmpty() && !rows().equals(expected)) {
            differences.add(document + " has the rows in another order than the program, or one twice: "
                    + List.copyOf(written.keySet()));
        }
        return differences;
    }

    private static Map<String, String> byName(List<String> rows) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String row : rows) {
            byName.put(cells(row).get(0), row);
        }
        return byName;
    }

    /** Writes these rows in place of the present ones. */
    public void replace(List<String> expected) throws IOException {
        List<String> changed = new ArrayList<>(lines.subList(0, start));
        changed.addAll(expected);
        changed.addAll(lines.subList(end, lines.size()));
        Files.write(document, changed);
    }
}
