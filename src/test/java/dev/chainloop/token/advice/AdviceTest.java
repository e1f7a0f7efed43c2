package dev.chainloop.token.advice;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.MarkdownTable;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The plans of states in places: the page advice.md shows them, and its tables are the program's own. */
final class AdviceTest {
    private static final Path PAGE = Path.of("src/site/markdown/advice.md");

    @TempDir
    Path home;

    private enum State {
        NO_TOKEN(""),
        EXPIRED_LOGIN("USER expired"),
        EXPIRED("API expired"),
        EXPIRES_SOON("API exp=now+3d");
        private final String token;

        State(String token) {
            this.token = token;
        }
    }

    /** The plans that the page shows. */
    private enum Shown {
        FIRST("There is no token in a job on GitHub", State.NO_TOKEN, Where.GITHUB),
        RENEWED("An API token has expired in a Kubernetes pod", State.EXPIRED, Where.POD),
        ENDING("An API token ends in three days, in a terminal", State.EXPIRES_SOON, Where.TERMINAL);
        private final String title;
        private final State state;
        private final Where where;

        Shown(String title, State state, Where where) {
            this.title = title;
            this.state = state;
            this.where = where;
        }
    }

    /** How each place is known: its variables, and what the machine tells. */
    private enum Where {
        TERMINAL("", ""),
        GITHUB("GITHUB_ACTIONS=true GITHUB_REPOSITORY=acme/web", ""),
        GITLAB("GITLAB_CI=true", ""),
        JENKINS("JENKINS_URL=https://ci.example", ""),
        AZURE("TF_BUILD=True", ""),
        CIRCLECI("CIRCLECI=true", ""),
        BUILDKITE("BUILDKITE=true", ""),
        TEAMCITY("TEAMCITY_VERSION=1", ""),
        BITBUCKET("BITBUCKET_BUILD_NUMBER=1", ""),
        TRAVIS("TRAVIS=true", ""),
        TEKTON("", "unattended\n/tekton/results"),
        DRONE("DRONE=true CI=true", "unattended"),
        CI("CI=true", "unattended"),
        BAZEL("BAZEL_TEST=1", "unattended"),
        NIX("HOME=/homeless-shelter", "unattended"),
        POD("KUBERNETES_SERVICE_HOST=10.0.0.1 HOSTNAME=web-6c9d8b5f4-x2x9k", "unattended"),
        BUILD("", "unattended\n/proc/sys/kernel/hostname buildkitsandbox"),
        BUILDAH("", "unattended\n/run/.containerenv engine=\"buildah-1.39.3\""),
        CRON("", "unattended\nancestors sh < cron < cron"),
        AT("", "unattended\nancestors sh < atd < atd"),
        HOOK("GIT_DIR=. SSH_CONNECTION=1", "unattended\nancestors post-receive < git < sshd-session"),
        PODMAN("container=podman", "unattended\n/run/.containerenv"),
        ANSIBLE("", "unattended\nancestors sh < ansible-playboo"),
        NSPAWN("container=systemd-nspawn", "unattended"),
        CONTAINER("", "unattended\n/.dockerenv"),
        REMOTE("SSH_CONNECTION=1", "unattended\nancestors sshd-session < sshd"),
        SYSTEMD_RUN("", "unattended\n/proc/self/cgroup 0::/system.slice/run-p12-i34.service"),
        SERVICE("", "unattended\n/proc/self/cgroup 0::/system.slice/job.service"),
        JOB("INVOCATION_ID=1", "unattended\nancestors sh < make < sh < init"),
        ACT("GITHUB_ACTIONS=true ACT=true", "unattended"),
        GITEA("GITHUB_ACTIONS=true GITEA_ACTIONS=true", "unattended"),
        ARGO("ARGO_TEMPLATE={} KUBERNETES_SERVICE_HOST=10.0.0.1", "unattended"),
        PROW("PROW_JOB_ID=1 CI=true", "unattended"),
        WOODPECKER("CI_WORKFLOW_NUMBER=1 CI=woodpecker", "unattended"),
        HARNESS("HARNESS_BUILD_ID=1 DRONE=true", "unattended"),
        APPVEYOR("APPVEYOR=True", "unattended"),
        SEMAPHORE("SEMAPHORE=true", "unattended"),
        CODEFRESH("CF_BUILD_ID=1", "unattended"),
        CODEBUILD("CODEBUILD_BUILD_ID=web:1", "unattended"),
        CLOUD_BUILD("HOME=/builder/home", "unattended"),
        CONCOURSE("ATC_EXTERNAL_URL=https://ci.example", "unattended"),
        GOCD("GO_PIPELINE_NAME=web", "unattended"),
        BAMBOO("bamboo_buildKey=WEB-1", "unattended"),
        BITRISE("BITRISE_IO=true", "unattended"),
        CODEMAGIC("CM_BUILD_ID=1", "unattended"),
        XCODE_CLOUD("CI_XCODE_CLOUD=TRUE", "unattended"),
        NETLIFY("NETLIFY=true", "unattended"),
        VERCEL("VERCEL=1", "unattended"),
        SOURCEHUT("BUILD_SUBMITTER=git.sr.ht", "unattended"),
        DAGGER("CHAINLOOP_DAGGER_CLIENT=v1", "unattended"),
        CIRRUS("CIRRUS_CI=true CI=true", "unattended"),
        SPACELIFT("TF_VAR_spacelift_run_id=1 CI=true", "unattended"),
        ATLANTIS("ATLANTIS_TERRAFORM_VERSION=1.9", "unattended"),
        HCP_TERRAFORM("TFC_RUN_ID=run-1", "unattended"),
        ZUUL("ZUUL_UUID=1 CI=true", "unattended"),
        TERRAFORM("", "unattended\nancestors sh < terraform"),
        TOX("TOX_ENV_NAME=py", ""),
        TURBO("TURBO_HASH=1", ""),
        LAUNCHD("XPC_SERVICE_NAME=com.example.job", "unattended"),
        S6("", "unattended\n/.dockerenv\nancestors run < s6-supervise < s6-svscan"),
        RUNIT("", "unattended\nancestors run < runsv < runsvdir"),
        OPENRC("RC_SVCNAME=job", "unattended"),
        SLURM("SLURM_JOB_ID=1", "unattended"),
        QSUB("PBS_JOBID=1", "unattended"),
        LSF("LSB_JOBID=1", "unattended"),
        CONDOR("_CONDOR_JOB_AD=/var/job.ad", "unattended"),
        AIRFLOW("AIRFLOW_CTX_DAG_ID=web", "unattended"),
        NOMAD("NOMAD_ALLOC_ID=1", "unattended"),
        CODESPACES("CODESPACES=true REMOTE_CONTAINERS=true GITHUB_REPOSITORY=acme/web", ""),
        GITPOD("GITPOD_WORKSPACE_ID=1", ""),
        CODER("CODER_WORKSPACE_NAME=web", ""),
        TOOLBX("TOOLBOX_PATH=/usr/bin/toolbox container=oci", ""),
        DISTROBOX("DISTROBOX_ENTER_PATH=/usr/bin/distrobox-enter container=podman", ""),
        DEVCONTAINER("REMOTE_CONTAINERS=true", "/.dockerenv"),
        APP_SERVICE("WEBSITE_SITE_NAME=web", "unattended"),
        CONTAINER_APPS("CONTAINER_APP_NAME=web", "unattended"),
        FLY("FLY_APP_NAME=web", "unattended"),
        HEROKU("DYNO=web.1", "unattended"),
        RENDER("RENDER_SERVICE_ID=1", "unattended"),
        LAMBDA("AWS_LAMBDA_FUNCTION_NAME=web", "unattended"),
        CLOUD_RUN("K_SERVICE=web", "unattended"),
        ECS("ECS_CONTAINER_METADATA_URI_V4=http://169.254.170.2/v4/1", "unattended"),
        LXC("container=lxc", "unattended"),
        SUPERVISORD("SUPERVISOR_ENABLED=1", "unattended"),
        PM2("pm_id=0", "unattended"),
        CGI("GATEWAY_INTERFACE=CGI/1.1", "unattended"),
        SSH("SSH_CONNECTION=1", "");
        private final String variables;
        private final String machine;

