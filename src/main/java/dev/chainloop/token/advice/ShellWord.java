package dev.chainloop.token.advice;

import dev.chainloop.token.source.Environment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Words of a command that a user can paste into a shell. */
public final class ShellWord {
    private static final int LONGEST_NAME = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern PLAIN = Pattern.compile("(?!-)[\\p{L}\\p{N}./_+@,:-]+");

    private static final Pattern PASTEABLE =
            Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S} &&[^`\u115f\u1160\u2800\u3164\uffa0]]+");

    private ShellWord() {}

    /** A word for a POSIX shell, quoted where necessary. */
    public static String of(String word) {
        return isPlain(word) ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** A path as a word, the home folder as {@code ~}. */
    public static String ofPath(String path, Optional<Path> home) {
        String shown = Environment.shortened(path, home);
        return shown.equals(path) ? of(path) : "~/" + of(shown.substring(2));
    }

    /** Whether a shell can expand a variable of that name. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private static boolean isPlain(String word) {
        return PLAIN.matcher(word).matches();
    }

    /** Whether a value can be a word of a command that is shown and pasted: short, and each character visible by itself. */
    public static boolean isPasteable(String value) {
        return !value.isBlank()
                && value.length() <= LONGEST_NAME
                && PASTEABLE.matcher(value).matches();
    }
}
