package dev.chainloop.token.ask;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of Chainloop, as in {@code v1.106.1}. */
final class Release {
    private static final Pattern FORM =
            Pattern.compile("v?(\\d{1,5})\\.(\\d{1,5})\\.(\\d{1,5})(?:[-+][\\w.+-]{1,40})?");

    private Release() {}

    /** Whether a text is a version; those that are built without one call themselves otherwise. */
    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    static boolean isAtLeast(String version, int major, int minor, int patch) {
        Matcher parts = FORM.matcher(version);
        if (!parts.matches()) {
            return false;
        }
        int[] least = {major, minor, patch};
        for (int i = 0; i < least.length; i++) {
            int part = Integer.parseInt(parts.group(i + 1));
            if (part != least[i]) {
                return part > least[i];
            }
        }
        return true;
    }
}
