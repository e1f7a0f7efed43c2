package dev.chainloop.token.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A document's blocks of code, and its tables. */
public final class Markdown {
    private Markdown() {}

    /** The first block of a language that contains a text, below a heading if one is named. */
    public static String block(Path document, String heading, String language, String text) throws IOException {
        String all = "\n" + Files.readString(document);
        String section = heading.isEmpty()
                ? all
                : all.split("\n##+ " + Pattern.quote(heading) + "\n", -1)[1].split("\n##+ ", -1)[0];
        return Pattern.compile("(?s)\n```" + language + "\n(.*?)```")
                .matcher(section)
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError(document + " has no block of " + language + " with " + text));
    }

    /** The rows below a heading such as {@code | id | severity | when |} as a group; none or two of them are an error. */
    private static Matcher table(Path document, String heading) throws IOException {
        String text = Files.readString(document);
        Matcher table = Pattern.compile("(?m)^" + Pattern.quote(heading) + "\n.*\n((?:[|].*\n)*)")
                .matcher(text);
        if (!table.find() || text.indexOf("\n" + heading + "\n", table.end()) >= 0) {
            throw new AssertionError(document + " does not have one table under " + heading);
        }
        return table;
    }

    public static String row(String... cells) {
        StringBuilder row = new StringBuilder("|");
        for (String cell : cells) {
            row.append(' ').append(cell.replace("|", "\\|")).append(" |");
        }
        return row.toString();
    }

    /** The cells of each row of a table, without escapes. */
    public static List<List<String>> rows(Path document, String heading) throws IOException {
        return table(document, heading)
                .group(1)
                .lines()
                .map(row -> Stream.of(row.substring(1, row.length() - 1).split("(?<!\\\\)[|]", -1))
                        .map(cell -> cell.strip().replace("\\|", "|"))
                        .toList())
                .toList();
    }

    /** The document's text with these rows of a table in place of the present ones. */
    public static String with(Path document, String heading, List<String> rows) throws IOException {
        Matcher table = table(document, heading);
        return new StringBuilder(Files.readString(document))
                .replace(table.start(1), table.end(1), String.join("\n", rows) + "\n")
                .toString();
    }
}
