package dev.chainloop.token.source;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a CI provider sets in a job that may have its token, and what else the Chainloop CLI looks for before it uses that (in
 * its package {@code runners}: {@code CheckEnv}, {@code oidc}).
 */
public enum Grant {
    GITHUB(
            List.of("ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"),
            List.of("CI", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")),
    GITLAB(List.of(Environment.GITLAB_OIDC), List.of("GITLAB_CI", "CI_JOB_URL"));

    /**
     * A grant of which only a part came into a container, through {@code sudo} or the like.
     *
     * @param came a variable that only a job with the grant has
     * @param missing the variables that were not handed on
     */
    public record Part(Grant grant, String came, List<String> missing) {}

    @SuppressWarnings("ImmutableEnumChecker") // It is.
    private final List<String> granted;

    @SuppressWarnings("ImmutableEnumChecker") // It is.
    private final List<String> beside;

    /**
     * @param granted only set in a job with the grant, and only together
     * @param beside set in every job
     */
    Grant(List<String> granted, List<String> beside) {
        this.granted = granted;
        this.beside = beside;
    }

    /** Whether all of it is here. */
    boolean isWhole(Environment environment) {
        return missing(environment).isEmpty();
    }

    /** The grant of which a part is here. */
    static Optional<Part> part(Environment environment) {
        return Arrays.stream(values())
                .filter(one -> !one.isWhole(environment))
                .flatMap(one -> one.granted.stream()
                        .filter(environment::isSet)
                        .limit(1)
                        .map(came -> new Part(one, came, one.missing(environment))))
                .findFirst();
    }

    private List<String> missing(Environment environment) {
        return Stream.concat(granted.stream(), beside.stream())
                .filter(name -> !environment.isSet(name))
                .toList();
    }
}
