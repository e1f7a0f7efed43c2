package dev.chainloop.token.core;

import java.util.Optional;

/**
 * An API token. Every part but the id is optional: old tokens name no organization, and an instance token has an empty
 * one, which counts as missing.
 *
 * <pre>{@code
 * boolean ours = token instanceof ApiToken api && api.organization().isMeantBy("acme");
 * }</pre>
 *
 * @param id the {@code jti} claim, by which the token is revoked
 * @param organization the {@code org_id} and {@code org_name} claims
 * @param name the {@code token_name} claim
 * @param project the {@code project_id} and {@code project_name} claims
 * @param workflow the {@code workflow_id} and {@code workflow_name} claims
 * @param scope the {@code scope} claim, which some servers call {@code scope_type}: {@code INSTANCE_ADMIN}, {@code instance}, {@code organization},
 *     {@code project}, {@code product}, or a value of a later server
 * @param scopeId the {@code scope_id} claim
 */
public record ApiToken(
        String id,
        Named organization,
        Optional<String> name,
        Named project,
        Named workflow,
        Optional<String> scope,
        Optional<String> scopeId)
        implements Token {

    static ApiToken of(String id, Claims claims) {
        return new ApiToken(
                id,
                named(claims, "org_id", "org_name"),
                claims.text("token_name"),
                named(claims, "project_id", "project_name"),
                named(claims, "workflow_id", "workflow_name"),
                claims.text(claims.text("scope").isPresent() ? "scope" : "scope_type"),
                claims.text("scope_id"));
    }

    /** Whether it is for a whole instance, and works in any organization that a command names. */
    public boolean isOfInstance() {
        String named = scope.orElse("");
        return named.equals("instance") || named.equals("INSTANCE_ADMIN");
    }

    /** Whether it is for a product: some projects of its organization, which it does not name. */
    public boolean isOfProduct() {
        return scope.equals(Optional.of("product"));
    }

    /** Whether it is for a project, even one that it does not name. */
    public boolean isOfProject() {
        return project.isPresent() || scope.equals(Optional.of("project"));
    }

    /** Whether it is for all of an organization, as far as its claims say. */
    public boolean isOfOrganization() {
        return !isOfInstance() && !isOfProduct() && !isOfProject() && !workflow.isPresent();
    }

    private static Named named(Claims claims, String id, String name) {
        return new Named(claims.text(id), claims.text(name));
    }

    @Override
    public Audience audience() {
        return Audience.API_TOKEN;
    }
}
