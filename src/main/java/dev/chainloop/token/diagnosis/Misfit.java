package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SourceKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What people put in a token's place, in the order in which it is looked for. A new one is a constant here. None of the
 * texts holds a piece of the value.
 */
enum Misfit {
    MASKED(
            Misfit::isMasked,
            "a mask, as logs show in the place of a secret",
            "Take the value from where the secret is kept, not from a log or a screen."),
    UNSET(
            value -> List.of("null", "undefined", "none", "nil", "<no value>", "<nil>", "''", "\"\"")
                    .contains(value.toLowerCase(Locale.ROOT)),
            "the word that a program prints for a value that is not there",
            "Check the name of the secret or the key that it was read from."),
    UNEXPANDED(Misfit::isUnexpanded, "the name of a variable or a secret, and nothing put the value in its place", "") {
        @Override
        String cure(Origin origin) {
            return switch (origin.kind().naming()) {
                case WORD ->
                    "Let the shell expand it: not in single quotes, and only $NAME or ${NAME}; `${{ … }}` works in a"
                            + " workflow file alone.";
                case VARIABLE ->
                    "Check the file that sets it: `${{ secrets.NAME }}` works in GitHub's workflows alone, $NAME in GitLab's"
                            + " and in a shell without single quotes, and the variable or secret named there has to exist.";
                case PATH -> "The config file is read as it is: no variable in it is expanded.";
            };
        }
    },
    FILE(value -> false, "the path of a file", "") {
        @Override
        String cure(Origin origin) {
            return switch (origin.kind().naming()) {
                case WORD -> "That is a file; use `<FILE`: `chainloop-token <FILE` reads the token in it.";
                case VARIABLE ->
                    "Set the variable to what is in the file: `export " + origin.name()
                            + "=\"$(cat FILE)\"`. In GitLab, make" + " it of type Variable, not File.";
                case PATH -> "";
            };
        }
    },
    KEY(
            value -> value.startsWith("-----BEGIN"),
            "a key or a certificate in PEM",
            "A key judges a token: give it with --key, or with --secret-file."),
    ADDRESS(value -> value.matches("(?i)https?://\\S+"), "an address", Sentences.OWN),
    FINGERPRINT(
            value -> value.matches("(?i)sha256:[0-9a-f]{16}"),
            "a fingerprint, from which no token can be had back",
            "A token is shown once, when it is made."),
    ID(
            value -> value.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
            "an ID, and not the token that has it",
            "A token is shown once, when it is made: if nobody kept it, make a new one."),
    GITHUB(value -> value.matches("(gh[pousr]_|github_pat_)\\w+"), "a token of GitHub", Sentences.OWN),
    GITLAB(
            value -> value.matches("gl(pat|ptt|dt|rt|rtr|cbt|ft|soat|agent|oas|imt|ffct)-[\\w.-]+|gldt-[\\w-]+"),
            "a token of GitLab",
            Sentences.OWN),
    VAULT(value -> value.matches("(hv[sbr]\\.|[sbr]\\.(?=\\w{24}))[\\w-]+"), "a token of Vault", Sentences.OWN),
    OTHER_SERVICE(
            value -> value.matches(
                    "(xox[a-z]-|npm_|pypi-|dckr_pat_|ya29\\.|AKIA|ASIA|sk-|sk_live_|AIza|dop_v1_|cosign|NRAK-)[\\w.-]+"),
            "a token or a key of another service",
            Sentences.OWN),
    PERCENT(
            value -> value.matches("(?s).*%2[eE].*") && isJwt(value.replaceAll("%2[eE]", ".")),
            "a token whose dots are written as %2E, as in an address",
            "Put a dot for each %2E."),
    JSON(
            value -> value.matches("(?s)\\s*[\\[{].*") && hasJwt(value),
            "JSON with a token in it",
            "Take out the bare value: `jq -r .KEY` prints it, with the key that it has there."),
    WRAPPED(
            value -> value.matches("(?s).*\\s.*") && isJwt(value.replaceAll("\\s", "")),
            "a token that is broken over lines, or has blanks in it",
            "Join it: `tr -d '[:space:]' <FILE` prints it on one line."),
    BASE64(
            Misfit::isBase64,
            "a token in base64 once more, as Kubernetes keeps a secret",
            "Decode it once: `base64 -d <FILE`."),
    SURROUNDED(
            Misfit::isSurrounded,
            "a text with a token somewhere in it",
            "Take out the bare token: three parts with two dots between them, and nothing around."),
    CUT(
            Misfit::isCut,
            "a token that was cut: only a part of it is there",
            "Copy it anew, the whole of it: a screen or a field can hide a piece of a long line."),
    PASSWORD(
            value -> value.matches("\\S+") && value.indexOf('.') < 0,
            "",
            "It may be a password or a key of another service.") {
        @Override
        String what(String fault) {
            return fault;
        }
    };

    private static final Parser PARSER = new Parser();
    private static final int LONGEST_PATH = 4096;
    private static final int MOST_RUNS = 50;

