package dev.chainloop.token.diagnosis;

import java.nio.file.Path;
import java.util.Optional;

/** Words of a command that a user can paste into a shell. */
public final class ShellWord {
    private ShellWord() {}

    /** A word for a POSIX shell, quoted where necessary. */
    public static String of(String word) {
        return isPlain(word) ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** A path as a word, the home folder as {@code ~}. */
    public static String ofPath(String path, Optional<Path> home) {
        String shown = shortened(path, home);
        return shown.equals(path) ? of(path) : "~/" + of(shown.substring(2));
    }

    /** A path for a person, the home folder as {@code ~}. */
    public static String shortened(String path, Optional<Path> home) {
        if (home.isEmpty()) {
            return path;
        }
        String folder = home.get().toString();
        boolean within = path.startsWith(folder)
                && path.length() > folder.length()
                && (path.charAt(folder.length()) == '/' || path.charAt(folder.length()) == '\\');
        return within ? "~" + path.substring(folder.length()) : path;
    }

    private static boolean isPlain(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!Character.isLetterOrDigit(c) && "./_-+@,".indexOf(c) < 0) {
                return false;
            }
        }
        return !word.isEmpty() && word.charAt(0) != '-';
    }
}
