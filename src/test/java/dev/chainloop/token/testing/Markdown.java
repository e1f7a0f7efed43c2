package dev.chainloop.token.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document's blocks of code, and its tables. */
public final class Markdown {
    private final List<String> lines;
    /** The index of the first row below a table's heading, and the one after the last. */
    private final int start;

    private final int end;

    private Markdown(List<String> lines, int start, int end) {
        this.lines = lines;
        this.start = start;
        this.end = end;
    }

    /** The first block of a language that contains a text, below a heading if one is named. */
    public static String block(Path document, String heading, String language, String text) throws IOException {
        String all = "\n" + Files.readString(document);
        String section = heading.isEmpty()
                ? all
                : all.split("\n##+ " + Pattern.quote(heading) + "\n", -1)[1].split("\n##+ ", -1)[0];
        Matcher blocks = Pattern.compile("(?s)\n```" + language + "\n(.*?)```").matcher(section);
        while (blocks.find()) {
            if (blocks.group(1).contains(text)) {
                return blocks.group(1);
            }
        }
        throw new AssertionError(document + " has no block of " + language + " with " + text);
    }

    /** The table below a heading row such as {@code | id | severity | when |}; none or two of them are an error. */
    public static Markdown table(Path document, String heading) throws IOException {
        List<String> lines = Files.readAllLines(document);
        int at = lines.indexOf(heading);
        if (at < 0 || at != lines.lastIndexOf(heading)) {
            throw new AssertionError(document + " does not have one table under " + heading);
        }
        int end = at + 2;
        while (end < lines.size() && lines.get(end).startsWith("|")) {
            end++;
        }
        return new Markdown(lines, at + 2, end);
    }

    public static String row(String... cells) {
        StringBuilder row = new StringBuilder("|");
        for (String cell : cells) {
            row.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        return row.toString();
    }

    /** The cells of each row, without escapes. */
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (String row : lines.subList(start, end)) {
            List<String> cells = new ArrayList<>();
            for (String cell : row.substring(1, row.length() - 1).split("(?<!\\\\)\\|", -1)) {
                cells.add(cell.strip().replace("\\|", "|"));
            }
            rows.add(cells);
        }
        return rows;
    }

    /** The document's text with these rows in place of the present ones. */
    public String with(List<String> rows) {
        List<String> changed = new ArrayList<>(lines.subList(0, start));
        changed.addAll(rows);
        changed.addAll(lines.subList(end, lines.size()));
        return String.join("\n", changed) + "\n";
    }
}
