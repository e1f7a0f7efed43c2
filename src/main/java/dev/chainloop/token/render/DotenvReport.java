package dev.chainloop.token.render;

import dev.chainloop.token.diagnosis.Diagnosis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lines for GitLab's {@code artifacts:reports:dotenv}, a format without quoting: a value with any other character than
 * {@code A-Z a-z 0-9 . _ : / @ + -} is left out.
 *
 * @param text one {@code NAME=value} a line; absent values have none
 * @param leftOut the names of values that the format cannot hold
 */
public record DotenvReport(String text, List<String> leftOut) {
    /** The lines for a diagnosis. */
    public static DotenvReport render(Diagnosis diagnosis, View view) {
        StringBuilder text = new StringBuilder();
        List<String> leftOut = new ArrayList<>();
        for (Map.Entry<String, String> value : CiValues.of(diagnosis, view).entrySet()) {
            String variable = CiValues.variable(value.getKey());
            if (!isPlain(value.getValue())) {
                leftOut.add(variable);
            } else if (!value.getValue().isEmpty()) {
                text.append(variable).append('=').append(value.getValue()).append('\n');
            }
        }
        return new DotenvReport(text.toString(), leftOut);
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!word && "._:/@+-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
