package dev.chainloop.token.source;

import dev.chainloop.token.core.Keyword;
import java.util.Optional;

/**
 * The kinds of place where a command runs. The first whose sign is there wins: CI systems that Chainloop's CLI knows, then any
 * other, then what a job may run in. {@code advice.SecretStore} says how each gets its token.
 */
public enum Place implements Keyword {
    DAGGER("a Dagger pipeline"),
    GITHUB("GitHub Actions"),
    GITLAB("GitLab CI"),
    AZURE("Azure Pipelines"),
    JENKINS("Jenkins"),
    CIRCLECI("CircleCI"),
    TEAMCITY("TeamCity"),
    TEKTON("Tekton"),
    CI("a CI system"),
    POD("a Kubernetes pod"),
    /** With a person at it, a container is a remote shell, unless it was started with a variable for the token. */
    CONTAINER("a container"),
    SERVICE("a systemd service"),
    /** Nobody is at a terminal, as under cron. */
    JOB("a job that nobody attends"),
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
            case DAGGER -> here.isSet("CHAINLOOP_DAGGER_CLIENT");
            // These set GitHub's variables, too, and have none of its tokens: they are other CI systems.
            case GITHUB ->
                isOn("GITHUB_ACTIONS", here)
                        && !isOn("ACT", here)
                        && !isOn("GITEA_ACTIONS", here)
                        && !isOn("FORGEJO_ACTIONS", here);
            case GITLAB -> isOn("GITLAB_CI", here);
            case AZURE -> isOn("TF_BUILD", here);
            // Chainloop itself knows Jenkins by the other two.
            case JENKINS -> here.isSet("JENKINS_URL") || (here.isSet("JENKINS_HOME") && here.isSet("BUILD_URL"));
            case CIRCLECI -> isOn("CIRCLECI", here);
            case TEAMCITY -> here.isSet("TEAMCITY_VERSION") || here.isSet("TEAMCITY_PROJECT_NAME");
            case TEKTON -> machine.exists("/tekton/results");
            // People set it by hand, too, at their terminals; upstream's own sandbox is a runner.
            case CI ->
                isOn("GITHUB_ACTIONS", here)
                        || ((isOn("CI", here) || here.isSet("CHAINLOOP_SANDBOX")) && !machine.attended());
            case POD -> here.isSet("KUBERNETES_SERVICE_HOST");
            case CONTAINER ->
                isContainer(here)
                        && (!machine.attended()
                                || here.get(Environment.CHAINLOOP_TOKEN).equals(Optional.of("")));
            // Not at a terminal that systemd started, which passes the variable on.
            case SERVICE -> here.isSet("INVOCATION_ID") && !machine.attended();
            case JOB -> !machine.attended();
            case SSH -> here.isSet("SSH_CONNECTION") || here.isSet("SSH_TTY") || isContainer(here);
            case TERMINAL -> true;
            case ELSEWHERE -> false;
        };
    }

    /** A CI system's variable; some set it to {@code false} elsewhere. */
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
