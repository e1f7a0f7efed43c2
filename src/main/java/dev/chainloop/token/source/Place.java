package dev.chainloop.token.source;

import dev.chainloop.token.core.Keyword;
import java.util.Optional;

/**
 * The kinds of place where a command runs, in the order in which they are recognized: CI systems, the general sign last,
 * then the machines that a job of theirs may run on. What each asks of a plan is in {@code advice.Custody}.
 */
public enum Place implements Keyword {
    GITHUB("GitHub Actions"),
    GITLAB("GitLab CI"),
    AZURE("Azure Pipelines"),
    JENKINS("Jenkins"),
    CIRCLECI("CircleCI"),
    BUILDKITE("Buildkite"),
    TEAMCITY("TeamCity"),
    BITBUCKET("Bitbucket Pipelines"),
    TRAVIS("Travis CI"),
    TEKTON("Tekton"),
    CI("a CI system"),
    POD("a Kubernetes pod"),
    BUILD("the build of an image"),
    /** With a person at it, a container is a remote shell, unless it was started with a variable for the token. */
    CONTAINER("a container"),
    SERVICE("a systemd service"),
    /** Nobody is there, as under cron. Windows has no such sign. */
    CRON("a job that nobody attends"),
    SSH("a remote shell"),
    TERMINAL("a terminal"),
    /** The unknown place where a message arose. */
    ELSEWHERE("elsewhere");

    private static final Place[] ALL = values();

    private final String title;

    Place(String title) {
        this.title = title;
    }

    static Place of(Environment here) {
        for (Place place : ALL) {
            if (place.isThe(here)) {
                return place;
            }
        }
        return TERMINAL;
    }

    // Not by lambdas, since every inspection comes here.
    private boolean isThe(Environment here) {
        Machine machine = here.machine();
        return switch (this) {
            case GITHUB -> isOn("GITHUB_ACTIONS", here);
            case GITLAB -> isOn("GITLAB_CI", here);
            case AZURE -> isOn("TF_BUILD", here);
            // Chainloop itself knows Jenkins by the other two.
            case JENKINS -> here.isSet("JENKINS_URL") || (here.isSet("JENKINS_HOME") && here.isSet("BUILD_URL"));
            case CIRCLECI -> isOn("CIRCLECI", here);
            case BUILDKITE -> isOn("BUILDKITE", here);
            case TEAMCITY -> isOn("TEAMCITY_VERSION", here);
            case BITBUCKET -> isOn("BITBUCKET_BUILD_NUMBER", here);
            case TRAVIS -> isOn("TRAVIS", here);
            case TEKTON -> machine.exists("/tekton/results");
            case CI -> isOn("CI", here);
            case POD -> here.isSet("KUBERNETES_SERVICE_HOST");
            // The name that BuildKit gives the machine; Buildah says in its file who made the container.
            case BUILD ->
                machine.read("/proc/sys/kernel/hostname").orElse("").startsWith("buildkitsandbox")
                        || machine.read("/run/.containerenv").orElse("").contains("buildah");
            case CONTAINER ->
                isContainer(here)
                        && (!machine.attended()
                                || here.get(Environment.CHAINLOOP_TOKEN).equals(Optional.of("")));
            // Not at a terminal that systemd started, which passes the variable on.
            case SERVICE -> here.isSet("INVOCATION_ID") && !machine.attended();
            case CRON ->
                here.platform() != Environment.Platform.WINDOWS && !machine.attended() && !here.isSet("SSH_CONNECTION");
            case SSH -> here.isSet("SSH_CONNECTION") || here.isSet("SSH_TTY") || isContainer(here);
            case TERMINAL -> true;
            case ELSEWHERE -> false;
        };
    }

    /** A CI system's variable; some set it to `false` elsewhere. */
    private static boolean isOn(String variable, Environment here) {
        return here.isSet(variable) && !here.get(variable).orElse("").equalsIgnoreCase("false");
    }

    private static boolean isContainer(Environment here) {
        return here.machine().exists("/.dockerenv")
                || here.machine().exists("/run/.containerenv")
                || here.isSet("container");
    }

    /** Its name in a sentence. */
    public String title() {
        return title;
    }

    /** Whether a person is there, who can log in. */
    public boolean isAttended() {
        return this == TERMINAL || this == SSH;
    }

    /** Whether a job of a CI system runs there. */
    public boolean isCi() {
        return compareTo(CI) <= 0;
    }
}
