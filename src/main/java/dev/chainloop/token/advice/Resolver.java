package dev.chainloop.token.advice;

import static dev.chainloop.token.advice.StepRow.inPipeline;
import static dev.chainloop.token.advice.Table.always;
import static dev.chainloop.token.advice.Table.rows;
import static dev.chainloop.token.advice.Table.when;

import dev.chainloop.token.diagnosis.Lookalike;
import dev.chainloop.token.source.Place;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** References that stand as plain text in a place that puts the secret in by itself if it is told so in the right entry. */
enum Resolver {
    ECS(
            Place.ECS,
            aws(),
            "In the container's definition, move the entry from `environment` to `secrets`, where ECS puts the value in, and"
                    + " let the task's execution role read it (secretsmanager:GetSecretValue, ssm:GetParameters)",
            List.of("\"secrets\": [{\"name\": \"CHAINLOOP_TOKEN\", \"valueFrom\": \"ARN\"}]"),
            "Register the definition, and have the service use it",
            "aws ecs update-service --cluster CLUSTER --service SERVICE --task-definition FAMILY --force-new-deployment"),
    CODEBUILD(
            Place.CODEBUILD,
            aws(),
            "In buildspec.yml, move the entry from `variables` to `secrets-manager` (or `parameter-store`), and let the"
                    + " project's role read it",
            List.of("env:", "  secrets-manager:", "    CHAINLOOP_TOKEN: ARN")),
    CLOUD_RUN(
            Place.CLOUD_RUN,
            google(),
            "Remove the variable, make it a reference to the secret, and let the service account read that"
                    + " (roles/secretmanager.secretAccessor)",
            List.of(),
            "For a job, write `jobs` in place of `services`",
            "gcloud run services update SERVICE --remove-env-vars=CHAINLOOP_TOKEN",
            "gcloud run services update SERVICE --update-secrets=CHAINLOOP_TOKEN=SECRET:latest"),
    CLOUD_BUILD(
            Place.CLOUD_BUILD,
            google(),
            "In cloudbuild.yaml, move the entry from `env` to `secretEnv`, and let the build's service account read it",
            Place.CLOUD_BUILD.handInLines()),
    TEAMCITY(
            Place.TEAMCITY,
            EnumSet.of(Lookalike.TEAMCITY_PASSWORD),
            "In the Kotlin DSL, replace `param` by `password` (on the parameter's page, choose the type Password): TeamCity"
                    + " resolves the reference only there",
            List.of("params {", "  password(\"env.CHAINLOOP_TOKEN\", \"credentialsJSON:ID\")", "}")),
    CODEBUILD_PARAMETER(
            Place.CODEBUILD,
            EnumSet.of(Lookalike.PARAMETER_NAME),
            "In buildspec.yml, move the entry from `variables` to `parameter-store`, and let the project's role read it",
            List.of("env:", "  parameter-store:", "    CHAINLOOP_TOKEN: PATH")),
    GITLAB_VAULT(
            Place.GITLAB,
            EnumSet.of(Lookalike.BANK_VAULTS),
            "In the job, move the entry from `variables:` to `secrets:`, where GitLab asks Vault for it",
            List.of("secrets:", "  CHAINLOOP_TOKEN:", "    vault: PATH/KEY@ENGINE", "    file: false")),
    GITHUB_AWS(
            Place.GITHUB,
            aws(),
            "Have a step before this one put the secret in, and remove the variable's own line",
            List.of(
                    "- uses: aws-actions/aws-secretsmanager-get-secrets@v2",
                    "  with: {secret-ids: \"CHAINLOOP_TOKEN,ARN\"}")),
    GITHUB_ONE_PASSWORD(
            Place.GITHUB,
            EnumSet.of(Lookalike.ONE_PASSWORD),
            "Have a step before this one put the secret in, and move the variable's line into it, below these",
            List.of(
                    "- uses: 1password/load-secrets-action@v2",
                    "  with: {export-env: true}",
                    "  env:",
                    "    OP_SERVICE_ACCOUNT_TOKEN: ${{ secrets.OP_SERVICE_ACCOUNT_TOKEN }}")),
    AZURE(
            Place.AZURE,
            EnumSet.of(Lookalike.KEY_VAULT, Lookalike.KEY_VAULT_NAME),
            "Have a task before this one fetch the secret, and name that in the step",
            List.of(
                    "- task: AzureKeyVault@2",
                    "  inputs: {azureSubscription: CONNECTION, KeyVaultName: VAULT, SecretsFilter: SECRET}",
                    "- script: COMMAND",
                    "  env: {CHAINLOOP_TOKEN: $(SECRET)}")),
    APP_SERVICE(
            Place.APP_SERVICE,
            EnumSet.of(Lookalike.KEY_VAULT),
            "Let the app's identity read the secret: only then does App Service put the value in the place of"
                    + " `@Microsoft.KeyVault(SecretUri=…)`, and the settings' page says why not",
            List.of(),
            "Give it the role, and restart the app",
            "az webapp identity assign --name APP --resource-group GROUP --role \"Key Vault Secrets User\" --scope VAULT_ID",
            "az webapp restart --name APP --resource-group GROUP"),
    CONTAINER_APPS(
            Place.CONTAINER_APPS,
            EnumSet.of(Lookalike.KEY_VAULT, Lookalike.OTHER_REFERENCE),
            "Make the reference a secret of the app, and have the variable name that secret",
            List.of(),
            "Set both",
            "az containerapp secret set --name APP --resource-group GROUP --secrets"
                    + " chainloop-token=keyvaultref:SECRET_URI,identityref:system",
            "az containerapp update --name APP --resource-group GROUP --set-env-vars"
                    + " CHAINLOOP_TOKEN=secretref:chainloop-token"),
    NOMAD(
            Place.NOMAD,
            EnumSet.of(Lookalike.BANK_VAULTS),
            "In the job, move the entry from `env` to a template, where Nomad asks Vault for it, and run the job again",
            List.of(
                    "template {",
                    "  destination = \"secrets/chainloop.env\"",
                    "  env         = true",
                    "  data        = \"CHAINLOOP_TOKEN={{ with secret \\\"PATH\\\" }}{{ .Data.data.KEY }}{{ end }}\"",
                    "}")),
    POD_WEBHOOK(
            Place.POD,
            EnumSet.of(Lookalike.BANK_VAULTS),
            "Have bank-vaults' webhook resolve it: give the pod's template an annotation, and have the pod made anew; its"
                    + " namespace must be one that the webhook serves",
            List.of(
                    "annotations: # in the template's `metadata:`",
                    "  vault.security.banzaicloud.io/vault-addr: HOST")),
    POD(
            Place.POD,
            EnumSet.of(
                    Lookalike.AWS_SECRET,
                    Lookalike.AWS_PARAMETER,
                    Lookalike.PARAMETER_NAME,
                    Lookalike.KEY_VAULT_NAME,
                    Lookalike.GOOGLE_SECRET,
                    Lookalike.GOOGLE_VERSION,
                    Lookalike.KEY_VAULT,
                    Lookalike.ONE_PASSWORD),
            "Kubernetes resolves no such reference: have a Secret made of it (by External Secrets, say), and hand that in, in"
                    + " place of `value:`",
            Place.POD.handInLines());

