package dev.chainloop.token.cli.doc;

import dev.chainloop.token.core.Keyword;
import java.util.Locale;

/** What people who look after tokens ask before anything is wrong; each is a section of {@code topics.md}. */
public enum Topic implements Keyword {
    KINDS,
    EXPIRY,
    ORDER,
    LOGIN,
    ROTATE,
    LEAK,
    SHARE;

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its section of the document, with commands indented instead of fenced. */
    public String in(String document) {
        String heading = "\n## " + word() + "\n";
        StringBuilder text = new StringBuilder();
        boolean fenced = false;
        for (String line :
                document.substring(document.indexOf(heading) + heading.length()).split("\n", -1)) {
            if (line.startsWith("## ")) {
                break;
            }
            boolean fence = line.startsWith("```");
            fenced ^= fence;
            text.append(fence ? "" : (fenced ? "    " : "") + line + "\n");
        }
        return text.toString().strip() + "\n";
    }
}
