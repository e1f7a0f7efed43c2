package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.TokenShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A known message found in a text.
 *
 * @param message which one
 * @param text the part by which it was told
 * @param name what the message names behind it, such as an issuer or a project; as it stands there, so hostile
 */
public record MessageMatch(KnownMessage message, String text, Optional<String> name) {
    private static final int MAX_NAME = 200;

    private static final String ISSUER = "issuer not found:";

    /** The message in short, as a user would search for it; hostile where it ends in a name. */
    public String title() {
        if (name.isEmpty()) {
            return text.endsWith(":") ? text.substring(0, text.length() - 1) : text;
        }
        return message == KnownMessage.ISSUER_NOT_FOUND ? ISSUER + " " + name.get() : text + " \"" + name.get() + "\"";
    }

    /**
     * Finds the known messages in a text: the earliest first, of several at one place the longest, each message once.
     *
     * @param text a log or a line of it; colours, prefixes and line ends do not matter
     */
    public static List<MessageMatch> findAll(String text) {
        String plain = plain(text);
        List<MessageMatch> matches = new ArrayList<>();
        for (int i = 0; i < plain.length(); ) {
            @Nullable MessageMatch match = at(plain, i);
            if (match == null) {
                i++;
                continue;
            }
            i += match.text().length();
            if (!contains(matches, match.message())) {
                matches.add(new MessageMatch(match.message(), match.text(), name(plain, match.message(), i)));
            }
        }
        return matches;
    }

    private static boolean contains(List<MessageMatch> matches, KnownMessage message) {
        for (MessageMatch match : matches) {
            if (match.message() == message) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable MessageMatch at(String plain, int index) {
        @Nullable KnownMessage best = null;
        String bestText = "";
        for (KnownMessage message : KnownMessage.values()) {
            for (String text : message.texts()) {
                if (text.length() > bestText.length() && plain.regionMatches(true, index, text, 0, text.length())) {
                    best = message;
                    bestText = text;
                }
            }
        }
        return best == null ? null : new MessageMatch(best, bestText, Optional.empty());
    }

    private static Optional<String> name(String plain, KnownMessage message, int end) {
        if (message == KnownMessage.ISSUER_NOT_FOUND) {
            // A text that comes before it in the same message may be the one that was found.
            int start = plain.indexOf(ISSUER, Math.max(0, end - ISSUER.length()));
            return start < 0 ? Optional.empty() : word(plain.substring(start + ISSUER.length()));
        }
        if (message == KnownMessage.SCOPE) {
            return quoted(plain.substring(end));
        }
        return Optional.empty();
    }

    private static Optional<String> word(String text) {
        String stripped = text.strip();
        int end = 0;
        while (end < stripped.length() && " \"'`),;]\\".indexOf(stripped.charAt(end)) < 0) {
            end++;
        }
        if (end > 0 && stripped.charAt(end - 1) == '.') {
            end--;
        }
        return shown(stripped.substring(0, end));
    }

    private static Optional<String> quoted(String text) {
        // A log in JSON has its quotes escaped.
        String stripped = text.strip().replace("\\\"", "\"");
        int end = stripped.startsWith("\"") ? stripped.indexOf('"', 1) : -1;
        return end < 0 ? Optional.empty() : shown(stripped.substring(1, end));
    }

    /** Nothing that looks like a token or a part of one. */
    private static Optional<String> shown(String name) {
        return name.isEmpty() || name.length() > MAX_NAME || TokenShape.isIn(name)
                ? Optional.empty()
                : Optional.of(name);
    }

    /** Without terminal sequences (ECMA-48), every run of white space one blank. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\u001b') {
                i = endOfSequence(text, i);
            } else if (!Character.isWhitespace(c)) {
                plain.append(c);
            } else if (plain.length() == 0 || plain.charAt(plain.length() - 1) != ' ') {
                plain.append(' ');
            }
        }
        return plain.toString();
    }

    private static int endOfSequence(String text, int escape) {
        int i = escape + 1;
        if (i >= text.length() || text.charAt(i) != '[') {
            return escape;
        }
        do {
            i++;
        } while (i < text.length() && (text.charAt(i) < '@' || text.charAt(i) > '~'));
        return i;
    }
}
