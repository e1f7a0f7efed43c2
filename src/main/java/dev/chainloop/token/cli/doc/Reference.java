package dev.chainloop.token.cli.doc;

import dev.chainloop.token.core.JsonObjectReader;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.explain.KnownMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Run by the build: writes the lists of findings, messages and JSON keys beside the other documents. */
public final class Reference {
    private static final String HEAD = " of this version; the [reference](reference.md) says how to read them.\n";

    private Reference() {}

    /**
     * Writes the lists.
     *
     * @param args the folder for them, that of the transcripts {@code finding-ID.txt}, and the JSON Schema
     */
    public static void main(String... args) throws IOException {
        StringBuilder findings = new StringBuilder("# Findings\n\nAll" + HEAD);
        for (Rule rule : Rule.values()) {
            String transcript = Files.readString(Path.of(args[1], "finding-" + rule.word() + ".txt"));
            findings.append("\n## `" + rule.word() + "`\n\n" + rule.severity().word() + ": " + rule.meaning()
                    + ".\n\n```text\n" + example(transcript) + "```\n");
        }
        StringBuilder messages = new StringBuilder("# Messages\n\nAll" + HEAD);
        for (KnownMessage message : KnownMessage.values()) {
            messages.append("\n## `" + message.word() + "`\n\n" + message.meaning() + "\n\nCure: `"
                    + message.cure().word() + "`, unless a finding names another.\n\n```text\n"
                    + String.join("\n", message.texts()) + "\n```\n");
        }
        Map<?, ?> schema = new JsonObjectReader().read(Files.readAllBytes(Path.of(args[2])));
        Map<?, ?> definitions = (Map<?, ?>) Objects.requireNonNull(schema.get("$defs"));
        StringBuilder keys =
                new StringBuilder("# JSON\n\nAll keys" + HEAD + "\n| key | type | value |\n|---|---|---|\n");
        keys("", (Map<?, ?>) Objects.requireNonNull(definitions.get("answer")), definitions, keys);

        Files.writeString(Path.of(args[0], "findings.md"), findings);
        Files.writeString(Path.of(args[0], "messages.md"), messages);
        Files.writeString(Path.of(args[0], "json.md"), keys);
    }

    /** What a transcript prints, without the facts. */
    private static String example(String transcript) {
        String stdout = transcript.replaceFirst("(?s)^.*-- stdout --\n", "").replaceFirst("(?s)-- stderr --\n.*", "");
        int plan = stdout.indexOf("\nWhat to do\n");
        return stdout.substring(0, stdout.indexOf("\n\n") + 1) + (plan < 0 ? "" : stdout.substring(plan));
    }

    /** A row for each key, those of a nested object as in {@code a.b}, and those of a list's members as in {@code a[].b}. */
    private static void keys(String path, Map<?, ?> object, Map<?, ?> definitions, StringBuilder text) {
        if (object.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((key, one) -> {
                Map<?, ?> described = (Map<?, ?>) one;
                Map<?, ?> value = resolved(described, definitions);
                Object types = value.containsKey("enum") ? value.get("enum") : value.get("type");
                text.append("| `" + path + key + "` | " + String.valueOf(types).replaceAll("[\\[\\]]", ""))
                        .append(described.containsKey("anyOf") ? ", null | " : " | ")
                        .append(Objects.requireNonNull(described.get("description"), path + key) + " |\n");
                Map<?, ?> member = value.get("items") instanceof Map<?, ?> items ? resolved(items, definitions) : value;
                keys(path + key + (member == value ? "." : "[]."), member, definitions, text);
            });
        }
    }

    private static Map<?, ?> resolved(Map<?, ?> value, Map<?, ?> definitions) {
        Map<?, ?> one = value.get("anyOf") instanceof List<?> any ? (Map<?, ?>) any.get(0) : value;
        String name = String.valueOf(one.get("$ref")).replace("#/$defs/", "");
        return definitions.get(name) instanceof Map<?, ?> definition ? definition : one;
    }
}
