package dev.chainloop.token.advice;

import dev.chainloop.token.source.Place;
import java.util.List;

/**
 * What a place answers about the tokens in it.
 *
 * @param login whether a person can log in there
 * @param kept where the value of {@code CHAINLOOP_TOKEN} is kept, a noun phrase
 * @param handIn how a value that is kept there gets in, a sentence without its end
 * @param lines the lines that hand it in, to put into a file; none where the sentence says it all
 * @param store what stores the shell's {@code $token} there, without being seen; empty where only a person can
 * @param after what must be done after it changed, a sentence without its end; empty for nothing
 */
record Custody(boolean login, String kept, String handIn, List<String> lines, String store, String after) {
    private static final String EXPORT = "export CHAINLOOP_TOKEN=\"$token\"";
    private static final String KUBERNETES = """
            printf %s "$token" |
              kubectl create secret generic chainloop --from-file=CHAINLOOP_TOKEN=/dev/stdin --dry-run=client -o yaml |
              kubectl apply -f -""";
    private static final List<String> SECRET_KEY = List.of(
            "env:",
            "  - name: CHAINLOOP_TOKEN",
            "    valueFrom:",
            "      secretKeyRef: {name: chainloop, key: CHAINLOOP_TOKEN}");

    /** The table: a place's answers. */
    static Custody of(Place place) {
        return switch (place) {
            case TERMINAL, SSH ->
                new Custody(true, "CHAINLOOP_TOKEN", "Set CHAINLOOP_TOKEN to the token", List.of(), EXPORT, "");
            case GITHUB ->
                new Custody(
                        false,
                        "the secret CHAINLOOP_TOKEN",
                        "Hand the secret to the step in the workflow",
                        List.of("env:", "  CHAINLOOP_TOKEN: ${{ secrets.CHAINLOOP_TOKEN }}"),
                        "printf %s \"$token\" | gh secret set CHAINLOOP_TOKEN",
                        "");
            case GITLAB ->
                new Custody(
                        false,
                        "the CI/CD variable CHAINLOOP_TOKEN (Settings > CI/CD > Variables)",
                        "Add the CI/CD variable CHAINLOOP_TOKEN (Settings > CI/CD > Variables); jobs get it by themselves",
                        List.of(),
                        "",
                        "");
            case AZURE ->
                new Custody(
                        false,
                        "the pipeline's secret variable CHAINLOOP_TOKEN",
                        "Hand the secret variable to the script's step",
                        List.of("env:", "  CHAINLOOP_TOKEN: $(CHAINLOOP_TOKEN)"),
                        "",
                        "");
            case JENKINS ->
                new Custody(
                        false,
                        "the credential that the job reads (kind: Secret text)",
                        "Wrap the step in the Jenkinsfile, with the ID of the credential (kind: Secret text)",
                        List.of("withCredentials([string(credentialsId: 'ID', variable: 'CHAINLOOP_TOKEN')]) {", "}"),
                        "",
                        "");
            case CIRCLECI ->
                new Custody(
                        false,
                        "the variable CHAINLOOP_TOKEN of the job's context (Organization Settings > Contexts)",
                        "Name the context that holds CHAINLOOP_TOKEN in the workflow's job",
                        List.of("context: chainloop"),
                        "",
                        "");
            case BUILDKITE -> secret("the cluster secret CHAINLOOP_TOKEN");
            case TEAMCITY -> secret("the build parameter env.CHAINLOOP_TOKEN (type: Password)");
            case BITBUCKET -> secret("the secured repository variable CHAINLOOP_TOKEN");
            case TRAVIS -> secret("the variable CHAINLOOP_TOKEN in the repository's settings");
            case CI -> secret("the job's secret behind CHAINLOOP_TOKEN");
            case ELSEWHERE ->
                new Custody(
                        false,
                        "CHAINLOOP_TOKEN where the command failed",
                        "Set CHAINLOOP_TOKEN where the command failed",
                        List.of(),
                        "",
                        "");
            case TEKTON ->
                new Custody(
                        false,
                        "the Kubernetes secret chainloop",
                        "Hand the secret to the task's step",
                        SECRET_KEY,
                        KUBERNETES,
                        "");
            case POD ->
                new Custody(
                        false,
                        "the Kubernetes secret chainloop",
                        "Hand the secret to the container in the pod's spec",
                        SECRET_KEY,
                        KUBERNETES,
                        "kubectl rollout restart deployment/DEPLOYMENT");
            case BUILD ->
                new Custody(
                        false,
                        "CHAINLOOP_TOKEN where the image is built",
                        "Mount it in the Dockerfile, and hand it to the build, where CHAINLOOP_TOKEN must be set",
                        List.of(
                                "RUN --mount=type=secret,id=CHAINLOOP_TOKEN,env=CHAINLOOP_TOKEN COMMAND",
                                "docker build --secret id=CHAINLOOP_TOKEN,env=CHAINLOOP_TOKEN ."),
                        "",
                        "");
            case CONTAINER ->
                new Custody(
                        false,
                        "CHAINLOOP_TOKEN where the container is started",
                        "Hand it in where the container is started (the host's own CHAINLOOP_TOKEN must be set there)",
                        List.of("docker run -e CHAINLOOP_TOKEN IMAGE"),
                        "",
                        "");
            case SERVICE ->
                new Custody(
                        false,
                        "CHAINLOOP_TOKEN in the file that the unit's EnvironmentFile= names (without `export`)",
                        "Name a file with the line CHAINLOOP_TOKEN=… in the unit (mode 600; no `export` in it)",
                        List.of("[Service]", "EnvironmentFile=/etc/chainloop-token.env"),
                        "",
                        "sudo systemctl daemon-reload && sudo systemctl restart UNIT");
            case CRON ->
                new Custody(
                        false,
                        "CHAINLOOP_TOKEN where the job is started (in a crontab, a line of its own)",
                        "Set CHAINLOOP_TOKEN where the job is started; in a crontab, by a line of its own",
                        List.of("CHAINLOOP_TOKEN=TOKEN"),
                        "",
                        "");
        };
    }

    /** The lines that hand in a variable that is no secret. */
    static List<String> variable(Place place, String name, String value) {
        return switch (place) {
            case POD, TEKTON -> List.of("env:", "  - {name: " + name + ", value: " + value + "}");
            case CONTAINER -> List.of("docker run -e " + name + "=" + value + " IMAGE");
            case SERVICE -> List.of("[Service]", "Environment=" + name + "=" + value);
            default -> List.of("export " + name + "=" + value);
        };
    }

    /** The lines that give the Chainloop CLI a folder for its config file that it can write. */
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

    /** A secret of a CI system that gets in as a variable, once the job may have it. */
    private static Custody secret(String kept) {
        return new Custody(false, kept, "Make " + kept + " available to this job", List.of(), "", "");
    }
}
