package dev.chainloop.token.source;

import java.util.Optional;

/**
 * CI systems, each with the variable that it sets in its jobs. The first variable that is set decides; the generic
 * one comes last.
 */
public enum CiSystem {
    GITHUB("GITHUB_ACTIONS", "GitHub Actions"),
    GITLAB("GITLAB_CI", "GitLab CI"),
    AZURE("TF_BUILD", "Azure Pipelines"),
    JENKINS("JENKINS_URL", "Jenkins"),
    CIRCLECI("CIRCLECI", "CircleCI"),
    TEAMCITY("TEAMCITY_VERSION", "TeamCity"),
    BUILDKITE("BUILDKITE", "Buildkite"),
    BITBUCKET("BITBUCKET_BUILD_NUMBER", "Bitbucket Pipelines"),
    TRAVIS("TRAVIS", "Travis CI"),
    OTHER("CI", "a CI system");

    private final String variable;
    private final String title;

    CiSystem(String variable, String title) {
        this.variable = variable;
        this.title = title;
    }

    /** The CI system that runs this process, judging by its variables. */
    public static Optional<CiSystem> of(Environment environment) {
        for (CiSystem system : values()) {
            String value = environment.get(system.variable).orElse("");
            if (!value.isEmpty() && !value.equalsIgnoreCase("false")) {
                return Optional.of(system);
            }
        }
        return Optional.empty();
    }

    /** Its name. */
    public String title() {
        return title;
    }
}