    @SuppressWarnings("ImmutableEnumChecker") // It has no state.
    private final Test test;

    private final String what;
    private final String cure;

    /** Texts of the rows, which cannot refer to constants of their own class. */
    private static final class Sentences {
        static final String OWN = "Chainloop takes only its own tokens, and those that CI providers make for it.";
    }

    /** Tells whether a value is one. */
    @FunctionalInterface
    private interface Test {
        boolean fits(String value);
    }

    Misfit(Test test, String what, String cure) {
        this.test = test;
        this.what = what;
        this.cure = cure;
    }

    /** What a value is that is no token, if it looks like any. */
    static Optional<Misfit> of(String value, Optional<Path> home) {
        String stripped = value.strip();
        if (stripped.length() > Parser.MAX_LENGTH) {
            return Optional.empty();
        }
        for (Misfit misfit : values()) {
            if (misfit.test.fits(stripped) || (misfit == FILE && isFile(stripped, home))) {
                return Optional.of(misfit);
            }
        }
        return Optional.empty();
    }

    /**
     * What it is, a phrase.
     *
     * @param fault what the parser says of it
     */
    String what(String fault) {
        return "it is " + what;
    }

    /** What to do about it where it was found; may be empty. */
    String cure(Origin origin) {
        return cure;
    }

    /** Whether a token is in it, so that its own cure is all that is needed. */
    boolean holdsToken(SourceKind kind) {
        return switch (this) {
            case PERCENT, JSON, WRAPPED, BASE64, SURROUNDED -> true;
            case FILE, UNEXPANDED -> kind != SourceKind.CONFIG;
            case MASKED, UNSET, KEY, ADDRESS, FINGERPRINT, ID, GITHUB, GITLAB, VAULT, OTHER_SERVICE, CUT, PASSWORD ->
                false;
        };
    }

    private static boolean isMasked(String value) {
        return value.matches("[*•●.xX·]{3,}|(?i)[\\[<(](masked|redacted|secret|hidden|filtered)[\\])>]")
                || value.startsWith("***")
                || value.endsWith("***");
    }

    private static boolean isUnexpanded(String value) {
        return value.matches("(?s)\\$\\{\\{.*\\}\\}|\\{\\{.*\\}\\}|\\$[({].*[)}]|\\$(env:)?\\w+|%\\w+%|<[\\w -]+>");
    }

    private static boolean isFile(String value, Optional<Path> home) {
        if (value.isEmpty() || value.length() > LONGEST_PATH || value.indexOf('\n') >= 0) {
            return false;
        }
        try {
            Path path = value.startsWith("~/") && home.isPresent()
                    ? home.get().resolve(value.substring(2))
                    : Path.of(value.startsWith("@") ? value.substring(1) : value);
            return Files.isRegularFile(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isJwt(String text) {
        try {
            PARSER.decode(text);
            return true;
        } catch (MalformedTokenException e) {
            return false;
        }
    }

    private static boolean hasJwt(String text) {
        for (String run : runs(text)) {
            if (isJwt(run)) {
                return true;
            }
        }
        return false;
    }

    /** Padding is a fault of the token's own, and a line end in it breaks it, whatever stands before. */
    private static boolean isSurrounded(String text) {
        int run = 0;
        while (run < text.length() && isOfToken(text.charAt(run))) {
            run++;
        }
        return hasJwt(text) && !(text.startsWith("ey") && text.substring(run).matches("=+|[\\s\\w.=-]*"));
    }

    private static List<String> runs(String text) {
        List<String> runs = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length() && runs.size() < MOST_RUNS; i++) {
            if (i == text.length() || !isOfToken(text.charAt(i))) {
                if (text.startsWith("ey", start) && i - start > 20) {
                    runs.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return runs;
    }

    private static boolean isOfToken(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }

    private static boolean isBase64(String value) {
        String joined = SPACE.matcher(value).replaceAll("").replace('-', '+').replace('_', '/');
        try {
            byte[] bytes = Base64.getDecoder().decode(joined);
            return isJwt(new String(bytes, StandardCharsets.ISO_8859_1).strip());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static final Pattern SPACE = Pattern.compile("\\s");

    /** Whether a part of it can be read, and another is not there, perhaps with dots for what was left out. */
    private static boolean isCut(String value) {
        String[] parts = value.split("\\.", -1);
        if (value.endsWith("...") || value.endsWith("…")) {
            return isJwt(parts[0] + ".e30.") || value.matches("ey[\\w-]{10,}[.…]+");
        }
        if (parts.length == 1) {
            return value.matches("ey[\\w-]{10,}");
        }
        if (parts.length == 2) {
            return isJwt(parts[0] + ".e30.") || isJwt("e30." + parts[0] + ".");
        }
        return parts.length == 3
                && (isJwt(parts[0] + ".e30.")
                        ? isJwt(parts[0] + "." + parts[1] + ".")
                                && parts[2].matches("(?s)[\\w-]+")
                                && parts[2].length() % 4 == 1
                        : parts[0].matches("[\\w-]*") && isJwt("e30." + parts[1] + "."));
    }
}
