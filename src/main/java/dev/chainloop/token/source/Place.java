package dev.chainloop.token.source;

import dev.chainloop.token.core.Keyword;
import java.util.List;
import java.util.Optional;

/**
 * The kinds of place where a command runs, in the order in which they are recognized: CI systems, the general sign last,
 * then the machines that a job of theirs may run on. All that differs from one to the next stands in its row.
 */
public enum Place implements Keyword {
    GITHUB(PlaceRow.ci("GitHub Actions", "GITHUB_ACTIONS")
            .log("(?m:^)[ \\t\\x0b\\f]*+::(error|warning|group|notice|debug)\\b|does your workflow have id-token")
            // Azure's logs have these, too; and the issuer can be named anywhere.
            .perhapsLog("##\\[(end)?(group|error|warning|debug|command)\\]"
                    + "|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}Z |token\\.actions\\.githubusercontent\\.com")
            .forks(Forks::onGithub)
            .skipFork(
                    "Skip the job for pull requests from forks, which get no secrets",
                    "if: github.event_name != 'pull_request' ||",
                    "  github.event.pull_request.head.repo.full_name == github.repository")
            .kept("the secret CHAINLOOP_TOKEN")
            .handIn(
                    "Hand the secret to the step in the workflow",
                    "env:",
                    "  CHAINLOOP_TOKEN: ${{ secrets.CHAINLOOP_TOKEN }}")
            .store("printf %s \"$token\" | gh secret set CHAINLOOP_TOKEN")
            .asking("gh secret set CHAINLOOP_TOKEN")),
    GITLAB(PlaceRow.ci("GitLab CI", "GITLAB_CI")
            .log(
                    "section_(start|end):\\d+:|Running with gitlab-runner|ERROR: Job failed: |https://gitlab\\.com(?![/\\w])"
                            + "|connect to OIDC provider|invalid audience: expected")
            .forks(Forks::onGitlab)
            .skipFork(
                    "Skip the job for merge requests from forks, which get no secrets",
                    "rules: # before any others",
                    "  - if: $CI_MERGE_REQUEST_SOURCE_PROJECT_ID != $CI_MERGE_REQUEST_PROJECT_ID",
                    "    when: never")
            .kept("the CI/CD variable CHAINLOOP_TOKEN (Settings > CI/CD > Variables)")
            .handIn("Add the CI/CD variable CHAINLOOP_TOKEN (Settings > CI/CD > Variables)")),
    AZURE(PlaceRow.ci("Azure Pipelines", "TF_BUILD")
            .log("##vso\\[|##\\[section\\]")
            .forks("SYSTEM_PULLREQUEST_ISFORK", "True")
            .skipFork(
                    "Skip the job for pull requests from forks, which get no secrets",
                    "condition: and(succeeded(), ne(variables['System.PullRequest.IsFork'], 'True'))")
            .kept("the pipeline's secret variable CHAINLOOP_TOKEN")
            .handIn(
                    "Hand the secret variable to the step that runs the script",
                    "env:",
                    "  CHAINLOOP_TOKEN: $(CHAINLOOP_TOKEN)")),
    JENKINS(PlaceRow.ci("Jenkins", "JENKINS_URL")
            // Chainloop itself knows Jenkins by these two.
            .sign(here -> here.isSet("JENKINS_HOME") && here.isSet("BUILD_URL"))
            .log("\\[Pipeline\\] |Finished: FAILURE")
            .kept("the credential that the job reads (kind: Secret text)")
            .handIn(
                    "Wrap the step in the Jenkinsfile, with the ID of the credential (kind: Secret text)",
                    "withCredentials([string(credentialsId: 'ID', variable: 'CHAINLOOP_TOKEN')]) {",
                    "}")),
    CIRCLECI(PlaceRow.ci("CircleCI", "CIRCLECI")
            .log("Exited with code exit status \\d+")
            // Pull requests that are not from forks have only CIRCLE_PULL_REQUEST.
            .forks("CIRCLE_PR_NUMBER", "")
            .skipFork(
                    "Skip the job for pull requests from forks, which get no secrets",
                    "- run: '[ -z \"$CIRCLE_PR_NUMBER\" ] || circleci-agent step halt'")
            .kept("the variable CHAINLOOP_TOKEN of the job's context (Organization Settings > Contexts)")
            .handIn("Give the job the context that holds CHAINLOOP_TOKEN", "context: chainloop")),
    BUILDKITE(PlaceRow.ci("Buildkite", "BUILDKITE")
            .log("_bk;t=\\d+|The command exited with status \\d+")
            .secret("the cluster secret CHAINLOOP_TOKEN")),
    TEAMCITY(PlaceRow.ci("TeamCity", "TEAMCITY_VERSION")
            .log("##teamcity\\[")
            .secret("the build parameter env.CHAINLOOP_TOKEN (type: Password)")),
    BITBUCKET(PlaceRow.ci("Bitbucket Pipelines", "BITBUCKET_BUILD_NUMBER")
            .log("BITBUCKET_|/opt/atlassian/pipelines/")
            .secret("the secured repository variable CHAINLOOP_TOKEN")),
    TRAVIS(PlaceRow.ci("Travis CI", "TRAVIS")
            .log("travis_fold:(start|end)")
            .secret("the variable CHAINLOOP_TOKEN in the repository's settings")),
    TEKTON(PlaceRow.ci("Tekton", "").file("/tekton/results").pod("Hand the secret to the task's step")),
    CI(PlaceRow.ci("a CI system", "CI").secret("the secret that the job gets as CHAINLOOP_TOKEN")),
    POD(PlaceRow.machine("a Kubernetes pod")
            .variable("KUBERNETES_SERVICE_HOST")
            .pod("Hand the secret to the container in the pod's spec")
            .restart("kubectl rollout restart deployment/DEPLOYMENT")),
    BUILD(PlaceRow.machine("the build of an image")
            // The name that BuildKit gives the machine; Buildah says in its file who made the container.
            .sign(here -> here.machine()
                            .read("/proc/sys/kernel/hostname")
                            .orElse("")
                            .startsWith("buildkitsandbox")
                    || here.machine().read("/run/.containerenv").orElse("").contains("buildah"))
            .kept("CHAINLOOP_TOKEN where the image is built")
            .handIn(
                    "Set CHAINLOOP_TOKEN, mount it in the Dockerfile, and hand it to the build",
                    "RUN --mount=type=secret,id=CHAINLOOP_TOKEN,env=CHAINLOOP_TOKEN COMMAND",
                    "docker build --secret id=CHAINLOOP_TOKEN,env=CHAINLOOP_TOKEN .")),
    /** With a person at it, a container is a remote shell, unless it was started with a variable for the token. */
    CONTAINER(PlaceRow.machine("a container")
            .sign(here -> here.isContainer()
                    && (!here.machine().attended()
                            || here.get(Environment.CHAINLOOP_TOKEN).equals(Optional.of(""))))
            .kept("CHAINLOOP_TOKEN where the container is started (`--env-file` keeps quotes)")
            .handIn(
                    "Set CHAINLOOP_TOKEN where the container is started, and hand it in",
                    "docker run -e CHAINLOOP_TOKEN IMAGE")
            .configHome("docker run --tmpfs /tmp -e XDG_CONFIG_HOME=/tmp -e CHAINLOOP_TOKEN IMAGE")),
    SERVICE(PlaceRow.machine("a systemd service")
            // Not at a terminal that systemd started, which passes the variable on.
            .sign(here -> here.isSet("INVOCATION_ID") && !here.machine().attended())
            .kept("CHAINLOOP_TOKEN in the file that the unit's EnvironmentFile= names (without `export`)")
            .handIn(
                    "In the unit, name a file (mode 600) that has the line CHAINLOOP_TOKEN=…, without `export`"
                            + " (%E is /etc, and ~/.config for a user's own unit)",
                    "[Service]", "EnvironmentFile=%E/chainloop-token.env")
            .restart("sudo systemctl daemon-reload && sudo systemctl restart UNIT")
            .restartOwn("systemctl --user daemon-reload && systemctl --user restart UNIT")
            .configHome("[Service]", "StateDirectory=chainloop", "Environment=XDG_CONFIG_HOME=%S/chainloop")),
    /** Nobody is there, as under cron. Windows has no such sign. */
    CRON(PlaceRow.machine("a job that nobody attends")
            .sign(here -> here.platform() != Environment.Platform.WINDOWS
                    && !here.machine().attended()
                    && !here.isSet("SSH_CONNECTION"))
            .kept("CHAINLOOP_TOKEN where the job is started (in a crontab, on a line of its own)")
            .handIn(
                    "Set CHAINLOOP_TOKEN where the job is started (in a crontab, on a line of its own)",
                    "CHAINLOOP_TOKEN=TOKEN")),
    SSH(PlaceRow.person("a remote shell")
            .sign(here -> here.isSet("SSH_CONNECTION") || here.isSet("SSH_TTY") || here.isContainer())),
    TERMINAL(PlaceRow.person("a terminal")),
    /** The unknown place where a message arose. */
    ELSEWHERE(PlaceRow.machine("elsewhere")
            .kept("CHAINLOOP_TOKEN where the command failed")
            .handIn("Set CHAINLOOP_TOKEN where the command failed"));

