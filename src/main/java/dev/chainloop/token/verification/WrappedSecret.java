package dev.chainloop.token.verification;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a shared secret can stand in where people keep it. Each way is tried, and none is taken for the secret itself. */
enum WrappedSecret {
    QUOTED("in quotes, or with blanks around it", "Give it without them.", "\\s*+([\"']?+)(.+?)\\1\\s*+"),
    ASSIGNED("behind `NAME=`", "Give it alone.", "(?:export )?\\w+ ?= ?([\"']?+)(.+?)\\1\\s*+"),
    BASE64("in base64, as Kubernetes stores secrets", "Decode it first: `base64 -d`.", ""),
    JSON("in JSON", "Take it out first, such as with `jq -r .KEY`.", "\"()((?:[^\"\\\\]){1,4096}+)\"");

    private static final int LONGEST = 4096;

    /** The most texts in an object that are tried. */
    private static final int MOST = 20;

    private final String what;
    private final String remedy;
    private final Pattern pattern;

    WrappedSecret(String what, String remedy, String pattern) {
        this.what = what;
        this.remedy = remedy;
        this.pattern = Pattern.compile("(?s)" + pattern);
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
        String text = given.length > LONGEST ? "" : new String(given, StandardCharsets.ISO_8859_1);
        List<byte[]> secrets = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        if (this == BASE64) {
            secrets.addAll(decoded(text.strip()));
        } else if (this != JSON && matcher.matches()) {
            secrets.add(matcher.group(2).getBytes(StandardCharsets.ISO_8859_1));
        } else if (this == JSON && text.stripLeading().startsWith("{")) {
            while (matcher.find() && secrets.size() < MOST) {
                secrets.add(matcher.group(2).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return secrets;
    }

    /** Also without the line end that {@code echo} put behind the secret. */
    private static List<byte[]> decoded(String text) {
        try {
            byte[] decoded = Base64.getDecoder().decode(text);
            String plain = new String(decoded, StandardCharsets.ISO_8859_1);
            List<byte[]> both = List.of(decoded, plain.stripTrailing().getBytes(StandardCharsets.ISO_8859_1));
            return both.stream().filter(one -> one.length > 0).toList();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }
}
