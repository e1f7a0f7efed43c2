package dev.chainloop.token.advice;

import static dev.chainloop.token.advice.StepRow.inPipeline;
import static dev.chainloop.token.advice.StepRow.step;

import dev.chainloop.token.source.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What programs put before the names that people give them: a token under such a name was given in the wrong place. */
enum Addition {
    PLUGIN(
            "PLUGIN_",
            "a step's `settings` get PLUGIN_ before their names, so hand the secret to the step by its `environment`",
            true),
    INPUT("INPUT_", "an input (`with`) gets INPUT_ before its name, so hand the secret to the step by its `env`", true),
    NOMAD_META("NOMAD_META_", "`meta` gets NOMAD_META_ before its names, so use a template", true),
    NOMAD_VAR("NOMAD_VAR_", "that is for variables of the job's file, so use a template", true),
    TERRAFORM("TF_VAR_", "that is a variable of Terraform's language, which programs do not see", false),
    GRADLE("ORG_GRADLE_PROJECT_", "that is a property of Gradle, which programs do not see", false),
    NPM("npm_config_", "npm puts npm_config_ before the names of its settings", false),
    BAMBOO("bamboo_", "Bamboo puts bamboo_ before the names of a plan's variables", false);

    private static final String VARIABLE = PlaceQuestions.VARIABLE;

    private final String prefix;
    private final String why;
    private final boolean byPlace;

    /** @param byPlace whether the place's own lines are the cure, else a copy under the plain name */
    Addition(String prefix, String why, boolean byPlace) {
        this.prefix = prefix;
        this.why = why;
        this.byPlace = byPlace;
    }

    /** What stands before the token's variable in the name of another. */
    static Optional<Addition> of(String name, Place place) {
        return Arrays.stream(values())
                .filter(one -> name.equals(one.prefix + VARIABLE)
                        || name.equals(one.prefix + VARIABLE.toLowerCase(Locale.ROOT)))
                .filter(one -> !one.byPlace || !place.handInLines().isEmpty())
                .findFirst();
    }

    /** How the token gets the plain name. */
    Part part(String name) {
        String sentence = "Use the token in $" + name + ": " + why;
        return byPlace
                ? inPipeline(sentence).put(State::handInLines)
                : step(sentence).script(state -> copied(state.script(), name));
    }

    private static List<String> copied(Shell shell, String name) {
        return shell.hasWords() ? List.of(shell.exportVariable(VARIABLE, name)) : List.of();
    }
}