    private static final Place[] ALL = values();

    @SuppressWarnings("ImmutableEnumChecker") // A row is not changed once it is here.
    private final PlaceRow row;

    Place(PlaceRow row) {
        this.row = row;
    }

    static Place of(Environment here) {
        for (Place place : ALL) {
            if (place.row.isThe(here)) {
                return place;
            }
        }
        return TERMINAL;
    }

    /** Its name in a sentence. */
    public String title() {
        return row.title;
    }

    /** Whether a person is there, who can log in. */
    public boolean isAttended() {
        return row.kind == PlaceRow.Kind.PERSON;
    }

    /** Whether a job of a CI system runs there. */
    public boolean isCi() {
        return row.kind == PlaceRow.Kind.CI;
    }

    /** A regular expression for what only its logs have; empty where nothing is known. */
    public String logMark() {
        return row.log;
    }

    /** A regular expression for what its logs have if they bear no place's own mark; empty where nothing is known. */
    public String perhapsLogMark() {
        return row.perhapsLog;
    }

    /** Whether this runs for a change from a fork, as the place says, and so gets no secrets. */
    boolean isFork(Environment here) {
        return row.isFork(here);
    }

    /** How its jobs are skipped for forks: a sentence without its full stop. */
    public String skipFork() {
        return row.skipFork;
    }

