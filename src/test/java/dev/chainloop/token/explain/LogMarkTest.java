package dev.chainloop.token.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Scene;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a log is from, by what stands in it, and that no token here is changed or accused for it. */
class LogMarkTest {
    /** How often a mark may read a letter of a hostile text. */
    private static final int MOST_READS = 20;

    /** A place, what it is called, and lines of its log; ~~ is a line's end, and ¦ is |. */
    private static final String LOGS = """
            GITHUB | acme/web | 2026-11-28T02:00:01.0000001Z Syncing repository: acme/web~~2026-11-28T02:00:03.1Z ERR x
            GITHUB | GitHub Actions | DBG using config file path=/home/runner/.config/chainloop/config.toml
            GITLAB | GitLab CI | \u001b[32;1m$ cd /builds/acme/web\u001b[0;m
            JENKINS | Jenkins | [2026-11-28T02:00:01.523Z] [Pipeline] sh
            JENKINS | Jenkins | + cd /var/jenkins_home/workspace/web
            AZURE | Azure Pipelines | /home/vsts/work/1/s/attest.sh
            AIRFLOW | a task of Airflow | [2026-11-28, 02:00:02 UTC] {subprocess.py:93} INFO - ERR x
            AIRFLOW | a task of Airflow | [2026-11-28T02:00:02.101+0000] {subprocess.py:93} INFO - ERR x
            TEKTON | Tekton | [attest : init] ERR x
            TEKTON | Tekton in ci | $ kubectl -n ci logs web-attest-pod~~DBG using config file path=/tekton/home/.config/c.toml
            BUILDKITE | edge-pi-03 | $ cd /var/lib/buildkite-agent/builds/edge-pi-03/acme/firmware
            NOMAD | a task of Nomad | $ nomad alloc logs -stderr 8a1b2c3d attest
            POD | web-6c9d8b5f4-x2x9k in ci | $ kubectl -n ci logs web-6c9d8b5f4-x2x9k
            POD | attestor in tools | bob@mac web % kubectl logs --timestamps -n tools deploy/attestor
            POD | push-28391820-x7k2p | [pod/push-28391820-x7k2p/c] ERR x
            POD | push-28391820-x7k2p in ci | {"log":"ERR x","kubernetes":{"namespace_name":"ci","pod_name":"push-28391820-x7k2p"}}
            POD | push-28391820-x7k2p | {"log":"/home/runner/work/chainloop/chainloop/app/cli/cmd/root.go:355","pod":"push-28391820-x7k2p"}
            POD | a Kubernetes pod in ci | $ kubectl -n ci logs web
            ARGO | Argo Workflows | time="2026-11-28T02:00:01.101Z" level=info msg="capturing logs" argo=true
            POD | push-28391820-x7k2p in ops | push-28391820-x7k2p c ++ kubectl -n ops get secret x
            POD | push-28391820-x7k2p | push-28391820-x7k2p c ++ kubectl -n kube-system get pods~~kubectl -n $(x) get pods
            POD | push-28391820-x7k2p | push-28391820-x7k2p c ++ kubectl -n ops get pods~~kubectl -n monitoring get pods
            POD | push-28391820-x7k2p in ops | $ stern push~~ops/push-28391820-x7k2p c ERR x
            POD | a Kubernetes pod | 2026-11-28T02:00:01.123456789Z stderr F ERR x
            POD | a Kubernetes pod | dial tcp: lookup cp.example on 10.96.0.10:53: no such host
            BUILD | the build of an image | #14 0.431 ERR x
            BUILD | the build of an image | Step 3/5 : RUN chainloop version
            BUILDAH | the build of an image by podman or buildah | STEP 3/5: RUN chainloop version
            CRON | ann on build01 | Subject: Cron <ann@build01> /usr/local/bin/attest
            CRON | build01 | Nov 28 02:00:01 build01 CRON[47]: (svc) CMD (attest)~~Nov 28 02:00:02 build01 attest[48]: ERR x
            HOOK | a git hook | remote: ERR x
            COMPOSE | attestor | attestor-1  ¦ x~~attestor-1 ¦ ERR x~~db-1 ¦ ready
            CONTAINER | 6f1c2a9be1d0 | root@6f1c2a9be1d0:/src# chainloop attestation status
            CONTAINER | attestor | $ docker logs -f attestor
            CONTAINER | attestor | $ docker logs --tail=100 attestor
            CONTAINER | a container | dial tcp: lookup cp.example on 127.0.0.11:53: server misbehaving
            ANSIBLE | build03.example | fatal: [build03.example]: FAILED! => {"stderr": "ERR x"}
            SERVICE | a.service on build01 | Nov 28 02:00:02 build01 a.sh[4]: ERR x~~Nov 28 02:00:02 build01 systemd[1]: a.service:\
             Failed with result 'exit-code'.
            SERVICE | a.service on b1 | 2026-11-28T02:00:01+0100 b1 systemd[1]: Started a.service - Evidence.
            SERVICE | build01 | Nov 28 02:00:02 build01 chainloop[4]: ERR x
            SERVICE | nightly.service | $ journalctl -u nightly.service
            SERVICE | nightly | $ journalctl --user --since today -xeu nightly
            SERVICE | a systemd service | $ journalctl --until today
            POD | web-6c9d8b5f4-x2x9k | $ kubectl --context prod-nyc logs web-6c9d8b5f4-x2x9k
            ACT | act | [attest/push]   ¦ ERR x
            ACT | act | [attest/push]   ❌  Failure - Main attest
            GITEA | Gitea or Forgejo Actions | runner-1(version:v0.2.11) received task 12 of job push, be triggered by event: push
            GITHUB | GitHub Actions | push\tAttest\t2026-11-28T02:00:01.1234567Z ERR x
            GITHUB | GitHub Actions | 2026-11-28T02:00:01.1234567Z ##[error]Process completed with exit code 1.
            GITHUB | GitHub Actions | Run chainloop attestation push~~  env:~~    CHAINLOOP_TOKEN: ***~~ERR x
            GITHUB | GitHub Actions | Run make attest~~  make attest~~  shell: /usr/bin/bash -e {0}~~ERR x
            GITHUB | GitHub Actions | ERR x~~Error: Process completed with exit code 1.
            GITHUB | GitHub Actions | 2026-11-28T02:00:01.1234567Z ##[group]Run docker build .~~2026-11-28T02:00:02.1234567Z #7 DONE 0.1s~~2026-11-28T02:00:03.1234567Z ERR x
            BUILD | the build of an image | 2026-11-28T02:00:01.1234567Z ##[group]Run docker build .~~2026-11-28T02:00:03.1234567Z #14 0.431 ERR x
            COMPOSE | attestor | section_start:1:x~~attestor-1  ¦ ERR x
            ANSIBLE | b1 | section_start:1:x~~fatal: [b1]: FAILED! => {"changed": true, "stderr": "ERR x"}
            GITLAB | GitLab CI | 2026-11-28T02:00:01.123456Z 01E ERR x
            GITLAB | GitLab CI | Cleaning up project directory and file based variables
            AZURE | Azure Pipelines | 2026-11-28T02:00:01.1234567Z ##[error]Bash exited with code '1'.
            AZURE | Azure Pipelines | DBG using config file path=/Users/runner/work/1/s/x
            AZURE | Azure Pipelines | C:\\agent\\_work\\1\\s> wsl chainloop attestation push
            JENKINS | Jenkins | ERROR: script returned exit code 1
            JENKINS | Jenkins | + chainloop attestation push~~ERR x~~script returned exit code 1
            JENKINS | Jenkins | Build step 'Execute shell' marked build as failure
            TEAMCITY | TeamCity | [02:00:01]W:\t [Step 2/3] ERR x
            TEAMCITY | TeamCity | [02:00:01] :\t [Step 2/3] ERR x
            TEAMCITY | TeamCity | Process exited with code 1 (Step: attest (Command Line))
            TRAVIS | Travis CI | The command "chainloop attestation push" exited with 1.
            ARGO | web-attest-abc in ci | $ argo -n ci logs web-attest~~{"pod":"web-attest-abc","namespace":"ci"}
            PROW | Prow | {"component":"entrypoint","file":"sigs.k8s.io/prow/pkg/entrypoint/run.go:169","msg":"x"}
            WOODPECKER | Woodpecker CI | [attest:L3:1s] ERR x
            WOODPECKER | Woodpecker CI | DBG using config file path=/woodpecker/src/x
            HARNESS | Harness CI | + cd /harness
            DRONE | Drone | + cd /drone/src
            DRONE | Drone | DRONE_REPO=acme/web~~ERR x
            GITLAB | GitLab CI | export CI_PROJECT_PATH='acme/web'
            WOODPECKER | Woodpecker CI | CI_PIPELINE_EVENT=push
            CIRCLECI | CircleCI | declare -x CIRCLE_BRANCH="main"
            AZURE | Azure Pipelines |   TF_BUILD: True
            GITHUB | GitHub Actions |   GITHUB_EVENT_NAME: push
            HARNESS | Harness CI | DRONE=true~~HARNESS_BUILD_ID=7
            TERMINAL | ann on laptop | ann@laptop:~$ export DRONE_TOKEN=x CIRCLECI=false TRAVIS_BRANCH="$B"
            APPVEYOR | AppVeyor | cd /home/appveyor/projects/web
            SEMAPHORE | Semaphore | DBG using config file path=/home/semaphore/.config/chainloop/config.toml
            CODEFRESH | Codefresh | cd /codefresh/volume/web
            CODEBUILD | AWS CodeBuild | [Container] 2026/11/28 02:00:01.123456 Running command chainloop attestation push
            CLOUD_BUILD | Google Cloud Build | Step #2 - "attest": ERR x
            CLOUD_BUILD | Google Cloud Build | ERROR: build step 2 "ghcr.io/x/y" failed: step exited with non-zero status: 1
            CONCOURSE | Concourse | cd /tmp/build/e55deab7/web
            GOCD | GoCD | !!¦02:00:01.123 [go] Task: sh -c x
            GOCD | GoCD | [go] Job completed web/1/attest/1/push
            BAMBOO | Bamboo | error\t28-Nov-2026 02:00:01\tERR x
            BITRISE | Bitrise | cd /bitrise/src
            CODEMAGIC | Codemagic | cd /Users/builder/clone
            XCODE_CLOUD | Xcode Cloud | /Volumes/workspace/repository/ci_scripts/ci_post_clone.sh
            NETLIFY | a build on Netlify | $ cd /opt/build/repo
            VERCEL | a build on Vercel | cd /vercel/path0
            SOURCEHUT | builds.sr.ht | [#1234567] 2026/11/28 02:00:01 Running task attest
            DAGGER | a Dagger pipeline | ✘ Container.withExec(args: ["chainloop", "attestation", "push"]) 1.2s ERROR
            DAGGER | a Dagger pipeline | 14  : [1.2s] ¦ ERR x
            BAZEL | a test of Bazel | FAIL: //web:attest_test (see /home/ann/.cache/bazel/x.log)
            NIX | a build of Nix | error: builder for '/nix/store/abc-web.drv' failed with exit code 1;
            TOX | a test of tox | py311: exit 1 (0.45 seconds) /src> chainloop attestation push pid=12
            TURBO | a task of Turborepo | web:attest: ERROR: command finished with error: command (/src/web) npm run attest exited (1)
            AT | a job of at or batch | Subject: Output from your job       12
            CRON | build01 | Subject: Anacron job 'cron.daily' on build01
            CRON | build01 | Nov 28 02:00:01 build01 CROND[47]: (svc) CMD (attest)
            SYSTEMD_RUN | a command of systemd-run | Running as unit: run-r12ab.service; invocation ID: x~~ERR x
            LAUNCHD | a job of launchd | (com.example.attest[81]) <Notice>: x com.apple.xpc.launchd[1]
            S6 | a service of s6-overlay | s6-rc: warning: unable to start service attest: command exited 1
            RUNIT | a service of runit | 2026-11-28_02:00:01.12345 ERR x
            OPENRC | a service of OpenRC | * ERROR: attest failed to start
            SLURM | a job of Slurm | srun: error: node12: task 0: Exited with exit code 1
            QSUB | a job of PBS or Grid Engine | /var/spool/pbs/mom_priv/jobs/12.SC: line 3: x
            LSF | a job of LSF | Subject: Job 12: <attest> in cluster <c1> Exited
            CONDOR | a job of HTCondor | cd /var/lib/condor/execute/dir_123/x
            FLY | a machine of Fly.io | 2026-11-28T02:00:01Z app[3d8d9e7c] fra [info]ERR x
            HEROKU | a dyno of Heroku | 2026-11-28T02:00:01.123456+00:00 app[release.8123]: ERR x
            RENDER | a service of Render | ==> Exited with status 1
            LAMBDA | a function of AWS Lambda | START RequestId: 4b0f0dd4-4538-4269-92a9-ab5b0fce0258 Version: $LATEST
            CLOUD_RUN | Google Cloud Run | {"textPayload":"ERR x","resource":{"labels":{"service_name":"attestor"},"type":"cloud_run_revision"}}
            ECS | a task of Amazon ECS | {"ecs_task_arn":"arn:aws:ecs:x","log":"ERR x"}
            APP_SERVICE | Azure App Service or Functions | $ az webapp log tail --name attestor --resource-group g
            CONTAINER_APPS | Azure Container Apps | {"TimeStamp": "2026-11-28T02:00:01.12", "Log": "ERR x"}
            NSPAWN | a container of systemd-nspawn | Container web failed with error code 1.
            LXC | web | $ incus exec web -- chainloop attestation push
            SUPERVISORD | a program of supervisord | 2026-11-28 02:00:01,123 INFO exited: attest (exit status 1; not expected)
            PM2 | a process of PM2 | 0¦attest  ¦ ERR x
            CGI | a CGI program | [Sat Nov 28 02:00:01.123456 2026] [cgi:error] [pid 12:tid 3] [client 10.0.0.1:5000] AH01215: ERR x
            AIRFLOW | a task of Airflow | [2026-11-28 02:00:02] INFO - ERR x chan="stdout": source="task"
            CODESPACES | ann | @ann ➜ /workspaces/web (main) $ chainloop workflow list
            CIRRUS | Cirrus CI | cd /tmp/cirrus-ci-build
            TERRAFORM | a provisioner of Terraform | null_resource.attest["web"] (local-exec): ERR x
            TERRAFORM | a provisioner of Terraform | section_start:1:x~~null_resource.attest (local-exec): ERR x
            EARTHLY | a target of Earthly |               +attest ¦ ERR x
            EARTHLY | a target of Earthly | ##[group]Run earthly +ci~~./web+attest *failed* ¦ ERR x
            SWARM | node1 | ci_attestor.1.x7k2pq9abcde@node1    ¦ ERR x
            COMPOSE | a service of Docker Compose | The "CHAINLOOP_TOKEN" variable is not set. Defaulting to a blank string.
            POD | a Kubernetes pod in ci | Error: couldn't find key token in Secret ci/chainloop
            GITHUB | GitHub Actions | Secret source: None
            BITBUCKET | Bitbucket Pipelines | Build teardown started.
            TERMINAL | bob on dev3 | bob@dev3:~/api$ chainloop workflow list
            TERMINAL | bob on mbp | bob@mbp web % chainloop workflow list
            TERMINAL | bob on mbp | x~~\u001b]0;bob@mbp: ~/web\u001b\\\u001b[01;32mbob@mbp\u001b[00m:~/web$ chainloop workflow list
            TERMINAL | deploy on web-02 | [deploy@web-02 ~]$ chainloop workflow list
            TERMINAL | bob | DBG using config file path="/Users/bob/Library/Application Support/chainloop/config.toml"
            TERMINAL | Windows | PS C:\\src> wsl chainloop workflow list
            TERMINAL | bob | bob  9:41 AM~~my push fails
            ELSEWHERE | elsewhere | > $ chainloop workflow list~~> ERR x
            """;

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = LOGS)
    void aLogTellsWhereItArose(Place place, String label, String log) {
        String text = log.replace("~~", "\n").replace('¦', '|');
        assertEquals(
                place + " " + label,
                LogMark.of(LogMark.searched(text), Place.TERMINAL)
                        .map(scene -> scene.place() + " " + scene.label())
                        .orElse(""));
    }

    /** An option for systemctl or ssh, what a shell would read, and what may be a piece of a token. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SERVICE | $ journalctl -u -Hroot@evil.example
            SERVICE | Nov 28 02:00:02 -Fevil systemd[1]: -Hevil.service: Failed with result 'exit-code'.
            SERVICE | $ journalctl -u nightly\\
            SERVICE | $ journalctl -u Ab3dEfGhIjKlMnOpQrStUvWxYz0123456789_abCDeF
            SERVICE | $ journalctl -u x.eyJvcmdfaWQiOiJkZGRiODIw
            CONTAINER | $ docker logs -f
            CONTAINER | $ docker logs Ab3dEfGhIjKlMnOpQrStUvWxYz0123456789_abCDeF
            GITHUB | Syncing repository: acme/Ab3dEfGhIjKlMnOpQrStUvWxYz0123456789_abCDeF
            CRON | Nov 28 02:00:01 Ab3dEfGhIjKlMnOpQrStUvWxYz0123456789_abCDeF CRON[47]: (svc) CMD (attest)
            """)
    void noNameIsTakenThatIsNotOne(Place place, String log) {
        assertEquals(
                Optional.of(Scene.of(place)), LogMark.of(LogMark.searched(log.replace("~~", "\n")), Place.TERMINAL));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = LOGS)
    void aTokenHereIsNeitherChangedNorAccused(Place place, String label, String log) {
        CliRun run = CliRun.withHome(home)
                .env("USER", "ana")
                .env("CHAINLOOP_TOKEN", TokenMint.described("API expired"))
                .stdin(log.replace("~~", "\n").replace('¦', '|') + "\nERR API token revoked");
        String answer = run.run("explain", "-o", "json").out();
        assertEquals(place.word(), Payload.read(answer).at("/plan/place").asText());
        assertFalse(answer.contains("revoke --id") || answer.contains("unset CHAINLOOP_TOKEN"), answer);
        assertFalse(Payload.read(answer).get("causes").toString().contains("It expired"), answer);
    }

    /** Text of commands that never come to their end: of `kubectl` alone, a mark read each letter 33 times. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubectl ",
                "kubectl logs ",
                "kubectl -n ",
                "kubectl logs kubectl ",
                "kubectl logs a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a ",
                "journalctl ",
                "docker logs -a ",
                "a@a:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
            })
    void noMarkReadsALetterOften(String unit) {
        String text = unit.repeat(10_000 / unit.length());
        for (LogMark mark : LogMark.ALL) {
            CountedText counted = new CountedText(text, new AtomicLong());
            Matcher matcher = mark.mark().matcher(counted);
            while (matcher.find()) {
                // Its names are those of the last.
            }
            long times = counted.reads.get() / text.length();
            assertTrue(times <= MOST_READS, times + " times by " + mark.mark());
        }
    }

    /** A text that counts how often one of its letters is read. */
    private record CountedText(String text, AtomicLong reads) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            reads.incrementAndGet();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** What is here, or may be; USER is ana. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ana@laptop:~/web$ chainloop workflow list
            > web@1.0.0 attest~~> chainloop attestation push
            + chainloop attestation push
            WRN API contacted in insecure mode
            DBG using config file path=/home/ana/.config/chainloop/config.toml
            """)
    void whatMayBeFromHereIsWeighed(String log) {
        CliRun run = CliRun.withHome(home)
                .env("USER", "ana")
                .env("CHAINLOOP_TOKEN", TokenMint.described("API expired"))
                .stdin(log.replace("~~", "\n").replace('¦', '|') + "\nERR JWT token has expired");
        assertEquals(
                "It expired 2 h ago; the server refuses it.",
                Payload.read(run.run("explain", "-o", "json").out())
                        .at("/causes/0/message")
                        .asText());
    }
}
