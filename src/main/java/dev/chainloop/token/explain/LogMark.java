package dev.chainloop.token.explain;

import dev.chainloop.token.source.Place;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Marks that only the logs of a CI system have, which tell where a message arose; the first that is found counts. */
enum LogMark {
    AZURE(Place.AZURE, "##vso\\[|##\\[section\\]"),
    TEAMCITY(Place.TEAMCITY, "##teamcity\\["),
    GITHUB(
            Place.GITHUB,
            "##\\[(end)?(group|error|warning|debug|command)\\]|(?m:^\\s*)::(error|warning|group|notice|debug)\\b"
                    + "|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z |token\\.actions\\.githubusercontent\\.com"
                    + "|does your workflow have id-token"),
    GITLAB(
            Place.GITLAB,
            "section_(start|end):\\d+:|Running with gitlab-runner|ERROR: Job failed: |https://gitlab\\.com(?![/\\w])"
                    + "|connect to OIDC provider|invalid audience: expected"),
    JENKINS(Place.JENKINS, "\\[Pipeline\\] |Finished: FAILURE"),
    CIRCLECI(Place.CIRCLECI, "Exited with code exit status \\d+");

    private final Place place;

    @SuppressWarnings("ImmutableEnumChecker") // A Pattern cannot be changed.
    private final Pattern mark;

    LogMark(Place place, String mark) {
        this.place = place;
        this.mark = Pattern.compile(mark);
    }

    /** The place that a text is from, if it carries a mark. */
    static Optional<Place> of(String text) {
        return Arrays.stream(values())
                .filter(one -> one.mark.matcher(text).find())
                .map(one -> one.place)
                .findFirst();
    }
}
