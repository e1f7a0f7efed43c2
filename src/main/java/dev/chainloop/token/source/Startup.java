package dev.chainloop.token.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files in a home folder from which shells set variables when they start, and how a line there sets one. They are read only
 * for a plan, and only lines about {@code CHAINLOOP_TOKEN} are looked at. In a pattern {@code x} is there if the line exports
 * the variable, and {@code value} is what it is set to. Its repetitions are bounded, since a line may have any length.
 */
public enum Startup {
    SH("sh dash ash busybox", Language.POSIX, ".profile"),
    BASH("bash rbash", Language.POSIX, ".bashrc", ".bash_profile", ".bash_login", ".profile"),
    ZSH("zsh", Language.POSIX, ".zshrc", ".zshenv", ".zprofile", ".zlogin"),
    KSH("ksh ksh93 mksh", Language.POSIX, ".kshrc", ".mkshrc", ".profile"),
    FISH("fish", Language.FISH, ".config/fish/config.fish"),
    /** Where {@code set -U} keeps variables. */
    FISH_UNIVERSAL("fish", "SETUVAR (?<x>--export )?CHAINLOOP_TOKEN:(?<value>\\S*)", ".config/fish/fish_variables"),
    CSH("tcsh csh", "(?:(?<x>setenv)|set)\\s+CHAINLOOP_TOKEN[ =]++" + Language.VALUE, ".tcshrc", ".cshrc", ".login"),
    POWERSHELL(
            "pwsh",
            "(?:\\$(?<x>env:)?CHAINLOOP_TOKEN ?= ?|\\[(?:System\\.)?Environment\\]::SetEnvironmentVariable"
                    + "\\(['\"]CHAINLOOP_TOKEN['\"], ?)" + Language.VALUE,
            ".config/powershell/Microsoft.PowerShell_profile.ps1",
            ".config/powershell/profile.ps1"),
    NUSHELL(
            "nu",
            "(?:(?<x>\\$env\\.)|let )CHAINLOOP_TOKEN ?= ?" + Language.VALUE,
            ".config/nushell/config.nu",
            ".config/nushell/env.nu"),
    ELVISH("elvish", "(?<x>set-env |set E:)CHAINLOOP_TOKEN[ =]++" + Language.VALUE, ".config/elvish/rc.elv"),
    XONSH("xonsh", "(?<x>\\$)?CHAINLOOP_TOKEN ?= ?" + Language.VALUE, ".xonshrc", ".config/xonsh/rc.xsh");

    /** Constants of their own class, since those above are made before any field of this one. */
    private static final class Language {
        static final String VALUE = "(?<value>\"[^\"]*\"|'[^']*'|\\$?\\([^)]*\\)|`[^`]*`|[^\\s;#&|]*) *(?:[,;#&|)].*)?";
        static final String POSIX =
                "(?:\\[.*\\] *&& *)?(?<x>export |(?:declare|typeset) -\\w{0,9}x\\w{0,9} )?CHAINLOOP_TOKEN=" + VALUE;
        static final String FISH =
                "set (?:(?:-\\S+ ){0,9}?(?<x>-\\w{0,9}x\\w{0,9} |--export )(?:-\\S+ ){0,9}|(?:-\\S+ ){0,9})CHAINLOOP_TOKEN +"
                        + VALUE;
    }

    /**
     * A line that sets the variable.
     *
     * @param line its number, from 1
     * @param exported whether programs get the variable
     * @param guard the number of an earlier line that ends the file where nobody types; 0 for none
     * @param value what it is set to: a secret
     */
    public record Assignment(Startup startup, Path file, int line, boolean exported, int guard, Look.Found value) {
        /** Whether the shell makes the value when it starts, so that it cannot be seen. */
        public boolean isComputed() {
            String text = value.sent();
            boolean own = text.contains(Environment.CHAINLOOP_TOKEN);
            return !own && (text.contains("$") || text.contains("`") || text.contains("("));
        }

        /** Whether the shell reads the file for a script, too. */
        public boolean isForScripts() {
            boolean always = startup == FISH || startup == FISH_UNIVERSAL || startup == POWERSHELL;
            return always || file.endsWith(".zshenv") || file.endsWith(".tcshrc") || file.endsWith(".cshrc");
        }

        /** Whether only a shell into which a person types reads the file. */
        public boolean isForPeople() {
            return file.toString().endsWith("rc") || file.toString().endsWith("profile");
        }
    }

