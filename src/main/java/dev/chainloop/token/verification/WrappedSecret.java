package dev.chainloop.token.verification;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a shared secret can stand in where people keep it. Each way is tried, and none is taken for the secret itself. */
enum WrappedSecret {
    QUOTED("in quotes, or with blanks around it", "Give it without them."),
    ASSIGNED("behind `NAME=`", "Give it alone."),
    BASE64("in base64, as Kubernetes stores secrets", "Decode it first: `base64 -d`."),
    JSON("in JSON", "Take it out first, such as with `jq -r .KEY`.");

    private static final int LONGEST = 4096;

    /** The most texts in an object that are tried. */
    private static final int MOST = 20;

    private static final Pattern NAME = Pattern.compile("(?:export )?\\w++");
    private static final Pattern TEXT = Pattern.compile("\"([^\"\\\\]++)\"");

    private final String what;
    private final String remedy;

    WrappedSecret(String what, String remedy) {
        this.what = what;
        this.remedy = remedy;
    }

    /** A phrase behind "the secret". */
    String what() {
        return what;
    }

    /** What to do, a sentence. */
    String remedy() {
        return remedy;
    }

    /** What may be the secret; nothing that is empty. */
    List<byte[]> secrets(byte[] given) {
        String text = given.length > LONGEST ? "" : new String(given, StandardCharsets.ISO_8859_1).strip();
        List<String> found = switch (this) {
            case QUOTED -> List.of(unquoted(text));
            case ASSIGNED -> assigned(text);
            case BASE64 -> decoded(text);
            case JSON -> text.startsWith("{") ? texts(text) : List.of();
        };
        return found.stream()
                .filter(secret -> !secret.isEmpty())
                .map(secret -> secret.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static String unquoted(String text) {
        int last = text.length() - 1;
        boolean quoted = last > 0 && text.charAt(0) == text.charAt(last) && "\"'".indexOf(text.charAt(0)) >= 0;
        return quoted ? text.substring(1, last) : text;
    }

    private static List<String> assigned(String text) {
        int equals = text.indexOf('=');
        boolean named =
                equals > 0 && NAME.matcher(text.substring(0, equals).strip()).matches();
        return named ? List.of(unquoted(text.substring(equals + 1).strip())) : List.of();
    }

    /** Also without the line end that {@code echo} put behind the secret. */
    private static List<String> decoded(String text) {
        try {
            String decoded = new String(Base64.getDecoder().decode(text), StandardCharsets.ISO_8859_1);
            return List.of(decoded, decoded.stripTrailing());
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static List<String> texts(String json) {
        List<String> texts = new ArrayList<>();
        Matcher matcher = TEXT.matcher(json);
        while (texts.size() < MOST && matcher.find()) {
            texts.add(matcher.group(1));
        }
        return texts;
    }
}
