package dev.chainloop.token.cli.doc;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON Schemas of what commands answer: each has its own head, and all share their definitions. */
public final class Schema {
    private static final Pattern DEFINITION =
            Pattern.compile("(?m)^ {4}\"(?<name>\\w+)\": (?:\\{.*\\}|\\{\n(?: {6}.*\n)+ {4}\\})");
    private static final Pattern REFERENCE = Pattern.compile("#/\\$defs/(?<name>\\w+)");

    private Schema() {}

    /** The schema of a command's answers, which stands alone: with the definitions that it refers to, directly or not. */
    public static String of(String command) {
        String head = Help.resource("schema/" + command + ".json");
        Map<String, String> definitions = definitions();
        Set<String> used = new HashSet<>();
        addReferred(head, definitions, used);
        definitions.keySet().retainAll(used);
        return head.substring(0, head.lastIndexOf("\n}"))
                + ",\n  \"$defs\": {\n"
                + String.join(",\n", definitions.values())
                + "\n  }\n}\n";
    }

    /** All definitions by their names, as lines of JSON. */
    private static Map<String, String> definitions() {
        Map<String, String> definitions = new LinkedHashMap<>();
        Matcher definition = DEFINITION.matcher(Help.resource("schema/definitions.json"));
        while (definition.find()) {
            definitions.put(definition.group("name"), definition.group());
        }
        return definitions;
    }

    private static void addReferred(String text, Map<String, String> definitions, Set<String> used) {
        for (Matcher reference = REFERENCE.matcher(text); reference.find(); ) {
            String name = reference.group("name");
            if (used.add(name)) {
                addReferred(Objects.requireNonNull(definitions.get(name), name), definitions, used);
            }
        }
    }
}
