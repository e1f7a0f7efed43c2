package dev.chainloop.token.source;

import dev.chainloop.token.core.Keyword;
import java.util.List;

/**
 * The kinds of place where a command runs, in the order in which they are recognized: CI systems, the general sign last,
 * then the machines that a job of theirs may run on. All that differs from one to the next stands in its row.
 */
public enum Place implements Keyword {
    GITHUB(PlaceRow.ci("GitHub Actions", "GITHUB_ACTIONS")
            .log(
                    "(?m:^)[ \\t\\x0b\\f]*+::(error|warning|group|notice|debug)\\b|does your workflow have id-token"
                            + "|/(?:home|Users)/runner/|/github/home/|[ =\"]/__w/",
                    "Syncing repository: (?<repository>[\\w.-]{1,39}/[\\w.-]{1,99})")
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
                            + "|connect to OIDC provider|invalid audience: expected|[ =\"]/builds/[\\w.-]")
            .forks(Forks::onGitlab)
            .skipFork(
                    "Skip the job for merge requests from forks, which get no secrets",
                    "rules: # before any others",
                    "  - if: $CI_MERGE_REQUEST_SOURCE_PROJECT_ID != $CI_MERGE_REQUEST_PROJECT_ID",
                    "    when: never")
            .kept("the CI/CD variable CHAINLOOP_TOKEN (Settings > CI/CD > Variables)")
            .handIn("Add the CI/CD variable CHAINLOOP_TOKEN (Settings > CI/CD > Variables)")),
    AZURE(PlaceRow.ci("Azure Pipelines", "TF_BUILD")
            .log("##vso\\[|##\\[section\\]|/home/vsts/")
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
            .log(
                    "\\[Pipeline\\] |Finished: FAILURE|/var/(?:lib/jenkins|jenkins_home)/|(?m:^)Started by (?:user|an SCM change|timer)")
            .kept("the credential that the job reads (kind: Secret text)")
            .handIn(
                    "Wrap the step in the Jenkinsfile, with the ID of the credential (kind: Secret text)",
                    "withCredentials([string(credentialsId: 'ID', variable: 'CHAINLOOP_TOKEN')]) {",
                    "}")),
    CIRCLECI(PlaceRow.ci("CircleCI", "CIRCLECI")
            .log("Exited with code exit status \\d+|/home/circleci/")
            // Pull requests that are not from forks have only CIRCLE_PULL_REQUEST.
            .forks("CIRCLE_PR_NUMBER", "")
            .skipFork(
                    "Skip the job for pull requests from forks, which get no secrets",
                    "- run: '[ -z \"$CIRCLE_PR_NUMBER\" ] || circleci-agent step halt'")
            .kept("the variable CHAINLOOP_TOKEN of the job's context (Organization Settings > Contexts)")
            .handIn("Give the job the context that holds CHAINLOOP_TOKEN", "context: chainloop")),
    BUILDKITE(PlaceRow.ci("Buildkite", "BUILDKITE")
            .log("_bk;t=\\d+|The command exited with status \\d+|/buildkite/builds/")
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
    TEKTON(PlaceRow.ci("Tekton", "")
            .file("/tekton/results")
            .log("(?m:^)\\[[a-z0-9-]{1,63} : [a-z0-9-]{1,63}\\] |/tekton/")
            .pod("Hand the secret to the task's step")),
    DRONE(PlaceRow.ci("Drone", "DRONE")
            .kept("the repository's secret CHAINLOOP_TOKEN")
            .handIn(
                    "Hand the secret to the step",
                    "environment:",
                    "  CHAINLOOP_TOKEN: {from_secret: CHAINLOOP_TOKEN}")),
    AIRFLOW(PlaceRow.ci("an Airflow task", "AIRFLOW_CTX_DAG_ID")
            .log("(?m:^)\\[\\d{4}-\\d\\d-\\d\\d[T,\\d:.+ UTC-]{8,24}\\] \\{[\\w./-]{1,80}:\\d{1,6}\\} ")
            .kept("the Airflow connection or secret that the task reads")
            .handIn(
                    "Hand the secret to the task (`append_env=True` keeps its other variables)",
                    "env={'CHAINLOOP_TOKEN': '{{ conn.chainloop.password }}'}, append_env=True")),
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
    NOMAD(PlaceRow.machine("a task of Nomad")
            .variable("NOMAD_ALLOC_ID")
            .log("(?<!\\w)nomad (?:alloc )?logs\\b|(?m:^)NOMAD_(?:ALLOC|JOB|TASK)_\\w{1,30}=")
            .kept("the Nomad variable or Vault secret that the job's template reads")
            .handIn(
                    "Hand the secret to the task in the job's file",
                    "template {",
                    "  data        = \"CHAINLOOP_TOKEN={{ with nomadVar \\\"nomad/jobs/JOB\\\" }}{{ .token }}{{ end }}\"",
                    "  destination = \"secrets/chainloop.env\"",
                    "  env         = true",
                    "}")),
    POD(PlaceRow.machine("a Kubernetes pod")
            .variable("KUBERNETES_SERVICE_HOST")
            .log(
                    "(?m:^)\\[pod/(?<pod>[a-z0-9.-]{1,99})/[a-z0-9-]{1,63}\\] ",
                    "(?<!\\w)kubectl [^\n]{0,80}?(?<!\\w)(?:logs|exec) [^\n]{0,80}?(?<!\\w)deploy(?:ments?)?/(?<deployment>[a-z0-9.-]{1,63})",
                    "(?<!\\w)kubectl [^\n]{0,80}?(?<!\\w)(?:logs|exec) [^\n]{0,80}?(?:/|\\b)(?<pod>[a-z0-9][a-z0-9.-]{0,80}-[bcdfghjklmnpqrstvwxz2456789]{5})(?![\\w./-])",
                    "\"pod(?:_name|Name)?\" ?: ?\"(?<pod>[a-z0-9.-]{1,99})\"",
                    "(?<!\\w)kubectl [^\n]{0,80}?(?:-n|--namespace)[ =]?(?<namespace>[a-z0-9-]{1,63})\\b[^\n]{0,80}?(?<!\\w)(?:logs|exec)\\b",
                    "(?<!\\w)kubectl [^\n]{0,80}?(?<!\\w)(?:logs|exec)\\b[^\n]{0,80}? (?:-n|--namespace)[ =]?(?<namespace>[a-z0-9-]{1,63})\\b",
                    "\"(?:k8s_)?namespace(?:_name|Name)?\" ?: ?\"(?<namespace>[a-z0-9-]{1,63})\"",
                    "(?m:^)(?<pod>[a-z0-9][a-z0-9.-]{0,80}-[bcdfghjklmnpqrstvwxz2456789]{5}) [a-z0-9-]{1,63} ",
                    "(?<!\\w)kubectl [^\n]{0,80}?(?<!\\w)(?:logs|exec)\\b|(?<!\\w)stern \\S|argo=true"
                            + "|/var/run/secrets/kubernetes[.]io|[.]svc[.]cluster[.]local\\b"
                            + "|(?m:^)\\d{4}-\\d\\d-\\d\\dT[\\d:.]{8,18}(?:Z|[+-]\\d\\d:\\d\\d) std(?:out|err) [FP] "
                            + "| on 10[.](?:96|43|100|0)[.]0[.]10:53: | on 172[.]20[.]0[.]10:53: ")
            .pod("Hand the secret to the container in the pod's spec")
            .restart("kubectl rollout restart deployment/DEPLOYMENT")
            .anew("start the workload anew")),
    BUILD(PlaceRow.machine("the build of an image")
            // The name that BuildKit gives the machine.
            .says("/proc/sys/kernel/hostname", "buildkitsandbox")
            .log("(?m:^)#\\d{1,3} (?:\\d{1,6}[.]\\d{1,3} |\\[|ERROR|DONE|sha256)"
                    + "|(?m:^)Step \\d{1,3}/\\d{1,3} : |failed to solve: |process \"/bin/sh -c "
                    + "|The command '/bin/sh -c ")
            .kept("CHAINLOOP_TOKEN where the image is built")
            .handIn(
                    "Set CHAINLOOP_TOKEN, mount it in the Dockerfile, and hand it to the build",
                    "RUN --mount=type=secret,id=CHAINLOOP_TOKEN,env=CHAINLOOP_TOKEN COMMAND",
                    "docker build --secret id=CHAINLOOP_TOKEN,env=CHAINLOOP_TOKEN .")),
    /** Buildah, which podman builds with, knows no secret that is mounted as a variable. */
    BUILDAH(PlaceRow.machine("the build of an image by podman or buildah")
            .says("/run/.containerenv", "engine=\"buildah")
            .log("(?m:^)STEP \\d{1,3}(?:/\\d{1,3})?: |building at STEP ")
            .kept("CHAINLOOP_TOKEN where the image is built")
            .handIn(
                    "Set CHAINLOOP_TOKEN, mount it in the Containerfile, and hand it to the build",
                    "RUN --mount=type=secret,id=CHAINLOOP_TOKEN \\",
                    "  CHAINLOOP_TOKEN=$(cat /run/secrets/CHAINLOOP_TOKEN) COMMAND",
                    "podman build --secret id=CHAINLOOP_TOKEN,env=CHAINLOOP_TOKEN .")),
    /** Also at a terminal, which a job of cron can make. */
    CRON(PlaceRow.machine("cron")
            .sign(Sign.CRON)
            .log(
                    "(?m:^)Subject: Cron <(?<user>[\\w.-]{1,32})@(?<host>[\\w.-]{1,63})>",
                    PlaceRow.SYSLOG + "CRON\\[",
                    "(?<!\\w)CRON\\[\\d{1,9}\\]: ")
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
            .log("(?m:^)remote: ")
            .kept("the content of a file (mode 600) that the hook reads")
            .handIn("Have the hook read the token from a file (mode 600)", "export CHAINLOOP_TOKEN=\"$(cat FILE)\"")),
    /** Known by its logs only. */
    COMPOSE(PlaceRow.machine("a service of Docker Compose")
            .log(
                    "(?m:^)(?<container>[a-z0-9][\\w.-]{0,60}?)[-_]\\d{1,3} {1,40}\\| [^\n]{0,80}?(?:ERR |chainloop )",
                    "(?m:^)(?<container>[a-z0-9][\\w.-]{0,60}?)[-_]\\d{1,3} {1,40}\\| ",
                    "(?<!\\w)docker(?: compose|-compose) logs(?!\\w)")
            .kept("CHAINLOOP_TOKEN in the `.env` file beside compose.yaml, without quotes")
            .handIn(
                    "Hand the variable to the service in compose.yaml",
                    "environment:",
                    "  CHAINLOOP_TOKEN: ${CHAINLOOP_TOKEN:?}")
            .restart("docker compose up -d")),
    PODMAN(PlaceRow.machine("a container of podman")
            .sign(Sign.PODMAN)
            .log("(?<!\\w)podman(?:-compose)? (?:logs|exec)\\b")
            .container("podman")),
    /** What Ansible runs on a machine. */
    ANSIBLE(PlaceRow.machine("a task of Ansible")
            .ancestor("ansible-playboo")
            .log(
                    "(?m:^)(?:fatal|failed): \\[(?<host>[\\w.-]{1,63})(?: -> [^\\]\n]{1,80})?\\]: (?:FAILED|UNREACHABLE)!",
                    "(?m:^)(?:TASK|PLAY) (?:RECAP|\\[)")
            .kept("the vault's variable that the playbook reads")
            .handIn(
                    "Hand the vault's variable to the task",
                    "environment:",
                    "  CHAINLOOP_TOKEN: \"{{ chainloop_token }}\"",
                    "no_log: true")),
    NSPAWN(PlaceRow.machine("a container of systemd-nspawn")
            .sign(Sign.NSPAWN)
            .kept("CHAINLOOP_TOKEN where the container is started")
            .handIn(
                    "Export CHAINLOOP_TOKEN where the container is started, and hand it in",
                    "systemd-nspawn --setenv=CHAINLOOP_TOKEN -D FOLDER COMMAND")
            .anew("start the container anew")),
    /** With a person at it, a container is a remote shell, unless it was started with a variable for the token. */
    CONTAINER(PlaceRow.machine("a container")
            .sign(Sign.CONTAINER)
            .log(
                    "(?m:^)(?<user>[\\w-]{1,32})@(?<container>[0-9a-f]{12}):",
                    "(?<!\\w)docker logs (?:-[\\w-]{1,20} ){0,4}(?<container>[\\w.-]{1,63})",
                    "(?<!\\w)docker logs\\b| on 127[.]0[.]0[.]11:53: |(?m:^)\\{\"log\": ?\"[^\n]{0,99}")
            .container("docker")),
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
            .log(
                    "(?<!\\w)systemd\\[\\d{1,9}\\]: (?<unit>[\\w@:.\\\\-]{1,80}[.]service): (?:Main process exited|Failed|Control process)",
                    "(?<!\\w)systemd\\[\\d{1,9}\\]: (?:Starting|Started|Failed to start) (?<unit>[\\w@:.\\\\-]{1,80}[.]service)",
                    "(?<!\\w)systemd\\[\\d{1,9}\\]: (?<unit>[\\w@:.\\\\-]{1,80}[.]service): ",
                    "(?<!\\w)(?:journalctl|systemctl status) (?:-[\\w=-]{1,30} ){0,6}?(?:-u ?|--unit[ =])?(?<unit>[\\w@:.\\\\-]{1,80}[.]service)",
                    "(?<!\\w)journalctl [^\n]{0,80}?(?:-u ?|--unit[ =])(?<unit>[\\w@:.\\\\-]{1,80})",
                    "\"_SYSTEMD_UNIT\" ?: ?\"(?<unit>[\\w@:.\\\\-]{1,80}[.]service)\"",
                    "\"_HOSTNAME\" ?: ?\"(?<host>[\\w.-]{1,63})\"",
                    PlaceRow.SYSLOG + "systemd\\[",
                    "(?<!\\w)systemd\\[\\d{1,9}\\]: |(?<!\\w)journalctl ")
            .perhapsLog(PlaceRow.SYSLOG + "[^\\s:\\[]{1,63}\\[\\d{1,9}\\]: ")
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
    TERMINAL(PlaceRow.person("a terminal")
            .perhapsLog(
                    "(?m:^)(?:\\([\\w.-]{1,40}\\) )?\\[?(?<user>[a-z_][\\w.-]{0,31})@(?<host>[\\w.-]{1,63})[ :][^\n$#%>]{0,80}[$#%>] ",
                    // A chat.
                    "(?m:^)(?<user>[\\w.-]{1,32})(?: [\\w.-]{1,32})? {1,3}\\[?\\d{1,2}:\\d\\d(?: ?[AP]M)?\\]?(?m:$)",
                    "[ =\"](?<system>/Users/)(?<user>[\\w.-]{1,32})/",
                    "(?m:^)(?<system>PS [A-Z]:\\\\)",
                    "(?<system>[A-Z]:\\\\{1,2}Users\\\\{1,2})(?<user>[\\w.-]{1,32})")),
    /** The unknown place where a message arose; the marks are those of a mail and of what is quoted. */
    ELSEWHERE(PlaceRow.machine("elsewhere")
            .perhapsLog("(?m:^)On [^\n]{5,80} wrote:(?m:$)|(?m:^)> (?![\\w@/.-]{1,80}@\\d)[^\n]{0,240}\n> ")
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

    /** Regular expressions for what only its logs have; a group gives a {@link PlaceName}. */
    public List<String> logMarks() {
        return row.log;
    }

    /** The same for what its logs have if they bear no place's own mark. */
    public List<String> perhapsLogMarks() {
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
