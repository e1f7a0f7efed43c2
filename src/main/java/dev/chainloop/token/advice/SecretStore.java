package dev.chainloop.token.advice;

import dev.chainloop.token.source.Place;
import java.util.List;

/**
 * What is known of the tokens in a place.
 *
 * @param login whether a person can log in there
 * @param kept where the value of {@code CHAINLOOP_TOKEN} is kept, a noun phrase
 * @param handIn how the value gets in from there, a sentence without its full stop
 * @param lines the lines of a file that hand it in; none where the sentence says it all
 * @param after the command that has a changed value read; empty if none is needed
 */
record SecretStore(boolean login, String kept, String handIn, List<String> lines, Store store, String after) {
    /**
     * Commands, each empty where only a person can do it. None of them shows the token.
     *
     * @param first stores the shell's {@code $token} where there is no value yet
     * @param again stores it in the place of another value
     * @param value prints the value that is stored, for another command to read
     */
    record Store(String first, String again, String value) {
        static final Store BY_HAND = new Store("", "", "");
    }

    private static final String EXPORT = "export CHAINLOOP_TOKEN=\"$token\"";
    private static final String GH = "printf %s \"$token\" | gh secret set CHAINLOOP_TOKEN";
    private static final Store KUBECTL =
            new Store("""
            printf %s "$token" |
              kubectl create secret generic chainloop --from-file=token=/dev/stdin""", """
            printf '{"stringData":{"KEY":"%s"}}' "$token" |
              kubectl patch secret SECRET --patch-file /dev/stdin""", "kubectl get secret SECRET -o 'jsonpath={.data.KEY}' | base64 -d");

    /** A row for each place. */
    static SecretStore of(Place place) {
        return switch (place) {
            case TERMINAL, SSH ->
                new SecretStore(
                        true,
                        "CHAINLOOP_TOKEN",
                        "Set CHAINLOOP_TOKEN to the token",
                        List.of(),
                        new Store(EXPORT, EXPORT, "printf %s \"$CHAINLOOP_TOKEN\""),
                        "");
            case GITHUB ->
                given(
                                "the secret CHAINLOOP_TOKEN",
                                "Hand the secret to the step in the workflow",
                                "env:",
                                "  CHAINLOOP_TOKEN: ${{ secrets.CHAINLOOP_TOKEN }}")
                        .with(new Store(GH, GH, ""), "");
            case GITLAB ->
                given(
                        "the CI/CD variable CHAINLOOP_TOKEN (Settings > CI/CD > Variables)",
                        "Add the CI/CD variable CHAINLOOP_TOKEN (Settings > CI/CD > Variables)");
            case AZURE ->
                given(
                        "the pipeline's secret variable CHAINLOOP_TOKEN",
                        "Hand the secret variable to the step that runs the script",
                        "env:",
                        "  CHAINLOOP_TOKEN: $(CHAINLOOP_TOKEN)");
            case JENKINS ->
                given(
                        "the credential that the job reads (kind: Secret text)",
                        "Wrap the step in the Jenkinsfile, with the ID of the credential (kind: Secret text)",
                        "withCredentials([string(credentialsId: 'ID', variable: 'CHAINLOOP_TOKEN')]) {",
                        "}");
            case CIRCLECI ->
                given(
                        "the variable CHAINLOOP_TOKEN of the job's context (Organization Settings > Contexts)",
                        "Give the job the context that holds CHAINLOOP_TOKEN",
                        "context: chainloop");
            case TEAMCITY -> secret("the build parameter env.CHAINLOOP_TOKEN (type: Password)");
            case CI -> secret("the secret that the job gets as CHAINLOOP_TOKEN");
            case ELSEWHERE ->
                given("CHAINLOOP_TOKEN where the command failed", "Set CHAINLOOP_TOKEN where the command failed");
            case TEKTON -> pod("Hand the secret to the task's step", "");
            case POD ->
                pod(
                        "Hand the secret to the container in the pod's spec",
                        "kubectl rollout restart deployment/DEPLOYMENT");
            case DAGGER ->
                given(
                        "CHAINLOOP_TOKEN where Dagger is started",
                        "Export CHAINLOOP_TOKEN where Dagger is started, and hand it in as a secret",
                        "dagger call FUNCTION --token env:CHAINLOOP_TOKEN");
            case CONTAINER ->
                given(
                        "CHAINLOOP_TOKEN where the container is started (`--env-file` keeps quotes)",
                        "Set CHAINLOOP_TOKEN where the container is started, and hand it in",
                        "docker run -e CHAINLOOP_TOKEN IMAGE");
            case SERVICE ->
                given(
                                "CHAINLOOP_TOKEN in the file that the unit's EnvironmentFile= names (without `export`)",
                                "In the unit, name a file (mode 600) that has the line CHAINLOOP_TOKEN=…, without `export`"
                                        + " (%E is /etc, and ~/.config for a user's own unit)",
                                "[Service]",
                                "EnvironmentFile=%E/chainloop-token.env")
                        .with(Store.BY_HAND, "sudo systemctl daemon-reload && sudo systemctl restart UNIT");
            case JOB ->
                given(
                        "CHAINLOOP_TOKEN where the job is started (in a crontab, on a line of its own)",
                        "Set CHAINLOOP_TOKEN where the job is started (in a crontab, on a line of its own)",
                        "CHAINLOOP_TOKEN=TOKEN");
        };
    }

    /** The lines that give the Chainloop CLI a writable folder for its config file. */
    static List<String> configHome(Place place) {
        return switch (place) {
            case POD, TEKTON ->
                List.of(
                        "env:",
                        "  - {name: XDG_CONFIG_HOME, value: /chainloop}",
                        "volumeMounts:",
                        "  - {name: chainloop, mountPath: /chainloop}",
                        "volumes: # beside the containers",
                        "  - {name: chainloop, emptyDir: {}}");
            case CONTAINER -> List.of("docker run --tmpfs /tmp -e XDG_CONFIG_HOME=/tmp -e CHAINLOOP_TOKEN IMAGE");
            case SERVICE ->
                List.of("[Service]", "StateDirectory=chainloop", "Environment=XDG_CONFIG_HOME=%S/chainloop");
            default -> List.of("export XDG_CONFIG_HOME=\"$(mktemp -d)\"");
        };
    }

    private static SecretStore pod(String handIn, String after) {
        return given(
                        "the Kubernetes secret that `secretKeyRef` names",
                        handIn,
                        "env:",
                        "  - name: CHAINLOOP_TOKEN",
                        "    valueFrom:",
                        "      secretKeyRef: {name: chainloop, key: token}")
                .with(KUBECTL, after);
    }

    /** A CI system hands its secret in as a variable, once the job may have it. */
    private static SecretStore secret(String kept) {
        return given(kept, "Make " + kept + " available to this job");
    }

    /** Where nobody can log in. */
    private static SecretStore given(String kept, String handIn, String... lines) {
        return new SecretStore(false, kept, handIn, List.of(lines), Store.BY_HAND, "");
    }

    private SecretStore with(Store store, String after) {
        return new SecretStore(login, kept, handIn, lines, store, after);
    }
}
