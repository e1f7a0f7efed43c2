package dev.chainloop.token.advice;

import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Surroundings;
import java.util.List;

/**
 * How a place gets the value of {@code CHAINLOOP_TOKEN}: a row for each.
 *
 * @param kept where the value is kept, a noun phrase
 * @param unset how it gets in from there if the variable is not set, a sentence without its full stop
 * @param lines the lines of a file that pass it in; none if the sentence says it all
 * @param empty what to look at if the variable is empty, a sentence without its full stop
 * @param first the command that stores the shell's {@code $token} if there is no value yet; empty if a person does it
 * @param again the same in place of another value
 * @param restart the command that has a changed value read; empty if it is not needed or unknown
 * @param ofRun what keeps the value from a run that cannot be seen, sentences after another; empty if nothing is known
 * @param skip the lines that skip a job for changes from forks, which get no value; none where such jobs do not exist
 * @param federated the lines that have a job request its provider's token; none where it cannot
 */
record SecretStore(
        String kept,
        String unset,
        List<String> lines,
        String empty,
        String first,
        String again,
        String restart,
        String ofRun,
        List<String> skip,
        List<String> federated) {
    private static final String GH = "printf %s \"$token\" | gh secret set CHAINLOOP_TOKEN";
    private static final String EXPORT = "export CHAINLOOP_TOKEN=\"$token\"";

    static SecretStore of(Surroundings there) {
        if (there.store().isEmpty()) {
            return of(there.place());
        }
        String kept = there.store().get();
        return row(kept, "set " + kept, "check that a value is set as " + kept);
    }

    static SecretStore of(Place place) {
        return switch (place) {
            case TERMINAL, SSH ->
                row("CHAINLOOP_TOKEN", "set CHAINLOOP_TOKEN", "check that CHAINLOOP_TOKEN has a value")
                        .commands(EXPORT, EXPORT, "");
            case GITHUB ->
                row(
                                "the secret CHAINLOOP_TOKEN",
                                "pass the secret to the step",
                                "check the secret's name; if it belongs to an environment, name that in the job"
                                        + " (`environment:`); if a called workflow needs it, pass it on (`secrets: inherit`)",
                                "env:",
                                "  CHAINLOOP_TOKEN: ${{ secrets.CHAINLOOP_TOKEN }}")
                        .commands(GH, GH, "")
                        .provider(
                                ". Runs for a fork's pull request get no secrets, and Dependabot's runs get only"
                                        + " those stored with `--app dependabot`",
                                List.of(
                                        "if: github.event_name != 'pull_request' ||",
                                        "  github.event.pull_request.head.repo.full_name == github.repository"),
                                // A job that names one permission has no others.
                                List.of("permissions: {contents: read, id-token: write}"));
            case GITLAB ->
                row(
                                "the CI/CD variable CHAINLOOP_TOKEN (Settings > CI/CD > Variables)",
                                "check that the CI/CD variable CHAINLOOP_TOKEN exists (Settings > CI/CD >"
                                        + " Variables), and"
                                        + " that its environment scope covers the job; a protected variable reaches"
                                        + " only protected branches and tags",
                                "check that the CI/CD variable CHAINLOOP_TOKEN (Settings > CI/CD > Variables) has a"
                                        + " value, and that no other variable with that name hides it")
                        .provider(
                                ". Jobs on an unprotected branch or tag get no protected variables, and jobs for a fork's"
                                        + " merge request get none at all",
                                List.of(
                                        "rules: # before any others",
                                        "  - if: $CI_MERGE_REQUEST_IID && $CI_PROJECT_ID != $CI_MERGE_REQUEST_PROJECT_ID",
                                        "    when: never"),
                                List.of("id_tokens:", "  GITLAB_OIDC:", "    aud: chainloop"));
            case AZURE ->
                row(
                        "the pipeline's secret variable CHAINLOOP_TOKEN",
                        "pass the secret variable to the step that runs the script",
                        "check that the pipeline's secret variable CHAINLOOP_TOKEN has a value; if a variable group"
                                + " holds it, name the group (`variables: - group: …`)",
                        "env:",
                        "  CHAINLOOP_TOKEN: $(CHAINLOOP_TOKEN)");
            case JENKINS ->
                row(
                        "the credential that the job reads (kind: Secret text)",
                        "in the Jenkinsfile, put the step inside this block, with the credential's ID (kind: Secret text)",
                        "check that the credential that the job reads (kind: Secret text) is not empty, and that"
                                + " no `environment` block sets CHAINLOOP_TOKEN",
                        "withCredentials([string(credentialsId: 'ID', variable: 'CHAINLOOP_TOKEN')]) {",
                        "}");
            case CIRCLECI ->
                row(
                        "the variable CHAINLOOP_TOKEN of a context (Organization Settings > Contexts) or of the"
                                + " project (Project Settings > Environment Variables)",
                        "give the job the context that holds CHAINLOOP_TOKEN, or add the variable to the project"
                                + " (Project Settings > Environment Variables)",
                        "check that CHAINLOOP_TOKEN has a value in the job's context or its project's environment"
                                + " variables, and that no `environment` key sets it",
                        "context: chainloop");
            case TEAMCITY ->
                row(
                        "the build parameter env.CHAINLOOP_TOKEN (type: Password)",
                        "add the build parameter env.CHAINLOOP_TOKEN (type: Password)",
                        "check that the build parameter env.CHAINLOOP_TOKEN (type: Password) has a value");
            case DAGGER ->
                row(
                        "CHAINLOOP_TOKEN where Dagger is started",
                        "export CHAINLOOP_TOKEN where Dagger is started, and pass it as a secret",
                        "check that CHAINLOOP_TOKEN is exported, and has a value, where Dagger is started",
                        "dagger call FUNCTION --token env:CHAINLOOP_TOKEN");
            case TEKTON -> pod("pass the secret to the Task's step", "");
            case POD -> pod("pass the secret to the container", "kubectl rollout restart deployment/DEPLOYMENT");
            case CONTAINER ->
                row(
                        "CHAINLOOP_TOKEN where the container is started (without quotes, because `--env-file` keeps them)",
                        "export CHAINLOOP_TOKEN where the container is started, and pass it in",
                        "check that CHAINLOOP_TOKEN is exported, and has a value, where the container is started:"
                                + " in Compose, `${CHAINLOOP_TOKEN}` is empty if the variable is unset",
                        "docker run -e CHAINLOOP_TOKEN IMAGE");
            case SERVICE ->
                row(
                                "CHAINLOOP_TOKEN in the file that the unit's EnvironmentFile= names (without `export`)",
                                "put the line CHAINLOOP_TOKEN=… (without `export`) into a file with mode 600, and name that file"
                                        + " in the unit",
                                "check its value in the unit. systemd takes it from the last EnvironmentFile= that sets it or,"
                                        + " if none does, from Environment=",
                                "[Service]",
                                "EnvironmentFile=/etc/chainloop-token.env")
                        .commands("", "", "sudo systemctl daemon-reload && sudo systemctl restart UNIT");
            case CI, JOB, ELSEWHERE ->
                row(
                        "CHAINLOOP_TOKEN where the job gets its variables",
                        "set CHAINLOOP_TOKEN where the job gets its variables",
                        "check that CHAINLOOP_TOKEN has a value where the job gets its variables");
        };
    }

    private static SecretStore pod(String unset, String restart) {
        return row(
                        "the Kubernetes secret named by `secretKeyRef`",
                        unset,
                        "check that the key named in `secretKeyRef` has a value in its secret; if it was stored"
                                + " after the pod started, restart the pod",
                        "env:",
                        "  - name: CHAINLOOP_TOKEN",
                        "    valueFrom:",
                        "      secretKeyRef: {name: chainloop, key: token}")
                .commands(
                        "printf %s \"$token\" |\n  kubectl create secret generic chainloop"
                                + " --from-file=token=/dev/stdin",
                        "printf '{\"stringData\":{\"KEY\":\"%s\"}}' \"$token\" |\n"
                                + "  kubectl patch secret SECRET --patch-file /dev/stdin",
                        restart);
    }

    private static SecretStore row(String kept, String unset, String empty, String... lines) {
        return new SecretStore(kept, unset, List.of(lines), empty, "", "", "", "", List.of(), List.of());
    }

    private SecretStore commands(String initially, String later, String read) {
        return new SecretStore(kept, unset, lines, empty, initially, later, read, ofRun, skip, federated);
    }

    private SecretStore provider(String hindrance, List<String> forks, List<String> request) {
        return new SecretStore(kept, unset, lines, empty, first, again, restart, hindrance, forks, request);
    }
}
