package dev.chainloop.token.advice;

import dev.chainloop.token.core.Form;
import dev.chainloop.token.source.Environment;
import java.nio.file.Path;
import java.util.Optional;

/** Words of a command that a user can paste into a shell. */
public final class ShellWord {
    private static final String PLAIN = "./_+@,:-";

    private ShellWord() {}

    /** A word for a POSIX shell, quoted if necessary; a word that begins with a dash is still read as an option. */
    public static String of(String word) {
        boolean plain = word.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /**
     * A path as a word, the home folder as {@code ~}, and never one that a command would read as an option.
     *
     * @return a placeholder for a path with characters that cannot be seen, or with a backslash, which fish obeys in quotes, too
     */
    public static String ofPath(String path, Optional<Path> home) {
        if (path.indexOf('\\') >= 0 || !path.codePoints().allMatch(ShellWord::isVisible)) {
            return "FILE";
        }
        String shown = Environment.shortened(path, home);
        return shown.equals(path) ? of(path.startsWith("-") ? "./" + path : path) : "~/" + of(shown.substring(2));
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> !Form.isHidden(c);
        };
    }
}
