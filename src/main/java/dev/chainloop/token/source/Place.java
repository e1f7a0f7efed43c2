package dev.chainloop.token.source;

import dev.chainloop.token.core.Keyword;
import java.util.List;

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
            .kept("the secret variable CHAINLOOP_TOKEN of the pipeline, or of a variable group that it names")
            .handIn(
                    "Hand the secret variable to the step that runs the script",
                    "env:",
                    "  CHAINLOOP_TOKEN: $(CHAINLOOP_TOKEN)")),
    JENKINS(PlaceRow.ci("Jenkins", "JENKINS_URL")
            .sign(Sign.JENKINS)
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
            .kept("the cluster secret CHAINLOOP_TOKEN")
            .handIn("Name the cluster secret in the pipeline's step", "secrets:", "  - CHAINLOOP_TOKEN")),
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
    DRONE(PlaceRow.ci("Drone", "DRONE")
            .kept("the repository's secret CHAINLOOP_TOKEN")
            .handIn(
                    "Hand the secret to the step",
                    "environment:",
                    "  CHAINLOOP_TOKEN: {from_secret: CHAINLOOP_TOKEN}")),
    CI(PlaceRow.ci("a CI system", "CI")
            .kept("a secret of that system, handed to the job as CHAINLOOP_TOKEN")
            .handIn("Store the token among that system's secrets, and hand it to the job as CHAINLOOP_TOKEN")),
    BAZEL(PlaceRow.machine("a test of Bazel")
            .variable("BAZEL_TEST")
            .kept("CHAINLOOP_TOKEN where Bazel is started")
            .handIn(
                    "Export CHAINLOOP_TOKEN where Bazel is started, and hand it to the test",
                    "bazel test --test_env=CHAINLOOP_TOKEN TARGET")
            .configHome("export XDG_CONFIG_HOME=\"$TEST_TMPDIR\"")),
    /** Its builder sets no other home folder. */
    NIX(PlaceRow.machine("a build of Nix")
            .home("/homeless-shelter")
            .kept("CHAINLOOP_TOKEN where the command runs after the build")
            .handIn("Run the command after the build: within it there are no variables and no network")),
    POD(PlaceRow.machine("a Kubernetes pod")
            .variable("KUBERNETES_SERVICE_HOST")
            .pod("Hand the secret to the container in the pod's spec")
            .restart("kubectl rollout restart deployment/DEPLOYMENT")
            .anew("start the workload anew")),
    BUILD(PlaceRow.machine("the build of an image")
            // The name that BuildKit gives the machine.
            .says("/proc/sys/kernel/hostname", "buildkitsandbox")
            .kept("CHAINLOOP_TOKEN where the image is built")
            .handIn(
                    "Set CHAINLOOP_TOKEN, mount it in the Dockerfile, and hand it to the build",
                    "RUN --mount=type=secret,id=CHAINLOOP_TOKEN,env=CHAINLOOP_TOKEN COMMAND",
                    "docker build --secret id=CHAINLOOP_TOKEN,env=CHAINLOOP_TOKEN .")),
    /** Buildah, which podman builds with, knows no secret that is mounted as a variable. */
    BUILDAH(PlaceRow.machine("the build of an image by podman or buildah")
            .says("/run/.containerenv", "engine=\"buildah")
            .kept("CHAINLOOP_TOKEN where the image is built")
            .handIn(
                    "Set CHAINLOOP_TOKEN, mount it in the Containerfile, and hand it to the build",
                    "RUN --mount=type=secret,id=CHAINLOOP_TOKEN \\",
                    "  CHAINLOOP_TOKEN=$(cat /run/secrets/CHAINLOOP_TOKEN) COMMAND",
                    "podman build --secret id=CHAINLOOP_TOKEN,env=CHAINLOOP_TOKEN .")),
    /** Also at a terminal, which a job of cron can make. */
    CRON(PlaceRow.machine("cron")
            .sign(Sign.CRON)
            .kept("CHAINLOOP_TOKEN in the crontab, on a line of its own")
            .handIn("Set CHAINLOOP_TOKEN in the crontab, on a line of its own", "CHAINLOOP_TOKEN=TOKEN")),
    AT(PlaceRow.machine("a job of at or batch")
            .ancestor("atd")
            .kept("CHAINLOOP_TOKEN where the job is submitted")
            .handIn(
                    "Export CHAINLOOP_TOKEN where the job is submitted, and submit it again: at keeps the variables"
                            + " of that moment",
                    "export CHAINLOOP_TOKEN")
            .anew("submit the job again")),
    HOOK(PlaceRow.machine("a git hook")
            .sign(Sign.HOOK)
            .kept("the content of a file (mode 600) that the hook reads")
            .handIn("Have the hook read the token from a file (mode 600)", "export CHAINLOOP_TOKEN=\"$(cat FILE)\"")),
    PODMAN(PlaceRow.machine("a container of podman").sign(Sign.PODMAN).container("podman")),
    NSPAWN(PlaceRow.machine("a container of systemd-nspawn")
            .sign(Sign.NSPAWN)
            .kept("CHAINLOOP_TOKEN where the container is started")
            .handIn(
                    "Export CHAINLOOP_TOKEN where the container is started, and hand it in",
                    "systemd-nspawn --setenv=CHAINLOOP_TOKEN -D FOLDER COMMAND")
            .anew("start the container anew")),
    /** With a person at it, a container is a remote shell, unless it was started with a variable for the token. */
    CONTAINER(PlaceRow.machine("a container").sign(Sign.CONTAINER).container("docker")),
    REMOTE(PlaceRow.machine("a command over ssh")
            .sign(Sign.REMOTE)
            .kept("CHAINLOOP_TOKEN where ssh is started")
            .handIn(
                    "Where ssh is started, hand CHAINLOOP_TOKEN to the command by its standard input: ssh passes no"
                            + " variables",
                    PlaceRow.OVER_SSH.formatted("CHAINLOOP_TOKEN").split("\n"))
            .store(PlaceRow.OVER_SSH.formatted("token"))),
    SYSTEMD_RUN(PlaceRow.machine("a command of systemd-run")
            .sign(Sign.SYSTEMD_RUN)
            .kept("CHAINLOOP_TOKEN where systemd-run is started")
            .handIn(
                    "Export CHAINLOOP_TOKEN where systemd-run is started, and hand it in",
                    "systemd-run -E CHAINLOOP_TOKEN COMMAND")
            .anew("start the command again")),
    SERVICE(PlaceRow.machine("a systemd service")
            .sign(Sign.SERVICE)
            .kept("CHAINLOOP_TOKEN in the file that the unit's EnvironmentFile= names (without `export`)")
            .handIn(
                    "In the unit, name a file (mode 600) that has the line CHAINLOOP_TOKEN=…, without `export`"
                            + " (%E is /etc, and ~/.config for a user's own unit)",
                    "[Service]", "EnvironmentFile=%E/chainloop-token.env")
            .restart("sudo systemctl daemon-reload && sudo systemctl restart UNIT")
            .restartOwn("systemctl --user daemon-reload && systemctl --user restart UNIT")
            .configHome("[Service]", "StateDirectory=chainloop", "Environment=XDG_CONFIG_HOME=%S/chainloop")),
    JOB(PlaceRow.machine("a job that nobody attends")
            .sign(Sign.UNATTENDED)
            .kept("CHAINLOOP_TOKEN in whatever starts this")
            .handIn("Set CHAINLOOP_TOKEN in whatever starts this")
            .anew("restart what starts this")),
    SSH(PlaceRow.person("a remote shell").sign(Sign.SSH)),
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

    /** The container that this is in, at whose terminal a person is. */
    static Place container(Environment here) {
        Sign kind = Sign.container(here);
        return kind == Sign.PODMAN ? PODMAN : kind == Sign.NSPAWN ? NSPAWN : CONTAINER;
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

    /** What has a changed value read where no command does, an imperative without its full stop; empty where nothing is needed. */
    public String anew() {
        return row.anew;
    }

    /** The command that hands the value to another command in a running container; empty elsewhere. */
    public String enter() {
        return row.enter;
    }

    /** The lines that give the Chainloop CLI a writable folder for its config file; none where a shell's do. */
    public List<String> configHome() {
        return row.configHome;
    }
}
