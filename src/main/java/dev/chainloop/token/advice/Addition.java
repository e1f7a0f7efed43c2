package dev.chainloop.token.advice;

import static dev.chainloop.token.advice.StepRow.inPipeline;
import static dev.chainloop.token.advice.StepRow.step;
import static dev.chainloop.token.advice.Table.always;
import static dev.chainloop.token.advice.Table.rows;
import static dev.chainloop.token.advice.Table.when;

import dev.chainloop.token.source.Place;
import java.util.List;
import java.util.Optional;

/**
 * What a program puts before the names that people give: a token under such a name was given in the wrong place.
 *
 * @param byPlace whether the place's own lines are the cure, else a copy under the plain name
 */
record Addition(String prefix, String why, boolean byPlace) {
    private static final String VARIABLE = PlaceQuestions.VARIABLE;
    private static final String TERRAFORM = "TF_VAR_";

    private static final List<Addition> ALL = List.of(
            new Addition(
                    "PLUGIN_",
                    "a step's `settings` get PLUGIN_ before their names, so hand the secret to the step by its `environment`",
                    true),
            new Addition(
                    "INPUT_",
                    "an input (`with`) gets INPUT_ before its name, so hand the secret to the step by its `env`",
                    true),
            new Addition("NOMAD_META_", "`meta` gets NOMAD_META_ before its names, so use a template", true),
            new Addition("NOMAD_VAR_", "that is for variables of the job's file, so use a template", true),
            new Addition(TERRAFORM, "that is a variable of Terraform's language, which programs do not see", false),
            new Addition("ORG_GRADLE_PROJECT_", "that is a property of Gradle, which programs do not see", false),
            new Addition("npm_config_", "npm puts npm_config_ before the names of its settings", false),
            new Addition("bamboo_", "Bamboo puts bamboo_ before the names of a plan's variables", false));

    /** What stands before the token's variable in the name of another; a dash is what an input's name has. */
    static Optional<Addition> of(String name, Place place) {
        return ALL.stream()
                .filter(one -> name.startsWith(one.prefix))
                .filter(one -> VARIABLE.equalsIgnoreCase(
                        name.substring(one.prefix.length()).replace('-', '_')))
                .filter(one -> !one.byPlace || !place.handInLines().isEmpty())
                .findFirst();
    }

    /** How the token gets the plain name. */
    Part part(String name) {
        String sentence = "Use the token in $" + name + ": " + why;
        return rows(
                when(state -> byPlace).then(inPipeline(sentence).put(State::handInLines)),
                when(state -> prefix.equals(TERRAFORM) && state.place().isOfTerraform())
                        .then(inPipeline(sentence + ", so hand it to the provisioner")
                                .put(
                                        "environment = {",
                                        "  " + VARIABLE + " = var." + name.substring(prefix.length()),
                                        "}")),
                always().then(step(sentence).script(state -> copied(state.script(), name))));
    }

    private static List<String> copied(Shell shell, String name) {
        return shell.hasWords() ? List.of(shell.exportVariable(VARIABLE, name)) : List.of();
    }
}
