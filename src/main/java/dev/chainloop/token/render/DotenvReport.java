package dev.chainloop.token.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lines for GitLab's {@code artifacts:reports:dotenv}, a format without quoting: a value with a character other than
 * {@code A-Z a-z 0-9 . _ : / @ + -} is left out, with a note.
 */
final class DotenvReport implements Report {
    @Override
    public Answer render(Subject subject, ViewOptions view) {
        StringBuilder text = new StringBuilder();
        List<String> notes = new ArrayList<>(CiValues.problems(subject));
        for (Map.Entry<String, String> value :
                CiValues.of(subject, view.plain()).entrySet()) {
            String variable = CiValues.variable(value.getKey());
            if (!isPlain(value.getValue())) {
                notes.add(
                        "note: " + variable + " is left out: its value has a character that a dotenv file cannot hold");
            } else if (!value.getValue().isEmpty()) {
                text.append(variable).append('=').append(value.getValue()).append('\n');
            }
        }
        return new Answer(text.toString(), notes, Map.of());
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
