package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.Surroundings;
import dev.chainloop.token.source.Surroundings.CiSystem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What people put in place of a token, in the order in which it is looked for. A new one is a constant here. None of
 * the texts holds a piece of the value.
 */
enum Misfit {
    MASKED(
            Misfit::isMasked,
            "a mask, which logs show in place of a secret",
            "Take the value from where the secret is kept, not from a log or a screen."),
    UNSET(
            value -> List.of(
                            "null",
                            "(null)",
                            "undefined",
                            "none",
                            "nil",
                            "nan",
                            "n/a",
                            "<no value>",
                            "<nil>",
                            "''",
                            "\"\"",
                            "{}",
                            "[]",
                            "-")
                    .contains(value.toLowerCase(Locale.ROOT)),
            "what a program prints for a missing value",
            "Check the name of the secret or the key that it was read from."),
    PLACEHOLDER(
            value -> value.length() <= Shared.LONGEST_WORD && value.matches(Shared.PLACEHOLDERS),
            "a placeholder, which examples have in place of a secret",
            "Replace it with a token."),
    UNEXPANDED(
            value -> value.matches(Shared.UNEXPANDED_NAMES) && !hasJwt(value),
            "the name of a variable or a secret that was not replaced by its value",
            "") {
        @Override
        String cure(Origin origin, Surroundings here) {
            return switch (origin.kind().naming()) {
                case WORD ->
                    "Let the shell expand it: $NAME or ${NAME}, not in single quotes"
                            + (here.isIn(CiSystem.GITLAB) ? "." : "; `${{ … }}` only works in a workflow file.");
                case VARIABLE -> "Check the file that sets it: " + expansion(here) + ", and that name must exist.";
                case PATH -> "The config file is read as it is: no variable in it is expanded.";
            };
        }
    },
    REFERENCE(
            value -> value.matches(
                    "(?i)(op|vault|ref\\+\\w+|secret|env|ssm|gcp-sm|awssm|keyring)://\\S*|vault:[^/\\s]*/\\S*"
                            + "|arn:aws[\\w-]*:(secretsmanager|ssm):\\S*|projects/([^/\\s]+/){1,3}secrets/\\S+"),
            "a reference to a secret that was not resolved",
            "Have whatever starts the command resolve it, and pass the token itself."),
    FILE(value -> false, "the path of a file", "") {
        @Override
        String cure(Origin origin, Surroundings here) {
            return switch (origin.kind().naming()) {
                case WORD -> "That is a file; use `<FILE`: `chainloop-token <FILE` reads the token in it.";
                case VARIABLE ->
                    here.isIn(CiSystem.GITLAB)
                            ? "Make the variable of type Variable, not File."
                            : "Set the variable to the file's content: `export " + origin.name() + "=\"$(cat FILE)\"`.";
                case PATH -> "";
            };
        }
    },
    PATH(
            value -> value.length() <= Shared.LONGEST_PATH
                    && value.matches("@?(~|\\.{1,2})?/[/\\w.@ +-]+|[A-Za-z]:\\\\[^\\n]*|file:\\S*"),
            "the path of a file that does not exist here",
            "Check the path, and use the file's content instead."),
    KEY(
            value -> value.startsWith("-----BEGIN")
                    || value.matches("MII[\\w+/=\\s]{40,}|ssh-\\w+ [\\w+/=]+( .*)?|(?s)\\{[^{]*\"(kty|keys)\".*"),
            "a key or a certificate",
            "A key verifies a token: give it with --key or --secret-file."),
    ADDRESS(Misfit::isAddress, "a URL", Shared.OWN),
    FINGERPRINT(
            value -> value.matches("(?i)sha256:[0-9a-f]{16}"),
            "a fingerprint, from which a token cannot be recovered",
            "A token is shown only once, when it is created."),
    ID(
            value -> value.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
            "an ID, not the token itself",
            "A token is shown only once, when it is created: if nobody kept it, create a new one."),
    OTHER_SERVICE(value -> OtherService.of(value).isPresent(), "a token or a key of ", Shared.OWN) {
        @Override
        String what(String value, String fault) {
            return super.what(value, fault)
                    + OtherService.of(value).orElseThrow().title();
        }
    },
    PERCENT(
            value -> value.matches("(?s).*%2[eE].*") && isJwt(value.replaceAll("%2[eE]", ".")),
            "a token whose dots are written as %2E, as in a URL") {
        @Override
        String filter(String value) {
            return "sed 's/%2[Ee]/./g'";
        }
    },
    ALPHABET(
            value -> value.matches("[\\w.+/=-]+")
                    && (value.indexOf('+') >= 0 || value.indexOf('/') >= 0)
                    && isJwt(value.replace('+', '-').replace('/', '_').replace("=", "")),
            "a token in standard base64, with + and / where base64url has - and _") {
        @Override
        String filter(String value) {
            return "tr '+/' '-_' | tr -d '='";
        }
    },
    PADDED(
            value -> value.matches("([\\w-]+=*\\.){2}[\\w-]*=*") && isJwt(value.replace("=", "")),
            "a token with padding (=), which a JWT does not have") {
        @Override
        String filter(String value) {
            return "tr -d '='";
        }
    },
    JSON(value -> isJson(value) && hasToken(value), "JSON with a token in it") {
        @Override
        String filter(String value) {
            return "jq -r '" + JsonPath.to(value, Misfit::isToken) + "'";
        }
    },
    WRAPPED(
            value -> value.matches("(?s).*[\\s\\p{Cf}\\p{Zs}].*") && isJwt(joined(value)),
            "a token that is broken over several lines, or contains spaces or invisible characters") {
        @Override
        String filter(String value) {
            return "tr -cd 'A-Za-z0-9._-'";
        }
    },
    BASE64(value -> base64Depth(value) > 0, "a token encoded in base64 again, as Kubernetes stores secrets") {
        @Override
        String filter(String value) {
            int depth = base64Depth(value);
            return "base64 -d" + " | base64 -d".repeat(depth - 1)
                    + (isJwt(withoutBase64(value, depth)) ? "" : " | " + FIND);
        }
    },
    HEXADECIMAL(
            value -> value.matches("(?i)65[0-9a-f]+")
                    && value.length() % 2 == 0
                    && isJwt(ascii(HexFormat.of().parseHex(value))),
            "a token in hexadecimal digits") {
        @Override
        String filter(String value) {
            return "xxd -r -p";
        }
    },
    SEVERAL(
            value -> tokens(value) > 1 || isTwice(value),
            "more than one token",
            "Keep one of them; `chainloop-token --lines <FILE` reads many, one per line."),
    SURROUNDED(Misfit::isSurrounded, "a text with a token somewhere in it") {
        @Override
        String filter(String value) {
            return FIND;
        }
    },
    CASE(
            value -> value.matches("EYJ[A-Z0-9_.-]+|eyj[a-z0-9_.-]+"),
            "a token whose letters were all changed to upper or lower case",
            "Copy it again: the original letters cannot be restored."),
    CUT(
            Misfit::isCut,
            "a truncated token: only a part of it is there",
            "Copy all of it again: a screen or a field can hide part of a long line."),
    OTHER_JSON(
            Misfit::isJson,
            "JSON in which there is no token",
            "It may be an error message, or a key of another service: check what sets it."),
    PASSWORD(
            value -> value.matches("\\S+") && value.indexOf('.') < 0,
            "",
            "It may be a password or a key of another service.") {
        @Override
        String what(String value, String fault) {
            return fault;
        }
    },
    TEXT(
            value -> value.matches("(?s)\\p{Graph}+ \\p{Graph}+.*"),
            "",
            "It may be an error message of a program that failed: check what sets it.") {
        @Override
        String what(String value, String fault) {
            return fault;
        }
    };

