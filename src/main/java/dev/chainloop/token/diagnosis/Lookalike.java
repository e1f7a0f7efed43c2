package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Form;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What people put in place of a token: its name, and what would make it right. The first row that fits counts. A row may
 * decode the value to name what stands there; nothing of it is judged, and no name holds a piece of it.
 */
enum Lookalike {
    UTF16("text in UTF-16, as PowerShell's `>` writes it", Cure.STORE_ALONE),
    SEVERAL("more than one token", Cure.STORE_ALONE),
    BASE64("a token encoded in base64 again, as Kubernetes stores secrets", Cure.STORE_ALONE),
    JSON("JSON with a token in it", Cure.STORE_ALONE),

    UNEXPANDED("the name of a variable or a secret that was not replaced by its value", Cure.EXPAND),
    REFERENCE("a reference to a secret that was not resolved", "op://", "ref+", "vault:", "arn:aws"),
    MAKE(
            "what is left of `$CHAINLOOP_TOKEN` in a Makefile, because `make` takes `$C` for a variable",
            Cure.ESCAPE_DOLLAR),
    PATH("a file path", Cure.READ_FILE, "/", "./", "../"),
    FILE("a file path", "~/", "@/", "@./", "file:"),
    KEY("a key or a certificate", "-----BEGIN", "ssh-", "MII"),
    ADDRESS("an address", "http://", "https://", "grpc://", "grpcs://"),
    ID("an ID or a fingerprint, not the token itself", "sha256:"),
    GITHUB("a GitHub token or key", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
    GITLAB("a GitLab token or key", "glpat-", "glcbt-", "gldt-", "glptt-", "glrt-", "glsoat-"),
    AWS("an AWS token or key", "AKIA", "ASIA"),
    DOCKER_HUB("a Docker Hub token or key", "dckr_pat_"),
    ENCRYPTED("an encrypted token (JWE), which only its recipient can read"),
    MASK("a masked secret, as logs show it", "•••", "xxx", "[masked", "[redacted", "<redacted", "<token>"),
    CUT("only part of a token", Cure.STORE_WHOLE),
    UNSET("the text that a program prints for a missing value");

    private static final List<String> MISSING =
            List.of("null", "(null)", "undefined", "none", "nil", "<nil>", "<no value>", "''", "\"\"", "{}");

    private static final int SHORTEST_PART = 12;

    /** In base64url. */
    private static final String EMPTY_OBJECT = "e30";

    final Cure cure;
    final String what;

    @SuppressWarnings("ImmutableEnumChecker") // Nothing writes to it.
    private final String[] beginnings;

    Lookalike(String name, Cure cure, String... beginnings) {
        this.what = "it is " + name;
        this.cure = cure;
        this.beginnings = beginnings;
    }

    /** What Chainloop's own token should replace. */
    Lookalike(String name, String... beginnings) {
        this(name, Cure.STORE_OWN, beginnings);
    }

    /**
     * What a value that is not a JWT is instead, if it looks like any of these.
     *
     * @param tokens how many tokens stand in it
     */
    static Optional<Lookalike> of(String value, int tokens) {
        String text = value.strip();
        for (Lookalike row : values()) {
            if (row.begins(text) || row.fits(text, tokens)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private boolean fits(String text, int tokens) {
        String lower = Form.lower(text);
        return switch (this) {
            case UTF16 -> text.indexOf('\0') >= 0 || text.startsWith("\ufffd");
            case SEVERAL -> {
                // Perhaps pasted twice, with nothing in between.
                String half = text.substring(0, text.length() / 2);
                yield tokens > 1 || (text.equals(half + half) && Jwt.Embedded.isToken(half));
            }
            // As each object in base64url begins.
            case BASE64 -> decoded(text).startsWith("e") && Jwt.Embedded.isToken(decoded(text));
            case JSON -> tokens > 0 && isJson(text);
            case UNEXPANDED -> isUnexpanded(text);
            case MAKE -> text.equals("HAINLOOP_TOKEN");
            case FILE -> text.length() > 2 && text.startsWith(":\\", 1);
            case KEY -> text.startsWith("{") && (text.contains("\"kty\"") || text.contains("\"keys\""));
            case ADDRESS -> begins(lower) || Form.isAddress(lower);
            case ID -> Form.isId(text);
            case PATH, REFERENCE, GITHUB, GITLAB, AWS, DOCKER_HUB -> begins(lower);
            // RFC 7516 section 7.1
            case ENCRYPTED -> text.startsWith("ey") && text.split("\\.", -1).length == 5 && isOfLetters(text);
            case MASK ->
                lower.contains("***")
                        || begins(lower)
                        || (encloses(text, "<", ">") && text.contains(" sha256:")); // As `mask` writes it.
            case CUT -> isCut(text);
            case UNSET -> MISSING.contains(lower);
        };
    }

    static boolean isJson(String text) {
        return text.startsWith("{") || text.startsWith("[{") || text.startsWith("[\"");
    }

    /** What is encoded, perhaps broken over lines; empty where that is not base64. */
    static String decoded(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.ISO_8859_1).strip();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static boolean isUnexpanded(String text) {
        return encloses(text, "${", "}")
                || encloses(text, "$(", ")")
                || encloses(text, "{{", "}}")
                || (text.startsWith("$") && isName(text.substring(1)))
                || (encloses(text, "%", "%") && isName(text.substring(1, text.length() - 1)))
                || text.equals("CHAINLOOP_TOKEN");
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c == '_' || (c < 0x80 && Character.isLetterOrDigit(c)));
    }

    /** Whether a part of a token can be read and the rest is missing, perhaps with dots in its place. */
    private static boolean isCut(String text) {
        String[] parts = text.split("\\.", -1);
        boolean header = Jwt.Embedded.isToken(parts[0] + "." + EMPTY_OBJECT + ".");
        if (text.startsWith("ey") && (text.contains("…") || text.contains("..") || text.contains("**"))) {
            return true;
        }
        return switch (isOfLetters(text) ? parts.length : 0) {
            case 1 -> text.startsWith("ey") && text.length() > SHORTEST_PART;
            case 2 -> header;
            case 3 -> {
                boolean payload = Jwt.Embedded.isToken(EMPTY_OBJECT + "." + parts[1] + ".");
                yield (header && payload) ? parts[2].length() % 4 == 1 : header != payload;
            }
            default -> false;
        };
    }

    private boolean begins(String text) {
        for (String beginning : beginnings) {
            if (text.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    private static boolean encloses(String text, String first, String last) {
        return text.length() >= first.length() + last.length() && text.startsWith(first) && text.endsWith(last);
    }

    /** Whether it consists of what tokens consist of: base64url and dots. */
    private static boolean isOfLetters(String text) {
        return text.chars().allMatch(c -> c == '.' || Form.isBase64Url((char) c));
    }
}
