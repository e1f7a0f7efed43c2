package dev.chainloop.token.cli;

import dev.chainloop.token.core.Keyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What people who look after tokens ask before anything is wrong; each is a section of {@code topics.md}. */
enum Topic implements Keyword {
    KINDS,
    RIGHTS,
    ROTATE,
    LEAK,
    LEAVE,
    SECRET;

    /** What it answers, in a line. */
    String summary() {
        return section(word()).lines().findFirst().orElseThrow();
    }

    /** A section of the document, with commands indented instead of fenced; empty if there is none. */
    static String section(String heading) {
        StringBuilder text = new StringBuilder();
        boolean inside = false;
        boolean fenced = false;
        for (String line : resource("topics.md").split("\n", -1)) {
            boolean fence = line.startsWith("```");
            fenced ^= fence;
            if (line.startsWith("# ") || line.startsWith("## ")) {
                inside = line.equals("## " + heading);
            } else if (inside && !fence) {
                text.append(fenced ? "    " : "").append(line).append('\n');
            }
        }
        return text.toString().strip();
    }

    /** A text that is packed beside the commands. */
    static String resource(String name) {
        try (InputStream text = Topic.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(text, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
