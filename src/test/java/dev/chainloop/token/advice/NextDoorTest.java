package dev.chainloop.token.advice;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lies next to a variable that is missing or has ended: a mounted file, a shell's file, a script, another name. */
final class NextDoorTest {
    @TempDir
    Path home;

    /** The first step says where the token is, and how the place reads it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            quoteCharacter = '^',
            value = {
                "CREDENTIALS_DIRECTORY=/run/credentials/a.service INVOCATION_ID=1 | /run/credentials/a.service/token @API@"
                        + " | ExecStart=/bin/sh -c 'CHAINLOOP_TOKEN=\"$$(cat \"$$CREDENTIALS_DIRECTORY/token\")\" exec COMMAND'",
                "CREDENTIALS_DIRECTORY=/run/credentials/a.service CHAINLOOP_TOKEN=@API expired@ | /run/credentials/a.service/token"
                        + " @API jti=\"2\"@ | systemctl restart a.service",
                "LANG=C | /run/secrets/chainloop @API@ | export CHAINLOOP_TOKEN=\"$(cat /run/secrets/chainloop)\"",
                "CHAINLOOP_TOKEN= | /run/secrets/chainloop @API@ | export CHAINLOOP_TOKEN=\"$(cat /run/secrets/chainloop)\"",
                "KUBERNETES_SERVICE_HOST=10.0.0.1 | /vault/secrets/chainloop @API@ | $(cat /vault/secrets/chainloop)",
                "KUBERNETES_SERVICE_HOST=10.0.0.1 | /vault/secrets/env export CHAINLOOP_TOKEN=@API@ | . \"/vault/secrets/env\"",
                "NOMAD_ALLOC_ID=1 NOMAD_SECRETS_DIR=/secrets | /secrets/env CHAINLOOP_TOKEN=@API@"
                        + " | destination = \"secrets/env\"",
                "NOMAD_ALLOC_ID=1 NOMAD_SECRETS_DIR=/secrets | /secrets/env CHAINLOOP_TOKEN=@API@ | env         = true",
                "NOMAD_SECRETS_DIR=/secrets | /secrets/env CHAINLOOP_TOKEN=@API@"
                        + " | set -a; . \"$NOMAD_SECRETS_DIR/env\"; set +a",
                "NOMAD_ALLOC_ID=1 NOMAD_SECRETS_DIR=/secrets | /secrets/token @API@ | cat \"$NOMAD_SECRETS_DIR/token\"",
                // A dead one is of no use, and one that somebody else made.
                "LANG=C | /run/secrets/chainloop @API expired@ | org api-token create",
                "LANG=C | /run/secrets/other eyJhbGciOiJub25lIn0.e30. | org api-token create",
                "LANG=C | /run/secrets/.hidden @API@ | org api-token create",
                "NOMAD_SECRETS_DIR=secrets | secrets/token @API@ | org api-token create",
            })
    void aMountedFileIsRead(String variables, String file, String expected) {
        String said = run(variables, "unattended\n" + mint(file));
        assertTrue(said.contains(expected), said);
    }

    /** Where the variable is in order, nobody looks: that is how it came from there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREDENTIALS_DIRECTORY=/run/credentials/a.service CHAINLOOP_TOKEN=@API@ | /run/credentials/a.service/token @API@",
                "CHAINLOOP_TOKEN=@API@ | /run/secrets/chainloop @API jti=\"2\"@",
            })
    void aHealthyVariableNeedsNoFile(String variables, String file) {
        String said = run(variables, "unattended\n" + mint(file));
        assertFalse(said.contains("What to do") || said.contains("secrets/") || said.contains("CREDENTIALS"), said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BUILDKITE_HOOKS_PATH=/hooks | /hooks/environment export CHAINLOOP_TOKEN=x | CHAINLOOP_TOKEN in $BUILDKITE_HOOKS_PATH/environment",
                "BUILDKITE_HOOKS_PATH=/hooks | /hooks/environment export OTHER=x | the cluster secret CHAINLOOP_TOKEN",
                "LANG=C | /hooks/environment export CHAINLOOP_TOKEN=x | the cluster secret CHAINLOOP_TOKEN",
            })
    void aHookOfTheAgentWins(String variables, String file, String expected) {
        String said = run("BUILDKITE=true CHAINLOOP_TOKEN=@API expired@ " + variables, "unattended\n" + file);
        assertTrue(said.replaceAll("\\s+", " ").contains("store what that prints as " + expected), said);
    }

    /** A crontab and a unit expand nothing; what starts the command can read a file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "CHAINLOOP_TOKEN=$(cat\u00a0/etc/token) | ancestors sh < cron < cron | SCHEDULE CHAINLOOP_TOKEN=\"$(cat /etc/token)\" COMMAND",
                "CHAINLOOP_TOKEN=$(pass\u00a0show\u00a0x) | ancestors sh < cron < cron | where a shell does, in the crontab (keep your schedule, and write"
                        + " `%` as `\\%` there); fill in COMMAND and SCHEDULE: SCHEDULE CHAINLOOP_TOKEN=\"$(…)\" COMMAND",
                "CHAINLOOP_TOKEN=$(cat\u00a0/etc/token) | /proc/self/cgroup 0::/system.slice/a.service"
                        + " | 'CHAINLOOP_TOKEN=\"$$(cat /etc/token)\" exec COMMAND' Restart it: sudo systemctl",
                "CHAINLOOP_TOKEN=$(cat\u00a0/etc/token) SUPERVISOR_ENABLED=1 SUPERVISOR_PROCESS_NAME=web | ancestors supervisord"
                        + " | [program:web] command=/bin/sh -c 'CHAINLOOP_TOKEN=\"$(cat /etc/token)\" exec COMMAND'",
                "CHAINLOOP_TOKEN=op://ci/token/x | ancestors sh < cron < cron"
                        + " | SCHEDULE CHAINLOOP_TOKEN=\"$(op read \"$CHAINLOOP_TOKEN\")\" COMMAND",
                "CHAINLOOP_TOKEN=$(cat_token) | ancestors sh < cron < cron | SCHEDULE CHAINLOOP_TOKEN=\"$(cat \"FILE\")\" COMMAND",
                "CHAINLOOP_TOKEN=$TOKEN | ancestors sh < cron < cron | since a variable's line expands nothing, or have the command",
                "CHAINLOOP_TOKEN=${TOKEN} | /proc/self/cgroup 0::/system.slice/a.service"
                        + " | 'CHAINLOOP_TOKEN=\"$$(cat \"FILE\")\" exec COMMAND' Restart it: sudo systemctl",
                "CHAINLOOP_TOKEN=HOME/token | /proc/self/cgroup 0::/system.slice/a.service"
                        + " | 'CHAINLOOP_TOKEN=\"$$(cat \"$$CHAINLOOP_TOKEN\")\" exec COMMAND'",
                "CHAINLOOP_TOKEN=$TOKEN | ancestors sh < make | Set CHAINLOOP_TOKEN in whatever starts this",
            })
    void aConfigurationExpandsNothing(String variables, String machine, String expected) throws IOException {
        Files.writeString(home.resolve("token"), mint("@API@"));
        String said = run(variables.replace("HOME", home.toString()), "unattended\n" + machine);
        assertTrue(said.replaceAll("\\s+", " ").contains(expected), said);
    }

    /** A value that was not replaced says which variable is missing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TF_BUILD=True CHAINLOOP_TOKEN=$(chainloop-ci-token) | If a variable group holds chainloop-ci-token, link",
                "TF_BUILD=True CHAINLOOP_TOKEN=$(chainloop-ci-token) | as the secret variable chainloop-ci-token of the pipeline",
                "TF_BUILD=True CHAINLOOP_TOKEN=$(CHAINLOOP_TOKEN) | If a variable group holds CHAINLOOP_TOKEN, link",
                "TF_BUILD=True CHAINLOOP_TOKEN=$(cat_token;rm_x) | If a variable group holds CHAINLOOP_TOKEN, link",
                "GITLAB_CI=true CI_COMMIT_REF_PROTECTED=false CHAINLOOP_TOKEN=$PROD_TOKEN | If the CI/CD variable PROD_TOKEN exists, let it into",
                "GITLAB_CI=true CI_COMMIT_REF_PROTECTED=false CHAINLOOP_TOKEN=${PROD} | as the CI/CD variable PROD (Settings",
                "BITBUCKET_BUILD_NUMBER=1 | If CHAINLOOP_TOKEN is a variable of a deployment environment, name that in the step",
                "TEAMCITY_VERSION=1 | If a parameter has another name, name it env.CHAINLOOP_TOKEN",
                "TRAVIS=true TRAVIS_PULL_REQUEST_SLUG=eve/web TRAVIS_REPO_SLUG=acme/web | Skip the job for pull requests",
                "TRAVIS=true TRAVIS_PULL_REQUEST_SLUG=acme/web TRAVIS_REPO_SLUG=acme/web | Add the variable CHAINLOOP_TOKEN",
                "CI_WORKFLOW_NUMBER=1 CI_PIPELINE_EVENT=pull_request | If the secret exists, allow it to pull requests",
                "CODESPACES=true GITHUB_REPOSITORY=acme/web | gh secret set CHAINLOOP_TOKEN --user --repos acme/web",
                "RC_SVCNAME=agent | rc-service agent restart",
                "K_SERVICE=web | gcloud run services update web --update-secrets=CHAINLOOP_TOKEN=SECRET:latest",
                "CLOUD_RUN_JOB=web | gcloud run services update SERVICE",
                "NOMAD_ALLOC_ID=1 NOMAD_JOB_NAME=web | nomad/jobs/web",
                "pm_id=0 | pm2 restart 0 --update-env",
                "RC_SVCNAME=a;b | rc-service SERVICE restart",
                "SUPERVISOR_ENABLED=1 SUPERVISOR_PROCESS_NAME=web | [program:web] environment=CHAINLOOP_TOKEN=",
                "GITHUB_ACTIONS=true GITEA_ACTIONS=true CHAINLOOP_TOKEN= | CHAINLOOP_TOKEN: ${{ secrets.CHAINLOOP_TOKEN }}",
            })
    void theMissingVariableIsNamed(String variables, String expected) {
        String said = run(variables, "unattended");
        assertTrue(said.replaceAll("\\s+", " ").contains(expected), said);
    }

    /** Nobody needs another token where this one is in order, or where it has been stored. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "DRONE=true PLUGIN_CHAINLOOP_TOKEN=@API@ | | environment: CHAINLOOP_TOKEN: {from_secret: CHAINLOOP_TOKEN}",
                "CI_WORKFLOW_NUMBER=1 PLUGIN_CHAINLOOP_TOKEN=@API@ | | CHAINLOOP_TOKEN: {from_secret: chainloop_token}",
                "GITHUB_ACTIONS=true INPUT_CHAINLOOP_TOKEN=@API@ | | env: CHAINLOOP_TOKEN: ${{ secrets.CHAINLOOP_TOKEN }}",
                "TEAMCITY_VERSION=1 env_CHAINLOOP_TOKEN=@API@ | | export CHAINLOOP_TOKEN=\"$env_CHAINLOOP_TOKEN\"",
                "bamboo_buildKey=1 bamboo_CHAINLOOP_TOKEN=@API@ | | export CHAINLOOP_TOKEN=\"$bamboo_CHAINLOOP_TOKEN\"",
                "JENKINS_URL=x TF_VAR_CHAINLOOP_TOKEN=@API@ | | that is a variable of Terraform's language",
                "JENKINS_URL=x npm_config_chainloop_token=@API@ | | export CHAINLOOP_TOKEN=\"$npm_config_chainloop_token\"",
                "NOMAD_ALLOC_ID=1 NOMAD_META_CHAINLOOP_TOKEN=@API@ | | so use a template",
                "ECS_CONTAINER_METADATA_URI_V4=1 CHAINLOOP_TOKEN=arn:aws:secretsmanager:x:1:secret:ci | | from `environment` to `secrets`",
                "CODEBUILD_BUILD_ID=1 CHAINLOOP_TOKEN=arn:aws:ssm:x:1:parameter/ci | | secrets-manager: CHAINLOOP_TOKEN: ARN",
                "WEBSITE_SITE_NAME=1 CHAINLOOP_TOKEN=@Microsoft.KeyVault(SecretUri=https://a.vault.azure.net/secrets/ci)"
                        + " | | az webapp identity assign",
                "CONTAINER_APP_NAME=1 CHAINLOOP_TOKEN=secretref:ci | | --set-env-vars CHAINLOOP_TOKEN=secretref:",
                "K_SERVICE=web CHAINLOOP_TOKEN=projects/a/secrets/ci | | update web --remove-env-vars=CHAINLOOP_TOKEN",
                "GITLAB_CI=true CHAINLOOP_TOKEN=vault:secret/ci#token | | move the entry from `variables:` to `secrets:`",
                "KUBERNETES_SERVICE_HOST=1 CHAINLOOP_TOKEN=vault:secret/ci#token | | vault.security.banzaicloud.io/vault-addr",
                "KUBERNETES_SERVICE_HOST=1 CHAINLOOP_TOKEN=op://ci/token/x | | secretKeyRef: {name: chainloop, key: token}",
                "NOMAD_ALLOC_ID=1 CHAINLOOP_TOKEN=vault:secret/ci#token | | {{ with secret",
                "container=podman CHAINLOOP_TOKEN=$(cat\u00a0/run/ci) | | export CHAINLOOP_TOKEN=\"$(cat /run/ci)\"",
                "GITLAB_CI=true CHAINLOOP_TOKEN=$(cat\u00a0/run/ci) | | export CHAINLOOP_TOKEN=\"$(cat /run/ci)\"",
                "GITLAB_CI=true CHAINLOOP_TOKEN=`pass\u00a0show\u00a0x` | | Have a shell run the command",
                "KUBERNETES_SERVICE_HOST=1 CI_TOKEN=@API@ | | where that is set, set CHAINLOOP_TOKEN to the same value",
                "GITLAB_CI=true MY_CHAINLOOP_TOKEN=@API@ | | in the job's script: export CHAINLOOP_TOKEN=\"$MY_CHAINLOOP_TOKEN\"",
                "MAKELEVEL=1 CHAINLOOP_TOKEN=HAINLOOP_TOKEN | | In the Makefile, write `\"$$CHAINLOOP_TOKEN\"`",
                "CI=true CHAINLOOP_TOKEN=4711CHAINLOOP_TOKEN | | a shell takes `$$` for its process ID",
                "CI=true CHAINLOOP_TOKEN=CHAINLOOP_TOKEN | | a shell needs `\"$CHAINLOOP_TOKEN\"`",
                "container=podman CHAINLOOP_TOKEN=\"@API@\" | | Take off the quotes around the token where the container is started",
                "TEAMCITY_VERSION=1 CHAINLOOP_TOKEN=credentialsJSON:3b1f0b1e | | password(\"env.CHAINLOOP_TOKEN\", \"credentialsJSON:ID\")",
                "CODEBUILD_BUILD_ID=1 CHAINLOOP_TOKEN=ssm:/ci/token | | parameter-store: CHAINLOOP_TOKEN: PATH",
                "TF_BUILD=True CHAINLOOP_TOKEN=akv:ci/token | | - task: AzureKeyVault@2",
                "LANG=C CHAINLOOP_TOKEN=${CREDENTIALS_DIRECTORY}/token | /proc/self/cgroup 0::/system.slice/a.service"
                        + " | 'CHAINLOOP_TOKEN=\"$$(cat \"$$CREDENTIALS_DIRECTORY/token\")\" exec COMMAND'",
                "LANG=C CHAINLOOP_TOKEN=${CREDENTIALS_DIRECTORY}/eyJhbGciOiJIUzI1NiJ9 | /proc/self/cgroup 0::/system.slice/a.service"
                        + " | 'CHAINLOOP_TOKEN=\"$$(cat \"$$CREDENTIALS_DIRECTORY/FILE\")\" exec COMMAND'",
                "KUBERNETES_SERVICE_HOST=1 VAULT_ADDR=https://vault.svc:8200 CHAINLOOP_TOKEN=vault:secret/ci#token | | vault-addr: https://vault.svc:8200",
                "KUBERNETES_SERVICE_HOST=1 VAULT_ADDR=https://me:pw@vault CHAINLOOP_TOKEN=vault:secret/ci#token | | vault-addr: HOST",
                "TEKTON_RESOURCE_NAME=x CHAINLOOP_TOKEN=op://ci/token/x | | steps: - env: # beside the step's name - name: CHAINLOOP_TOKEN",
                "AIRFLOW_CTX_DAG_ID=x CHAINLOOP_API_TOKEN=@API@ | | BashOperator(env={\"CHAINLOOP_TOKEN\": \"{{ var.value.chainloop_token }}\"}, append_env=True",
                "LANG=C CHAINLOOP_TOKEN=\"@API@\" | ancestors sh < cron < cron | Take off the quotes around the token, in CHAINLOOP_TOKEN in the crontab",
                "LANG=C CHAINLOOP_TOKEN=\"@API@\" | ancestors sh < make | around the token, in CHAINLOOP_TOKEN in whatever starts this",
            })
    void noTokenIsMade(String variables, String machine, String expected) {
        String said = run(variables, "unattended\n" + (machine == null ? "" : machine))
                .replaceAll("\\s+", " ");
        assertTrue(said.contains(expected), said);
        assertFalse(said.contains("api-token create"), said);
    }

    /** A restart keeps what supervisord was started with; what may be enough does not go on to what undoes it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SUPERVISOR_ENABLED=1 | have it read from `environment=` by this (what supervisord itself was started with",
                "SUPERVISOR_ENABLED=1 | Otherwise, on your own machine, logged in, revoke",
                "pm_id=0 | export it here, and have the process get it",
                "OTHER=1 | Otherwise, on your own machine, logged in (`chainloop auth login`), revoke",
                "OTHER=1 | restart what starts this (its parent: make)",
            })
    void anEndedValueWasPerhapsReplaced(String variables, String expected) {
        String said = run(variables + " CHAINLOOP_TOKEN=@API expired@", "unattended\nancestors sh < make < init");
        assertTrue(said.replaceAll("\\s+", " ").contains(expected), said);
    }

    /** A scheduler copies the variables when a job is submitted, and the job may wait for days. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SLURM_JOB_ID=1 | ancestors slurmstepd",
                "PBS_JOBID=1 | ancestors pbs_mom",
                "LSB_JOBID=1 | ancestors res",
                "_CONDOR_JOB_AD=x | ancestors condor_starter",
                "LANG=C | ancestors sh < atd",
            })
    void aJobHasTheVariablesOfItsSubmission(String variables, String machine) {
        String said = run(variables + " CHAINLOOP_TOKEN=@API expired@", "unattended\n" + machine)
                .replaceAll("\\s+", " ");
        assertTrue(
                said.contains(
                        "If a new value was stored after this was submitted (it keeps a copy from that moment), submit the"
                                + " job again, or begin its script with this"),
                said);
        assertTrue(said.contains("export CHAINLOOP_TOKEN=\"$(cat FILE)\" Otherwise,"), said);
    }

    /** A program of supervisord has the home of the user who started that, and one line for all its variables. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "SUPERVISOR_ENABLED=1 | home /home/ci | environment=HOME=\"/home/ci\",CHAINLOOP_TOKEN=\"TOKEN\"",
                "SUPERVISOR_ENABLED=1 | home /home/ci#read-only | environment=HOME=\"/home/ci\",CHAINLOOP_TOKEN=\"TOKEN\"",
                "SUPERVISOR_ENABLED=1 | read-only | environment=XDG_CONFIG_HOME=\"/tmp\",CHAINLOOP_TOKEN=\"TOKEN\"",
                "SUPERVISOR_ENABLED=1 | home /home/a;b | environment=HOME=\"/home/USER\",CHAINLOOP_TOKEN=\"TOKEN\"",
                "SUPERVISOR_ENABLED=1 XDG_CONFIG_HOME=/etc/ci | home /home/ci | environment=CHAINLOOP_TOKEN=\"TOKEN\"",
                "LANG=C | home /home/ci#/proc/self/cgroup 0::/system.slice/a.service | Environment=\"HOME=/home/ci\"",
            })
    void aServiceHasItsOwnUsersHome(String variables, String machine, String expected) {
        String said = run(variables, "unattended\n" + machine.replace('#', '\n'));
        assertEquals(1, said.lines().filter(line -> line.contains(expected)).count(), said);
        assertTrue(
                said.lines()
                                .filter(line -> line.strip().startsWith("environment="))
                                .count()
                        <= 1,
                said);
    }

    /** What one job leaves on a runner, the next one uses. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GITHUB_ACTIONS=true RUNNER_ENVIRONMENT=self-hosted | true",
                "JENKINS_URL=x | true",
                "GITHUB_ACTIONS=true RUNNER_ENVIRONMENT=github-hosted | false",
                "SLURM_JOB_ID=1 | false",
            })
    void aLoginIsRemovedFromARunner(String variables, boolean removed) throws IOException {
        Files.createDirectories(home.resolve(".config/chainloop"));
        Files.writeString(
                home.resolve(".config/chainloop/config.toml"),
                "[auth]\ntoken = '" + TokenDescription.mint("USER") + "'\n");
        String said = run(variables, "unattended");
        assertEquals(removed, said.contains("chainloop config reset"), said);
        assertTrue(said.contains("org api-token create"), said);
    }

    @Test
    void theFirstProcessIsNoParent() {
        String said = run("CHAINLOOP_TOKEN=@API expired@", "unattended\nancestors sh < runner\n/proc/1/comm runner");
        assertTrue(said.contains("restart what starts this") && !said.contains("its parent"), said);
    }

    private String run(String variables, String machine) {
        CliRun run = CliRun.withHome(home).machine(machine);
        // A description of a token may have blanks.
        Arrays.stream(mint(variables).split(" ", -1))
                .forEach(one -> run.env(one.split("=")[0], one.split("=", 2)[1].replace('\u00a0', ' ')));
        CliRun.Result result = run.run();
        return result.out() + result.err();
    }

    private static String mint(String text) {
        int start = text.indexOf("@API");
        return start < 0
                ? text
                : text.substring(0, start)
                        + TokenDescription.mint(text.substring(start + 1, text.indexOf('@', start + 1)))
                        + text.substring(text.indexOf('@', start + 1) + 1);
    }
}
