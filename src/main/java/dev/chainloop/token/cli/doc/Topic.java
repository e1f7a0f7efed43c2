package dev.chainloop.token.cli.doc;

import dev.chainloop.token.core.Keyword;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people who look after tokens ask before anything is wrong; each is a section of {@code topics.md}. */
public enum Topic implements Keyword {
    KINDS,
    RIGHTS,
    EXPIRY,
    ORDER,
    LOGIN,
    ROTATE,
    LEAK,
    LEAVE,
    SECRET,
    SHARE,
    CI,
    ENVIRONMENT,
    EXIT;

    private static final String FENCE = "```";
    private static final Pattern EVERY_CONFIG_FILE = Pattern.compile("(?m)^    Linux .*\\R    macOS .*$");

    /** What it answers, in a line. */
    public String summary() {
        return section(word()).lines().findFirst().orElseThrow();
    }

    /**
     * The answer.
     *
     * @param configFile where the Chainloop CLI keeps a login on this system, which the document says of every system
     */
    public String text(Optional<Path> configFile) {
        String text = section(word()) + "\n";
        return configFile
                .map(file -> EVERY_CONFIG_FILE.matcher(text).replaceFirst(Matcher.quoteReplacement("    " + file)))
                .orElse(text);
    }

    /** A section of the document, with commands indented instead of fenced; empty if there is none. */
    static String section(String heading) {
        StringBuilder text = new StringBuilder();
        boolean inside = false;
        boolean fenced = false;
        for (String line : Help.resource("topics.md").split("\n", -1)) {
            boolean fence = line.startsWith(FENCE);
            fenced ^= fence;
            if (line.startsWith("# ") || line.startsWith("## ")) {
                inside = line.equals("## " + heading);
            } else if (inside && !fence) {
                text.append(fenced ? "    " : "").append(line).append('\n');
            }
        }
        return text.toString().strip();
    }
}