    public List<String> skipForkLines() {
        return row.skipForkLines;
    }

    /** Where the value of {@code CHAINLOOP_TOKEN} is kept, a noun phrase. */
    public String kept() {
        return row.kept;
    }

    /** How the value gets in from there, a sentence without its full stop. */
    public String handIn() {
        return row.handIn;
    }

    /** The lines of a file that hand it in; none where the sentence says it all. */
    public List<String> handInLines() {
        return row.handInLines;
    }

    /** The command that stores the shell's {@code $token} where there is no value yet; empty where only a person can. */
    public String storeFirst() {
        return row.storeFirst;
    }

    /** The command that stores the shell's {@code $token} in the place of another value; empty where only a person can. */
    public String storeAgain() {
        return row.storeAgain;
    }

    /** The command that stores a value that it asks for; empty where there is none. */
    public String storeAsking() {
        return row.storeAsking;
    }

    /** The command that prints the value that is stored, for another to read; empty where there is none. */
    public String stored() {
        return row.stored;
    }

    /**
     * The command that has a changed value read; empty where none is needed.
     *
     * @param own whether what runs there is the user's own, and not the machine's
     */
    public String restart(boolean own) {
        return own ? row.restartOwn : row.restart;
    }

    /** The lines that give the Chainloop CLI a writable folder for its config file. */
    public List<String> configHome() {
        return row.configHome;
    }
}