    private static final String ADDRESS = "HOST";

    private final Place place;

    @SuppressWarnings("ImmutableEnumChecker") // It is not changed.
    private final Set<Lookalike> references;

    private final String entry;

    @SuppressWarnings("ImmutableEnumChecker") // It is not changed.
    private final List<String> lines;

    private final String then;

    @SuppressWarnings("ImmutableEnumChecker") // It is not changed.
    private final List<String> commands;

    Resolver(Place place, Set<Lookalike> references, String entry, List<String> lines) {
        this(place, references, entry, lines, "");
    }

    /**
     * @param entry where the reference belongs, an imperative without its full stop
     * @param lines how it is written there
     * @param then what the commands do
     */
    Resolver(
            Place place, Set<Lookalike> references, String entry, List<String> lines, String then, String... commands) {
        this.place = place;
        this.references = references;
        this.entry = entry;
        this.lines = lines;
        this.then = then;
        this.commands = List.of(commands);
    }

    private static Set<Lookalike> aws() {
        return EnumSet.of(Lookalike.AWS_SECRET, Lookalike.AWS_PARAMETER);
    }

    private static Set<Lookalike> google() {
        return EnumSet.of(Lookalike.GOOGLE_SECRET, Lookalike.GOOGLE_VERSION);
    }

    /** The row for a place and what stands there; empty where the place resolves nothing like it. */
    static Optional<Resolver> of(Place place, Optional<Lookalike> like) {
        return Arrays.stream(values())
                .filter(row -> (row.place == place || (row == POD && place.isOfKubernetes()))
                        && like.filter(row.references::contains).isPresent())
                .findFirst();
    }

    private List<String> lines(State state) {
        return this == POD
                ? state.handInLines()
                : lines.stream()
                        .map(line -> line.replace(ADDRESS, state.vault()))
                        .toList();
    }

    Part part() {
        return rows(
                always().also(inPipeline(entry).put(this::lines)),
                when(state -> !commands.isEmpty()).also(inPipeline(then).commands(state -> commands)));
    }
}