        Where(String variables, String machine) {
            this.variables = variables;
            this.machine = machine;
        }

        CliRun run(Path home, String token) {
            CliRun run = CliRun.withHome(home).machine(machine);
            Arrays.stream(variables.split(" "))
                    .filter(one -> !one.isEmpty())
                    .forEach(one -> run.env(one.split("=")[0], one.split("=", 2)[1]));
            run.platform(this == LAUNCHD ? Environment.Platform.MACOS : Environment.Platform.LINUX);
            return token.isEmpty() ? run : run.env("CHAINLOOP_TOKEN", TokenDescription.mint(token));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlaceIsKnownByItsSigns(Where where) {
        assertEquals(
                Place.valueOf(where.name()).word(),
                plan(where, State.EXPIRED).get("place").asText());
    }

    /** What places have in common, and what only looks like one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "cron       | -                    | ancestors script < sh < cron",
                "cron       | -                    | unattended; ancestors sh < run-parts < anacron",
                "cron       | -                    | unattended; ancestors sh < cron; /proc/self/cgroup 0::/system.slice/cron.service",
                "container  | -                    | unattended; ancestors sh < crond; /.dockerenv; /etc/alpine-release",
                "at         | -                    | ancestors script < sh < atd",
                "job        | INVOCATION_ID=1      | unattended",
                "job        | -                    | unattended; /proc/self/cgroup 0::/user.slice/session-3.scope",
                "job        | SSH_CONNECTION=1     | unattended; ancestors python3 < init",
                "job        | GIT_DIR=.            | unattended; ancestors sh < make",
                "terminal   | GIT_DIR=.git         | ancestors pre-push < git < bash",
                "terminal   | INVOCATION_ID=1      | /proc/self/cgroup 0::/system.slice/job.service",
                "ssh        | SUDO_USER=bob        | ancestors sudo < sudo < bash < sshd-session < sshd",
                "remote     | SSH_CONNECTION=1     | unattended",
                "ssh        | SSH_TTY=/dev/pts/0   | ancestors bash",
                "ssh        | -                    | ancestors ash < dropbear < dropbear",
                "remote     | -                    | unattended; ancestors ash < dropbear < dropbear",
                "remote     | -                    | unattended; ancestors sudo < sshd; /proc/self/cgroup 0::/system.slice/ssh.service",
                "ssh        | container=podman     | /run/.containerenv",
                "podman     | CHAINLOOP_TOKEN=     | /run/.containerenv",
                "github     | GITHUB_ACTIONS=true  | unattended; ancestors sh < cron",
                "github     | GITHUB_ACTIONS=true  | unattended; /run/.toolboxenv",
                "terminal   | ACT=2                | ancestors bash",
                "terminal   | CI=true              | ancestors npm < zsh",
                "ci         | CI=true              | unattended; ancestors sh < agent",
                "cron       | KUBERNETES_SERVICE_HOST=10.0.0.1 | unattended; ancestors sh < cron < cron",
                "pod        | KUBERNETES_SERVICE_HOST=10.0.0.1 | unattended; ancestors app < supervisord",
                "container  | SUPERVISOR_ENABLED=1 | unattended; /.dockerenv; ancestors app < supervisord",
                "job        | -                    | unattended; ancestors run < s6-supervise < init",
                "terminal   | SLURM_JOB_ID=1       | ancestors bash < slurmstepd",
                "terminal   | RC_SVCNAME=sshd      | ancestors bash",
                "terminal   | pm_id=0              | ancestors bash < node",
                "job        | XPC_SERVICE_NAME=x   | unattended",
                "service    | CREDENTIALS_DIRECTORY=/run/credentials/a.service | unattended; /proc/self/cgroup 0::/",
                "toolbx     | -                    | /run/.toolboxenv; /run/.containerenv",
            })
    void theStrongerSignWins(String place, String variable, String machine) {
        theStrongerSignWins(place, variable == null ? "LANG=C" : variable, "TERM=dumb", machine);
    }

    private void theStrongerSignWins(String place, String variable, String other, String machine) {
        CliRun run = CliRun.withHome(home)
                .machine(machine.replace("; ", "\n"))
                .env(variable.split("=")[0], variable.split("=", 2)[1])
                .env(other.split("=")[0], other.split("=", 2)[1]);
        JsonNode answer = Payload.read(run.run("inspect", "-o", "json").out());
        assertEquals(place, answer.at("/plan/place").asText());
    }

    /** Two variables tell a service where its control group says nothing; one does not, nor does a person's window. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "service  | JOURNAL_STREAM=8:1 | unattended; /proc/self/cgroup 0::/",
                "service  | JOURNAL_STREAM=8:1 | unattended",
                "terminal | JOURNAL_STREAM=8:1 | /proc/self/cgroup 0::/",
                "job      | JOURNAL_STREAM=8:1 | unattended; /proc/self/cgroup 0::/user.slice/vte-spawn-1.scope",
                "job      | LANG=C             | unattended; /proc/self/cgroup 0::/",
            })
    void aServiceIsToldByTwoVariables(String place, String variable, String machine) {
        theStrongerSignWins(place, variable, "INVOCATION_ID=1", machine);
    }

    @Test
    void eachPlaceIsShown() {
        List<String> all = Arrays.stream(Place.values()).map(Enum::name).toList();
        List<String> shown = Stream.concat(
                        Arrays.stream(Where.values()).map(Enum::name),
                        Stream.of("EARTHLY", "SWARM", "COMPOSE", "ELSEWHERE"))
                .toList();
        assertTrue(shown.containsAll(all), () -> all + " " + shown);
    }

    /** Whoever is not where the token is has a login of their own, which may be for another control plane. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GITHUB | API | explain finding token: API token not found |\
             chainloop org api-token list --status all --org acme --control-plane cp.example:443
            GITHUB | API exp=now+1h | check | chainloop org api-token create --name ci-2 --org acme --expiration 720h -o token\
             --control-plane cp.example:443
            GITHUB | API expired | check | chainloop org api-token revoke --id 4b0f0dd4-4538-4269-92a9-ab5b0fce0258 --org acme\
             --control-plane cp.example:443
            GITHUB | API token_name="ci-9" exp=now+1h | check | create --name ci-10 --org
            GITHUB | API token_name="ci-999" exp=now+1h | check | create --name ci-1000 --org
            GITHUB | API token_name="ci-2026" exp=now+1h | check | create --name ci-2026-2 --org
            GITHUB | API token_name="2" exp=now+1h | check | create --name 2-2 --org
            """)
    void aCommandIsComplete(Where where, String token, String arguments, String command) {
        String message = arguments.replaceFirst("\\w+ ?", "");
        String out = where.run(home, token)
                .env("CHAINLOOP_CONTROL_PLANE_API", "cp.example:443")
                .stdin(message)
                .run(
                        arguments.startsWith("check")
                                ? new String[] {"check", "--fail-on", "warning"}
                                : new String[] {"explain"})
                .out();
        assertTrue(out.contains(command), out);
    }

    /** Where nobody can log in, no plan does; a plan fits on a screen; a placeholder is told. */
    @ParameterizedTest
    @EnumSource
    void aPlanFitsItsPlace(Where where) {
        for (State state : State.values()) {
            JsonNode plan = plan(where, state);
            boolean attended = Place.valueOf(where.name()).isAttended();
            assertTrue(plan.get("steps").size() <= 3, plan::toPrettyString);
            for (JsonNode step : plan.get("steps")) {
                String run = step.path("run").toString();
                assertTrue(
                        attended
                                || !run.replace("ssh -t HOST chainloop auth login", "")
                                        .contains("auth login"),
                        plan::toPrettyString);
                assertTrue(!run.contains("#") && !run.contains("\"$ "), plan::toPrettyString);
                step.get("placeholders")
                        .forEach(word ->
                                assertTrue((run + step.path("put")).contains(word.asText()), plan::toPrettyString));
            }
        }
    }

    @Test
    void thePageIsTheProgramsOwn() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("| place | a person can log in | where the token is kept |");
        lines.add("|---|---|---|");
        for (Place place : Place.values()) {
            lines.add(MarkdownTable.row(place.title(), place.isAttended() ? "yes" : "no", place.kept()));
        }
        for (Shown shown : Shown.values()) {
            lines.addAll(List.of("", "### " + shown.title, "", "```text"));
            String out = shown.where.run(home, shown.state.token).run().out();
            lines.addAll(out.substring(out.indexOf("What to do\n") + "What to do\n".length())
                    .lines()
                    .toList());
            lines.add("```");
        }
        String page = Files.readString(PAGE);
        String start = "<!-- generated -->\n";
        String end = "<!-- end -->\n";
        Golden.check(
                PAGE,
                page.substring(0, page.indexOf(start) + start.length()) + "\n" + String.join("\n", lines) + "\n\n"
                        + page.substring(page.indexOf(end)));
    }

    private JsonNode plan(Where where, State state) {
        return Payload.read(where.run(home, state.token)
                        .run("inspect", "-o", "json")
                        .out())
                .get("plan");
    }
}
