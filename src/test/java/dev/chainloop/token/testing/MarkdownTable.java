package dev.chainloop.token.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The table of a document below a heading row such as {@code | id | severity | when |}. */
public final class MarkdownTable {
    private final List<String> lines;
    /** The index of the first row below the heading, and the one after the last. */
    private final int start;

    private final int end;

    private MarkdownTable(List<String> lines, int start, int end) {
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
        return new MarkdownTable(lines, at + 2, end);
    }

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

    public List<String> rows() {
        return lines.subList(start, end);
    }

    /** The document's text with these rows in place of the present ones. */
    public String with(List<String> rows) {
        List<String> changed = new ArrayList<>(lines.subList(0, start));
        changed.addAll(rows);
        changed.addAll(lines.subList(end, lines.size()));
        return String.join("\n", changed) + "\n";
    }
}
