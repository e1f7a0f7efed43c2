package dev.chainloop.token.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers without the layout, a fact a line, for the rows of a table. A plan that an earlier row has is only named, and what
 * a message means is said by the first row with it.
 */
public final class Answers {
    private static final Map<String, String> SIGNS = Map.of("error", "✗", "warning", "!", "info", "i");

    /** Of an {@code ask}: what is the same in all tests, or a fact of its own. */
    private static final Set<String> SHOWN_ELSEWHERE = Set.of("program", "controlPlane", "causes");

    /** Why a source is absent where nobody gave it anything. */
    private static final Set<String> USUAL_REASONS =
            Set.of("not given", "not a pipe or a file", "not set", "no such file", "not in a GitLab job");

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
        if (json.has("sources")) {
            addSources(json, lines);
        }
        JsonNode verification = json.path("verification");
        if (verification.isObject()) {
            lines.add("verified: " + values(json, "signatureVerified", "algorithm"));
            if (verification.hasNonNull("key")) {
                JsonNode key = verification.path("key");
                lines.add("key: " + values(key, "kind", "kid", "thumbprint", "certificateFrom", "certificateUntil"));
            }
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

    private static void addSources(JsonNode json, List<String> lines) {
        for (JsonNode source : json.path("sources")) {
            String state = textOf(source, "state");
            if (!state.equals("absent") || !USUAL_REASONS.contains(textOf(source, "reason"))) {
                String held = values(source, "reason", "status", "kind", "id", "tokenName", "expiresAt", "fingerprint");
                lines.add("source %s %s: %s".formatted(source.at("/source/name").asText(), state, held));
            }
        }
        lines.add("config file: " + values(json.path("config"), "path", "mode", "writtenAt"));
        if (json.hasNonNull("controlPlane")) {
            lines.add("control plane: " + values(json.path("controlPlane"), "api", "from"));
        }
        if (json.path("requestsFederated").asBoolean()) {
            lines.add("requestsFederated: true");
        }
        if (json.path("githubCanMint").asBoolean()) {
            lines.add("githubCanMint: true");
        }
    }

    /** Those of them that are not null. */
    private static String values(JsonNode object, String... keys) {
        return Stream.of(keys)
                .filter(object::hasNonNull)
                .map(key -> textOf(object, key))
                .collect(Collectors.joining(", "));
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
