package dev.chainloop.token.cli.doc;

import dev.chainloop.token.advice.Shell;
import dev.chainloop.token.core.Keyword;
import java.util.List;
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

    private static final String FENCE = "```";

    /** The languages of blocks that only one shell understands. */
    private static final List<String> OWN_BLOCKS = List.of("fish", "powershell");

    /** The answer, with a shell's own commands where the document has them. */
    public String text(Shell shell) {
        boolean known = shell == Shell.POSIX || OWN_BLOCKS.contains(language(shell));
        return (known ? "" : "The commands are for a POSIX shell; `sh` starts one.\n\n") + section(word(), shell)
                + "\n";
    }

    private static String language(Shell shell) {
        return shell.name().toLowerCase(Locale.ROOT);
    }

    static String section(String heading) {
        return section(heading, Shell.POSIX);
    }

    /**
     * A section of the document, with commands indented instead of fenced; empty if there is none. A block in the language
     * of one shell stands in that shell in the place of the block before it, and elsewhere not at all.
     */
    private static String section(String heading, Shell shell) {
        StringBuilder text = new StringBuilder();
        boolean inside = false;
        boolean fenced = false;
        boolean shown = true;
        int block = 0;
        for (String line : Help.resource("topics.md").split("\n", -1)) {
            boolean fence = line.startsWith(FENCE);
            if (fence) {
                fenced = !fenced;
                String language = line.substring(FENCE.length());
                boolean own = language.equals(language(shell));
                shown = !fenced || own || !OWN_BLOCKS.contains(language);
                if (inside && own) {
                    text.setLength(block);
                } else if (fenced) {
                    block = text.length();
                }
            }
            if (line.startsWith("# ") || line.startsWith("## ")) {
                inside = line.equals("## " + heading);
            } else if (inside && shown && !fence) {
                text.append(fenced ? "    " : "").append(line).append('\n');
            }
        }
        return text.toString().strip();
    }
}
