package dev.chainloop.token.cli.option;

import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.source.Place;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** The option by which the user names the place where a command failed, so that the plan is in its words. */
public final class PlaceOption {
    private static final List<Place> PLACES = List.of(
            Place.GITHUB,
            Place.GITLAB,
            Place.AZURE,
            Place.JENKINS,
            Place.CIRCLECI,
            Place.DAGGER,
            Place.TEAMCITY,
            Place.TEKTON,
            Place.POD,
            Place.CONTAINER,
            Place.SERVICE,
            Place.CI);

    private final OptionSpec option = Option.named("--in")
            .word("PLACE", PLACES, "Plan for where it failed, such as github, gitlab, jenkins, pod or service.");

    /** The option for a command's model. */
    public OptionSpec spec() {
        return option;
    }

    /** The same diagnosis, whose plan is carried out in the place that was named, if one was. */
    public Diagnosis of(Diagnosis diagnosis) {
        Optional<Place> place = Option.value(option);
        return place.isPresent() ? diagnosis.in(place.get()) : diagnosis;
    }
}