    /** The command that finds a token within other text. */
    static final String FIND = "grep -oE 'ey[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+){2}'";

    private static final Parser PARSER = new Parser();
    private static final int MOST_RUNS = 50;

    /** Kubernetes adds one layer of base64, and people another. */
    private static final int MOST_LAYERS = 3;

    @SuppressWarnings("ImmutableEnumChecker") // It has no state.
    private final Test test;

    private final String what;
    private final String cure;

    /** What the rows refer to; they cannot refer to constants of their own class. */
    private static final class Shared {
        static final String OWN = "Chainloop accepts only its own tokens, and those that CI providers issue for it.";
        static final int LONGEST_PATH = 4096;

        static final int LONGEST_WORD = 80;

        static final String PLACEHOLDERS = "<[\\w -]+>"
                + "|(?i)[\\[{]?(your|my|insert|put|paste|enter|replace|change)[ _-]?[\\w"
                + " -]*(token|secret|key|value|here|me)[\\]}]?"
                + "|(?i)todo|tbd|fixme|dummy|placeholder|example";

        static final String UNEXPANDED_NAMES =
                "(?s)\\$\\{\\{.*\\}\\}|\\{\\{.*\\}\\}|[$%#@]\\{.*\\}#?|\\$\\(.*\\)|\\$\\[.*\\]|`[^`]*`"
                        + "|\\$(env:)?\\w+|%\\w+%|__\\w+__|(secrets|vars|env|github|inputs|variables)\\.\\w+";
    }

    /** Tells whether a value is a misfit of a kind. */
    @FunctionalInterface
    private interface Test {
        boolean fits(String value);
    }

    Misfit(Test test, String what) {
        this(test, what, "");
    }

    Misfit(Test test, String what, String cure) {
        this.test = test;
        this.what = what;
        this.cure = cure;
    }

    /** What a value that is not a token is instead, if it looks like any of these. */
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
    String what(String value, String fault) {
        return "it is " + what;
    }