    private static final int LONGEST = 1 << 20;

    /** A line that exports what another one assigns. */
    private static final Pattern EXPORT = Pattern.compile(
            "^(?:.*[;&] *)?(?:export|(?:declare|typeset) -\\w{0,9}x\\w{0,9}|set -g?x) (?:\\w+ ){0,99}CHAINLOOP_TOKEN\\b *(?:;.*)?"
                    + "|^set -a\\b.*|^set -o allexport|^setopt allexport");

    private static final Pattern FUNCTION = Pattern.compile("^(?:function .*|[\\w-]+ *\\(\\).*)");
    private static final Pattern GUARD = Pattern.compile(
            "^(?:case \"?\\$-|if [^#]{0,40}-z [^#]{0,9}PS1|[^#]{0,40}(?:PS1|\\$-|-t [01])[^#]{0,40}\\b(?:return|exit)\\b).*");
    private static final Pattern ESCAPED = Pattern.compile("\\\\x([0-9a-f]{2})");

    @SuppressWarnings("ImmutableEnumChecker") // It is.
    private final List<String> shells;

    private final Pattern assignment;

    @SuppressWarnings("ImmutableEnumChecker") // It is.
    private final List<String> files;

    Startup(String shells, String assignment, String... files) {
        this.shells = List.of(shells.split(" ", -1));
        this.assignment = Pattern.compile("^(?:" + assignment + ")");
        this.files = List.of(files);
    }

    /** The startup file into which people write; empty for a shell that is not known. */
    public static Optional<String> ofShell(String program) {
        return Arrays.stream(values())
                .filter(one -> one.shells.contains(program))
                .map(one -> "~/" + one.files.get(0))
                .findFirst();
    }

    /** The names of the programs that read these files. */
    public List<String> shells() {
        return shells;
    }

    /** The last line in each file that sets the variable, by shells in the order above. */
    static List<Assignment> assignments(Environment environment) {
        List<Assignment> all = new ArrayList<>();
        Optional<Path> home = environment.home();
        if (home.isPresent()) {
            for (Startup startup : values()) {
                for (String file : startup.files) {
                    startup.last(home.get().resolve(file)).ifPresent(all::add);
                }
            }
        }
        return all;
    }

    private Optional<Assignment> last(Path file) {
        Optional<Assignment> last = Optional.empty();
        boolean exports = false;
        boolean within = false;
        int guard = 0;
        int number = 0;
        for (String text : lines(file)) {
            number++;
            String line = text.strip();
            boolean indented = !text.equals(text.stripLeading());
            if (!indented && !line.isEmpty()) {
                within = FUNCTION.matcher(line).matches() && !line.endsWith("}");
            }
            guard = guard == 0 && !within && GUARD.matcher(line).matches() ? number : guard;
            exports |= EXPORT.matcher(line).matches();
            Matcher assigns = assignment.matcher(line);
            if (!within && assigns.matches()) {
                exports |= assigns.group("x") != null;
                last = Optional.of(assignment(file, number, exports, guard, value(assigns.group("value"))));
            }
        }
        boolean exported = exports;
        return last.map(one -> new Assignment(this, file, one.line, exported, one.guard, one.value));
    }

    private Assignment assignment(Path file, int line, boolean exported, int guard, String value) {
        Origin origin = new Origin(SourceKind.ENVIRONMENT, Environment.CHAINLOOP_TOKEN);
        return new Assignment(this, file, line, exported, guard, new Look.Found(origin, Cleaned.of(value)));
    }

    private static List<String> lines(Path file) {
        try {
            // The files of /proc have no length, and some of them no end.
            return Files.isRegularFile(file) && Files.size(file) > 0 && Files.size(file) <= LONGEST
                    ? Files.readString(file, StandardCharsets.ISO_8859_1)
                            .lines()
                            .toList()
                    : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Without its quotes; fish writes each letter that is not plain by its number. */
    private static String value(String text) {
        char first = text.isEmpty() ? ' ' : text.charAt(0);
        boolean quoted =
                text.length() > 1 && (first == '"' || first == '\'') && text.charAt(text.length() - 1) == first;
        return ESCAPED.matcher(quoted ? text.substring(1, text.length() - 1) : text)
                .replaceAll(
                        code -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(code.group(1), 16))));
    }
}
