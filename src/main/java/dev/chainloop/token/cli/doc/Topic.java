package dev.chainloop.token.cli.doc;

import dev.chainloop.token.advice.Shell;
import dev.chainloop.token.core.Keyword;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

    /** The languages of blocks that only one shell understands. */
    private static final List<String> OWN_BLOCKS = List.of("fish", "powershell");

    /** What it answers, in a line. */
    public String summary() {
        return section(word()).lines().findFirst().orElseThrow();
    }

    /**
     * The answer, with a shell's own commands where the document has them.
     *
     * @param configFile where the Chainloop CLI keeps a login on this system, which the document says of every system
     */
    public String text(Shell shell, Optional<Path> configFile) {
        boolean known = shell == Shell.POSIX || OWN_BLOCKS.contains(language(shell));
        String text = (known ? "" : "The commands are for a POSIX shell; `sh` starts one.\n\n") + section(word(), shell)
                + "\n";
        return configFile
                .map(file -> EVERY_CONFIG_FILE.matcher(text).replaceFirst(Matcher.quoteReplacement("    " + file)))
                .orElse(text);
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
