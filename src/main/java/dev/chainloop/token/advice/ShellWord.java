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

    /** What PowerShell takes for a list or an expansion. */
    private static final Pattern SPECIAL = Pattern.compile("[,@]");

    private static final Pattern PASTEABLE =
            Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S} &&[^`\u115f\u1160\u2800\u3164\uffa0]]+");

    private ShellWord() {}

    /** A word for a shell, quoted where necessary. */
    public static String of(String word, Shell shell) {
        return isPlain(word)
                        && !(shell == Shell.POWERSHELL && SPECIAL.matcher(word).find())
                ? word
                : shell.quoted(word);
    }

    /** A path as a word, the home folder as {@code ~}, unless that would have to be quoted. */
    public static String ofPath(String path, Optional<Path> home, Shell shell) {
        String shown = Environment.shortened(path, home);
        if (shown.equals(path)) {
            return of(path, shell);
        }
        String below = of(shown.substring(2), shell);
        return shell.takesNoBareWord() && !below.equals(shown.substring(2)) ? of(path, shell) : "~/" + below;
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
