package dev.chainloop.token.advice;

import static dev.chainloop.token.advice.StepRow.inPipeline;
import static dev.chainloop.token.advice.Table.all;

import dev.chainloop.token.diagnosis.Lookalike;
import dev.chainloop.token.source.Place;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * References that stand as plain text in a place that puts the secret in by itself if it is told so in the right entry.
 *
 * @param part where the reference belongs, and how it is written there
 */
record Resolver(Place place, Set<Lookalike> references, Part part) {
    private static final Set<Lookalike> AWS = Set.of(Lookalike.AWS_SECRET, Lookalike.AWS_PARAMETER);
    private static final Set<Lookalike> GOOGLE = Set.of(Lookalike.GOOGLE_SECRET, Lookalike.GOOGLE_VERSION);

    private static final List<Resolver> ALL = List.of(
            new Resolver(
                    Place.ECS,
                    AWS,
                    all(
                            inPipeline(
                                            "In the container's definition, move the entry from `environment` to `secrets`, where ECS"
                                                    + " puts the value in, and let the task's execution role read it"
                                                    + " (secretsmanager:GetSecretValue, ssm:GetParameters)")
                                    .put("\"secrets\": [{\"name\": \"CHAINLOOP_TOKEN\", \"valueFrom\": \"ARN\"}]"),
                            inPipeline("Register the definition, and have the service use it")
                                    .run(
                                            "aws ecs update-service --cluster CLUSTER --service SERVICE --task-definition FAMILY --force-new-deployment"))),
            new Resolver(
                    Place.CODEBUILD,
                    AWS,
                    inPipeline("In buildspec.yml, move the entry from `variables` to `secrets-manager` (or"
                                    + " `parameter-store`), and let the project's role read it")
                            .put("env:", "  secrets-manager:", "    CHAINLOOP_TOKEN: ARN")),
            new Resolver(
                    Place.CLOUD_RUN,
                    GOOGLE,
                    all(
                            inPipeline(
                                    "Remove the variable, make it a reference to the secret, and let the service account"
                                            + " read that (roles/secretmanager.secretAccessor)"),
                            inPipeline("For a job, write `jobs` in place of `services`")
                                    .run(
                                            "gcloud run services update SERVICE --remove-env-vars=CHAINLOOP_TOKEN",
                                            "gcloud run services update SERVICE --update-secrets=CHAINLOOP_TOKEN=SECRET:latest"))),
            new Resolver(
                    Place.CLOUD_BUILD,
                    GOOGLE,
                    inPipeline(
                                    "In cloudbuild.yaml, move the entry from `env` to `secretEnv`, and let the build's service"
                                            + " account read it")
                            .put(State::handInLines)),
            new Resolver(
                    Place.TEAMCITY,
                    Set.of(Lookalike.TEAMCITY_PASSWORD),
                    inPipeline(
                                    "In the Kotlin DSL, replace `param` by `password` (on the parameter's page, choose the type"
                                            + " Password): TeamCity resolves the reference only there")
                            .put("params {", "  password(\"env.CHAINLOOP_TOKEN\", \"credentialsJSON:ID\")", "}")),
            new Resolver(
                    Place.CODEBUILD,
                    Set.of(Lookalike.PARAMETER_NAME),
                    inPipeline("In buildspec.yml, move the entry from `variables` to `parameter-store`, and let the"
                                    + " project's role read it")
                            .put("env:", "  parameter-store:", "    CHAINLOOP_TOKEN: PATH")),
            new Resolver(
                    Place.GITLAB,
                    Set.of(Lookalike.BANK_VAULTS),
                    inPipeline(
                                    "In the job, move the entry from `variables:` to `secrets:`, where GitLab asks Vault for it")
                            .put("secrets:", "  CHAINLOOP_TOKEN:", "    vault: PATH/KEY@ENGINE", "    file: false")),
            new Resolver(
                    Place.GITHUB,
                    AWS,
                    inPipeline("Have a step before this one put the secret in, and remove the variable's own line")
                            .put(
                                    "- uses: aws-actions/aws-secretsmanager-get-secrets@v2",
                                    "  with: {secret-ids: \"CHAINLOOP_TOKEN,ARN\"}")),
            new Resolver(
                    Place.GITHUB,
                    Set.of(Lookalike.ONE_PASSWORD),
                    inPipeline(
                                    "Have a step before this one put the secret in, and move the variable's line into it, below"
                                            + " these")
                            .put(
                                    "- uses: 1password/load-secrets-action@v2",
                                    "  with: {export-env: true}",
                                    "  env:",
                                    "    OP_SERVICE_ACCOUNT_TOKEN: ${{ secrets.OP_SERVICE_ACCOUNT_TOKEN }}")),
            new Resolver(
                    Place.AZURE,
                    Set.of(Lookalike.KEY_VAULT, Lookalike.KEY_VAULT_NAME),
                    inPipeline("Have a task before this one fetch the secret, and name that in the step")
                            .put(
                                    "- task: AzureKeyVault@2",
                                    "  inputs: {azureSubscription: CONNECTION, KeyVaultName: VAULT, SecretsFilter: SECRET}",
                                    "- script: COMMAND",
                                    "  env: {CHAINLOOP_TOKEN: $(SECRET)}")),
            new Resolver(
                    Place.APP_SERVICE,
                    Set.of(Lookalike.KEY_VAULT),
                    all(
                            inPipeline(
                                    "Let the app's identity read the secret: only then does App Service put the value in the"
                                            + " place of `@Microsoft.KeyVault(SecretUri=…)`, and the settings' page says why not"),
                            inPipeline("Give it the role, and restart the app")
                                    .run(
                                            "az webapp identity assign --name APP --resource-group GROUP --role \"Key Vault Secrets User\" --scope VAULT_ID",
                                            "az webapp restart --name APP --resource-group GROUP"))),
            new Resolver(
                    Place.CONTAINER_APPS,
                    Set.of(Lookalike.KEY_VAULT, Lookalike.OTHER_REFERENCE),
                    all(
                            inPipeline(
                                    "Make the reference a secret of the app, and have the variable name that secret"),
                            inPipeline("Set both")
                                    .run(
                                            "az containerapp secret set --name APP --resource-group GROUP --secrets"
                                                    + " chainloop-token=keyvaultref:SECRET_URI,identityref:system",
                                            "az containerapp update --name APP --resource-group GROUP --set-env-vars"
                                                    + " CHAINLOOP_TOKEN=secretref:chainloop-token"))),
            new Resolver(
                    Place.NOMAD,
                    Set.of(Lookalike.BANK_VAULTS),
                    inPipeline(
                                    "In the job, move the entry from `env` to a template, where Nomad asks Vault for it, and run"
                                            + " the job again")
                            .put(
                                    "template {",
                                    "  destination = \"secrets/chainloop.env\"",
                                    "  env         = true",
                                    "  data        = \"CHAINLOOP_TOKEN={{ with secret \\\"PATH\\\" }}{{ .Data.data.KEY }}{{ end }}\"",
                                    "}")),
            new Resolver(
                    Place.POD,
                    Set.of(Lookalike.BANK_VAULTS),
                    inPipeline(
                                    "Have bank-vaults' webhook resolve it: give the pod's template an annotation, and have the"
                                            + " pod made anew; its namespace must be one that the webhook serves")
                            .put(state -> List.of(
                                    "annotations: # in the template's `metadata:`",
                                    "  vault.security.banzaicloud.io/vault-addr: " + state.vault()))));

