package dev.chainloop.token.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers without the layout, a fact a line, for the rows of a table. A plan that an earlier row has is only named, and what
 * a message means is said by the first row with it.
 */
public final class Answers {
    private static final Map<String, String> SIGNS = Map.of("error", "✗", "warning", "!", "info", "i");

    /** Of an {@code ask}: what is the same in all tests, or a fact of its own. */
    private static final Set<String> SHOWN_ELSEWHERE = Set.of(
            "controlPlane", "controlPlaneFrom", "plainText", "askedAt", "tookMilliseconds", "loginPage", "causes");

    private final Map<String, String> plans = new HashMap<>();
    private final Set<String> meanings = new HashSet<>();

    /** The steps of a plan in JSON, their commands below them, and behind {@code |} what is put into a file. */
    public static String plan(JsonNode steps) {
        StringBuilder lines = new StringBuilder();
        for (JsonNode step : steps) {
            lines.append("  ").append(step.path("text").asText()).append('\n');
            step.path("run").forEach(command -> lines.append(command.asText().indent(4)));
            step.path("put")
                    .forEach(
                            line -> lines.append("    | ").append(line.asText()).append('\n'));
        }
        return lines.toString();
    }

    /** What {@code -o json} says, and what is on stderr but for the plan, which the answer has, too. */
    public List<String> lines(String title, JsonNode json, String stderr) {
        List<String> lines = new ArrayList<>();
        JsonNode message = json.path("message");
        if (message.isObject()) {
            lines.add(said(message));
            addMeaning(message, lines);
        }
        for (Map.Entry<String, JsonNode> one : json.path("ask").properties()) {
            if (!SHOWN_ELSEWHERE.contains(one.getKey()) && !one.getValue().isNull() && !isEmpty(one.getValue())) {
                lines.add(one.getKey() + ": " + one.getValue());
            }
        }
        JsonNode layer = json.path("layer");
        if (layer.isObject()) {
            lines.add("layer: %s %s".formatted(layer.path("id").asText(), layer.path("subjects")));
            addMeaning(layer, lines);
        }
        Set<String> told = new HashSet<>();
        for (JsonNode cause : json.at(json.has("ask") ? "/ask/causes" : "/causes")) {
            told.add(textOf(cause, "message"));
            lines.add(textOf(cause, "weight") + ": " + textOf(cause, "message"));
        }
        json.path("furtherMessages").forEach(other -> lines.add("also " + said(other)));
        for (JsonNode finding : json.has("token") ? json.at("/token/findings") : json.path("findings")) {
            if (told.add(textOf(finding, "message"))) {
                lines.add("%s %s (%s)"
                        .formatted(
                                SIGNS.get(textOf(finding, "severity")),
                                textOf(finding, "message"),
                                textOf(finding, "id")));
            }
        }
        for (JsonNode failure : json.at("/check/failures")) {
            if (told.add(textOf(failure, "message"))) {
                lines.add("✗ %s (%s)".formatted(textOf(failure, "message"), textOf(failure, "expectation")));
            }
        }
        JsonNode error = json.at(json.has("token") ? "/token/error" : "/error");
        if (error.isObject()) {
            lines.add("error: " + textOf(error, "code"));
        }
        String plan = plan(json.at("/plan/steps"));
        String first = plans.putIfAbsent(plan, title);
        lines.addAll(first == null || plan.lines().count() < 2 ? plan.lines().toList() : List.of("  as in: " + first));
        stderr.split("\n\nWhat to do\n", 2)[0]
                .lines()
                .forEach(
                        line -> lines.add("stderr: " + Txtar.escape(line + "\n").strip()));
        return lines;
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isContainerNode() ? value.isEmpty() : value.isInt() && value.intValue() == 0;
    }

    private static String said(JsonNode message) {
        return "says: %s (%s)".formatted(textOf(message, "text"), textOf(message, "id"));
    }

    private void addMeaning(JsonNode said, List<String> lines) {
        if (meanings.add(textOf(said, "id") + textOf(said, "meaning"))) {
            lines.add("means: " + textOf(said, "meaning"));
        }
    }

    private static String textOf(JsonNode object, String key) {
        return object.path(key).asText();
    }
}
