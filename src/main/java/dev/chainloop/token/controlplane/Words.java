package dev.chainloop.token.controlplane;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides what is shown of a server's answer. The server is hostile and has the token, so free text loses whatever could
 * be a piece of it, and a field is shown only if it has the form that it should have.
 */
final class Words {
    static final Pattern NAME = Pattern.compile("^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    static final Pattern PERSON = Pattern.compile("^\\p{L}[\\p{L}\\p{M} .'’-]{0,126}");
    static final Pattern EMAIL = Pattern.compile("^(?=.{3,254}$)[!-?A-~]+@[A-Za-z0-9.-]+");
    static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    static final Pattern VERSION = Pattern.compile("^(?:dev|(?=.{1,40}$)v[0-9][0-9.]*(?:[-+~A-Za-z][-+~.\\w]*)?)");
    static final Pattern URL =
            Pattern.compile("^(?=.{1,254}$)https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[-\\w.~/%+]*)?");
    static final Pattern WORD = Pattern.compile("^[A-Za-z_-]{1,64}");
    static final Pattern PROVIDER = Pattern.compile("^[A-Za-z0-9-]{1,19}");

    private static final String HIDDEN = "<not shown>";
    private static final int MOST = 300;

    /** If so many letters and digits in a row are the token's, that is no coincidence. */
    private static final int PIECE = 12;

    /** A run this long without a blank can be a piece of a token, in whatever encoding. */
    private static final Pattern RUN = Pattern.compile("[^\\s\\p{Z}]{20,}+");

    /** The host of a URL in such a run, which stays; its labels are too short for a piece. */
    private static final Pattern HOST = Pattern.compile("https?://(?:[a-z0-9-]{1,19}\\.){1,5}[a-z]{2,19}(?![\\w.-])");

    private static final int LONGEST_HOST = 60;

    /** So many words in a row with a digit in each can be the token's bytes. */
    private static final Pattern NUMBERS = Pattern.compile("(?<![^\\s\\p{Z},])NUMBER(?:[\\s\\p{Z},]++NUMBER){2,}+"
            .replace("NUMBER", "[^\\s\\p{Z},\\d]*+\\d[^\\s\\p{Z},]*+"));

    private static final Pattern VERSION_START = Pattern.compile("v[0-9]");
    private static final Pattern OTHER = Pattern.compile("[^a-z0-9]");

    private final String token;

    /** For the answers of a server that was sent this token; empty when it was sent none. */
    Words(String token) {
        this.token = letters(token);
    }

    /** Whether a control plane reports such a version; one built without any reports {@code dev}. */
    static boolean isVersion(String text) {
        return text.equals("dev") || VERSION_START.matcher(text).lookingAt();
    }

    /** The text of a field, if it has the form. */
    Optional<String> field(Optional<String> text, Pattern form) {
        return text.filter(one -> form.matcher(one).matches() && !sharesPiece(one));
    }

    /** The text of a field that must be there, or words that say that it is not shown. */
    String shown(Optional<String> text, Pattern form) {
        return field(text, form).orElse(HIDDEN);
    }

    /** Free text, of a bounded length. */
    String free(String text) {
        String head = text.substring(0, Math.min(text.length(), 20 * MOST));
        String words =
                NUMBERS.matcher(RUN.matcher(head).replaceAll(Words::host)).replaceAll(HIDDEN);
        if (words.length() > MOST) {
            int end = Character.isHighSurrogate(words.charAt(MOST - 2)) ? MOST - 2 : MOST - 1;
            words = words.substring(0, end) + "…";
        }
        return sharesPiece(words) ? HIDDEN : words;
    }

    private static String host(MatchResult run) {
        Matcher url = HOST.matcher(run.group());
        return Matcher.quoteReplacement(url.find() && url.group().length() <= LONGEST_HOST ? url.group() : HIDDEN);
    }

    /** Whether letters and digits of the text are the token's, whatever stands between them. */
    private boolean sharesPiece(String text) {
        String letters = letters(text);
        for (int i = 0; i + PIECE <= letters.length(); i++) {
            if (token.contains(letters.substring(i, i + PIECE))) {
                return true;
            }
        }
        return false;
    }

    private static String letters(String text) {
        return OTHER.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    @Override
    public String toString() {
        return "<redacted>";
    }
}
