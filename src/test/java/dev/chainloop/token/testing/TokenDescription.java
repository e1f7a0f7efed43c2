package dev.chainloop.token.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a token from words that say what is special about it: {@code USER}, {@code API expired}, {@code FEDERATED
 * iss="https://gitlab.com" -repository}. The first word names what the token starts from:
 *
 * <ul>
 *   <li>{@code USER}, {@code API}, {@code FEDERATED}: the payload that {@link TokenMint} has under that name;
 *   <li>{@code CLAIMS}: no claims;
 *   <li>{@code TEXT}: all that follows is the payload, JSON or not.
 * </ul>
 *
 * <p>The other words change it, from left to right:
 *
 * <ul>
 *   <li>{@code name=value}: sets a claim, in its place if there is one, else at the end; the value is JSON, or a time like
 *       {@code now}, {@code now-2h}, {@code now+30d} (units {@code s}, {@code m}, {@code h}, {@code d});
 *   <li>{@code -name}: removes a claim;
 *   <li>{@code expired}: short for {@code exp=now-2h};
 *   <li>{@code header={…}}: signs with that header instead of {@link TokenMint#HS256};
 *   <li>{@code letters=38}: so many letters of its signature, a cut or more of them;
 *   <li>{@code signature=REDACTED}: puts that in the signature's place;
 *   <li>{@code spare-bit}: sets a bit at the very end that no decoder reads.
 * </ul>
 */
public final class TokenDescription {
    private static final String TEXT = "TEXT ";

    private final Map<String, String> claims;
    private String header = TokenMint.HS256;
    private String signature = "";
    private int letters;
    private boolean spareBit;

    private TokenDescription(String base) {
        claims = claims(base);
    }

    public static String mint(String description) {
        if (description.startsWith(TEXT)) {
            return TokenMint.token(description.substring(TEXT.length()));
        }
        List<String> words = words(description);
        TokenDescription token = new TokenDescription(words.get(0));
        words.stream().skip(1).forEach(token::change);
        return token.mint();
    }

    private static Map<String, String> claims(String base) {
        String payload = switch (base) {
            case "USER" -> TokenMint.USER;
            case "API" -> TokenMint.API_TOKEN;
            case "FEDERATED" -> TokenMint.FEDERATED;
            case "CLAIMS" -> "{}";
            default -> throw new IllegalArgumentException("no token is named " + base);
        };
        Map<String, String> claims = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> claim : Payload.read(payload).properties()) {
            claims.put(claim.getKey(), claim.getValue().toString());
        }
        return claims;
    }

    private void change(String word) {
        int equals = word.indexOf('=');
        if (word.equals("spare-bit")) {
            spareBit = true;
        } else if (word.equals("expired")) {
            change("exp=now-2h");
        } else if (word.startsWith("header=")) {
            header = word.substring(equals + 1);
        } else if (word.startsWith("letters=")) {
            letters = Integer.parseInt(word.substring(equals + 1));
        } else if (word.startsWith("signature=")) {
            signature = word.substring(equals + 1);
        } else if (equals > 0) {
            claims.put(word.substring(0, equals), value(word.substring(equals + 1)));
        } else if (!word.startsWith("-") || claims.remove(word.substring(1)) == null) {
            throw new IllegalArgumentException("not a change of a token: " + word);
        }
    }

    private static String value(String text) {
        if (!text.startsWith("now")) {
            Payload.read(text);
            return text;
        }
        long time = CliRun.NOW.getEpochSecond();
        if (!text.equals("now")) {
            long count = Long.parseLong(text, "now".length(), text.length() - 1, 10);
            time += count * seconds(text.charAt(text.length() - 1));
        }
        return String.valueOf(time);
    }

    private static long seconds(char unit) {
        return switch (unit) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3600;
            case 'd' -> 86400;
            default -> throw new IllegalArgumentException("not a unit of time: " + unit);
        };
    }

    private String mint() {
        List<String> members = new ArrayList<>();
        // Joined by hand: a JSON library would write 1.10 and 1e300 differently.
        claims.forEach((name, value) -> members.add(Payload.string(name) + ":" + value));
        String token = TokenMint.token(header, "{" + String.join(",", members) + "}");
        return spareBit ? TokenMint.withSpareBit(token) : signed(token);
    }

    private String signed(String token) {
        String head = token.substring(0, token.lastIndexOf('.') + 1);
        String own = token.substring(head.length());
        return letters > 0
                // The last letter has no spare bits.
                ? head + own.repeat(letters / own.length() + 1).substring(0, letters - 1) + "A"
                : signature.isEmpty() ? token : head + signature;
    }

    /** Blanks within a JSON string are part of its word. */
    private static List<String> words(String description) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (char c : description.toCharArray()) {
            quoted ^= c == '"';
            if (c == ' ' && !quoted) {
                words.add(word.toString());
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        return words;
    }
}
