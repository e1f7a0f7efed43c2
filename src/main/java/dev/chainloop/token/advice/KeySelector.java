package dev.chainloop.token.advice;

import static dev.chainloop.token.advice.StepRow.inPipeline;
import static dev.chainloop.token.advice.StepRow.step;
import static dev.chainloop.token.advice.Table.always;
import static dev.chainloop.token.advice.Table.rows;
import static dev.chainloop.token.advice.Table.unless;
import static dev.chainloop.token.advice.Table.when;

import dev.chainloop.token.source.Place;
import java.util.Arrays;
import java.util.List;

/** How a place hands in the value of one key, where a secret is a JSON object of several. */
enum KeySelector {
    ECS(
            Place.ECS,
            "In the container's definition, end the secret's `valueFrom` in the key",
            List.of("\"secrets\": [{\"name\": \"CHAINLOOP_TOKEN\", \"valueFrom\": \"ARN:KEY::\"}]"),
            "Register the definition, and have the service use it",
            "aws ecs update-service --cluster CLUSTER --service SERVICE --task-definition FAMILY --force-new-deployment"),
    CODEBUILD(
            Place.CODEBUILD,
            "In buildspec.yml, write the key behind the secret's name",
            List.of("env:", "  secrets-manager:", "    CHAINLOOP_TOKEN: SECRET:KEY")),
    GITLAB(
            Place.GITLAB,
            "If the job's `secrets:` fetch it, name the key there",
            List.of("secrets:", "  CHAINLOOP_TOKEN:", "    vault: PATH/KEY@ENGINE", "    file: false")),
    NOMAD(
            Place.NOMAD,
            "In the task's template, name the key, and run the job again",
            List.of("CHAINLOOP_TOKEN={{ with secret \"PATH\" }}{{ .Data.data.KEY }}{{ end }}")),
    POD(
            Place.POD,
            "If an ExternalSecret fills the Secret, name the key there as `property`",
            List.of("remoteRef: {key: SECRET, property: KEY}"));

    private final Place place;
    private final String entry;

    @SuppressWarnings("ImmutableEnumChecker") // It is.
    private final List<String> lines;

    private final String then;
    private final String command;

    KeySelector(Place place, String entry, List<String> lines) {
        this(place, entry, lines, "", "");
    }

    /**
     * @param entry where the key is named, an imperative without its full stop
     * @param lines how
     * @param then what the command does
     */
    KeySelector(Place place, String entry, List<String> lines, String then, String command) {
        this.place = place;
        this.entry = entry;
        this.lines = lines;
        this.then = then;
        this.command = command;
    }

    /** Names the key by the place's own selector, or takes its value in the script. */
    static Part part(String key) {
        return rows(
                when(state -> Arrays.stream(values()).anyMatch(one -> one.place == state.place()))
                        .then(() -> selected(key)),
                when(state -> state.script().pipes())
                        .then(step("Keep only the value of the key `" + key + "`")
                                .says((shell, state) -> shell.exportOutput(
                                        "CHAINLOOP_TOKEN",
                                        "printf %s " + shell.variable("CHAINLOOP_TOKEN") + " | jq -r '.\"" + key
                                                + "\"'"))),
                always().then(step("Keep only the value of the key `" + key + "`")));
    }

    private static Part selected(String key) {
        return rows(Arrays.stream(values())
                .map(one -> when(state -> one.place == state.place()).then(() -> one.steps(key)))
                .toArray(Table.Row[]::new));
    }

    private Part steps(String key) {
        return rows(
                always().also(inPipeline(entry + " that holds the token")
                        .put(lines.stream()
                                .map(line -> line.replace("KEY", key))
                                .toArray(String[]::new))),
                unless(state -> command.isEmpty()).also(inPipeline(then).run(command)));
    }
}