    /**
     * What to do about it where it was found.
     *
     * @param otherwise how to get a token there; may be empty
     */
    String remedy(String value, Origin origin, Surroundings here, String otherwise) {
        String filter = filter(value.strip());
        String own = filter.isEmpty() ? cure(origin, here) : filtered(filter, origin, here);
        boolean whole = switch (origin.kind().naming()) {
            case WORD -> !filter.isEmpty() || this == FILE || this == UNEXPANDED || this == SEVERAL;
            case VARIABLE -> (!filter.isEmpty() && here.ci().isEmpty()) || this == FILE || this == UNEXPANDED;
            case PATH -> false;
        };
        return own.isEmpty() ? otherwise : whole || otherwise.isEmpty() ? own : own + " " + otherwise;
    }

    /** What to do about it where it was found; may be empty. */
    String cure(Origin origin, Surroundings here) {
        return cure;
    }

    /** The command that extracts the token from it; empty when it contains none. */
    String filter(String value) {
        return "";
    }

    private static String filtered(String filter, Origin origin, Surroundings here) {
        return switch (origin.kind().naming()) {
            case WORD -> "Run `" + filter + " <FILE | chainloop-token`, where FILE holds the value.";
            case VARIABLE ->
                here.ci().isPresent()
                        ? "`" + filter + "` turns it into the token."
                        : "Run `export " + origin.name() + "=\"$(printf %s \"$" + origin.name() + "\" | " + filter
                                + ")\"`.";
            case PATH -> "Store the bare token there: `" + filter + "` extracts it from the present value.";
        };
    }

    private static String expansion(Surroundings here) {
        String github = "`${{ secrets.NAME }}`";
        String gitlab = "`$NAME`";
        if (here.isIn(CiSystem.GITHUB)) {
            return "a workflow takes " + github;
        }
        return here.isIn(CiSystem.GITLAB)
                ? "a job takes " + gitlab
                : github + " only works in GitHub's workflows, " + gitlab
                        + " in GitLab's and in a shell without single quotes";
    }

    private static boolean isMasked(String value) {
        return value.matches("[*•●.xX·]{3,}|(?i)[\\[<(](masked|redacted|secret|hidden|filtered)[\\])>]")
                || value.startsWith("***")
                || value.endsWith("***");
    }

    private static boolean isAddress(String value) {
        return value.length() <= Shared.LONGEST_PATH
                && value.matches("(?i)(https?|grpcs?)://\\S+|[\\w.-]+:\\d{2,5}")
                && !hasJwt(value);
    }

    private static boolean isFile(String value, Optional<Path> home) {
        if (value.isEmpty() || value.length() > Shared.LONGEST_PATH || value.indexOf('\n') >= 0) {
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

    /** Whether a text has a token in it. */
    static boolean hasJwt(String text) {
        for (String run : runs(text)) {
            if (isJwt(run)) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is a token with other text around it; padding and line breaks are faults of the token itself. */
    private static boolean isSurrounded(String text) {
        int run = 0;
        while (run < text.length() && isOfToken(text.charAt(run))) {
            run++;
        }
        if (text.endsWith(".") && isJwt(text.substring(0, text.length() - 1))) {
            return true;
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

    private static String joined(String value) {
        return value.replaceAll("[\\\\=]?\\r?\\n|[\\s\\p{Cf}\\p{Zs}]", "");
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).strip();
    }

    /** How many layers of base64 are around a text with a token in it; 0 when there is none inside. */
    private static int base64Depth(String value) {
        for (int depth = 1; depth <= MOST_LAYERS; depth++) {
            if (hasJwt(withoutBase64(value, depth))) {
                return depth;
            }
        }
        return 0;
    }

    /** What some layers of base64 are around; empty when there are not as many. */
    private static String withoutBase64(String value, int layers) {
        String layer = value;
        try {
            for (int i = 0; i < layers; i++) {
                layer = ascii(Base64.getDecoder()
                        .decode(layer.replaceAll("\\s", "").replace('-', '+').replace('_', '/')));
            }
            return layer;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Whether a member of JSON is a token, in base64 or not. */
    private static boolean isToken(String text) {
        return isJwt(text) || isJwt(withoutBase64(text, 1));
    }

    private static boolean isJson(String value) {
        return value.matches("(?s)\\{\\s*\".*\\}|\\[\\s*[{\"].*\\]");
    }

    private static boolean hasToken(String json) {
        return hasJwt(json) || !JsonPath.to(json, Misfit::isToken).equals(JsonPath.ANY);
    }

    /** Whether a token was pasted twice, with nothing in between. */
    private static boolean isTwice(String value) {
        String half = value.substring(0, value.length() / 2);
        return value.equals(half + half) && isJwt(half);
    }

    private static int tokens(String text) {
        int tokens = 0;
        for (String run : runs(text)) {
            tokens += isJwt(run) ? 1 : 0;
        }
        return tokens;
    }

    /** Whether part of a token can be read and the rest is missing, perhaps with dots in its place. */
    private static boolean isCut(String value) {
        String[] parts = value.split("\\.", -1);
        boolean marked = value.contains("…") || value.contains("..") || value.contains("**") || value.contains("[");
        if (marked && value.matches("ey[\\w.*\\[\\]…-]*")) {
            return true;
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