    /** In any place of Kubernetes that has no row of its own for them. */
    private static final Resolver KUBERNETES = new Resolver(
            Place.POD,
            Set.of(
                    Lookalike.AWS_SECRET,
                    Lookalike.AWS_PARAMETER,
                    Lookalike.PARAMETER_NAME,
                    Lookalike.KEY_VAULT_NAME,
                    Lookalike.GOOGLE_SECRET,
                    Lookalike.GOOGLE_VERSION,
                    Lookalike.KEY_VAULT,
                    Lookalike.ONE_PASSWORD),
            inPipeline("Kubernetes resolves no such reference: have a Secret made of it (by External Secrets, say), and"
                            + " hand that in, in place of `value:`")
                    .put(State::handInLines));

    /** The row for what stands in the variable; empty where the place resolves nothing like it. */
    static Optional<Resolver> of(State state) {
        return state.fromVariable() ? state.like().flatMap(like -> of(state.place(), like)) : Optional.empty();
    }

    private static Optional<Resolver> of(Place place, Lookalike like) {
        return ALL.stream()
                .filter(row -> row.place == place && row.references.contains(like))
                .findFirst()
                .or(() ->
                        Optional.of(KUBERNETES).filter(row -> place.isOfKubernetes() && row.references.contains(like)));
    }
}
