package dev.chainloop.token.source;

import dev.chainloop.token.core.Keyword;
import java.util.Optional;

/**
 * The kinds of place where a command runs. The first whose sign is there counts: CI systems that the Chainloop CLI knows, then
 * other CI systems, then what a job may run in. {@code advice.SecretStore} says how each place gets its token.
 */
public enum Place implements Keyword {
    DAGGER("a Dagger pipeline"),
    GITHUB(
            "GitHub Actions",
            "Current runner version: '",
            "##[error]Process completed with exit code ",
            "Error: Process completed with exit code "), // As the web shows it.
    GITLAB("GitLab CI", "Running with gitlab-runner", "Cleaning up project directory and file based variables"),
    AZURE("Azure Pipelines", "##[section]Starting: ", "##[section]Finishing: "),
    JENKINS("Jenkins", "[Pipeline] ", "Build step 'Execute shell' marked build as failure"),
    CIRCLECI("CircleCI", "Exited with code exit status ", "CircleCI received exit code "),
    TEAMCITY("TeamCity", "TeamCity server version is "),
    TEKTON("Tekton"),
    CI("a CI system"),
    POD("a Kubernetes pod"),
    /** If a person uses it, a container is a remote shell, unless it was started with a variable for the token. */
    CONTAINER("a container", "Attaching to ", "-1 exited with code ", "Defaulting to a blank string"),
    SERVICE("a systemd service", " systemd[1]: "),
    /** Nobody is at a terminal, as under cron. */
    JOB("a job that nobody attends"),
    SSH("a remote shell"),
    TERMINAL("a terminal"),
    /** The unknown place where a message arose. */
    ELSEWHERE("elsewhere");

    /** Its name in a sentence. */
    public final String title;

    /** Text that only the place's logs have, at their head or tail; no other signs are sure. */
    @SuppressWarnings("ImmutableEnumChecker") // Nothing writes to it.
    private final String[] marks;

    Place(String title, String... marks) {
        this.title = title;
        this.marks = marks;
    }

    static Place of(Environment here) {
        for (Place place : values()) {
            if (place.isThe(here)) {
                return place;
            }
        }
        return TERMINAL;
    }

    // Without lambdas, because every inspection comes here.
    private boolean isThe(Environment here) {
        Machine machine = here.machine();
        return switch (this) {
            case DAGGER -> here.isSet("CHAINLOOP_DAGGER_CLIENT");
            // Act, Gitea and Forgejo set GitHub's variables, too, but have none of its tokens.
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
            case TERMINAL, ELSEWHERE -> false; // Without a sign, it is a terminal.
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

    /** The place whose marks a log has; {@link #ELSEWHERE} for marks of two places, empty for none. */
    public static Optional<Place> ofLog(String log) {
        Optional<Place> named = Optional.empty();
        for (Place place : values()) {
            for (String mark : place.marks) {
                if (log.contains(mark)) {
                    // A job of a CI system may run Compose.
                    boolean within = named.isPresent() && named.get().isCi() && !place.isCi();
                    named = named.isEmpty() || named.get() == place
                            ? Optional.of(place)
                            : within ? named : Optional.of(ELSEWHERE);
                }
            }
        }
        return named;
    }

    /** Whether it gets its token as another place does. */
    public boolean isLike(Place other) {
        return this == other || (isAttended() && other.isAttended());
    }

    /** Other words for it that people type. */
    @Override
    public boolean isMeantBy(String typed) {
        String word = switch (typed) {
            case "docker", "compose" -> "container";
            case "k8s", "kubernetes" -> "pod";
            case "cron" -> "job";
            case "systemd" -> "service";
            default -> typed;
        };
        return word.equals(word());
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
