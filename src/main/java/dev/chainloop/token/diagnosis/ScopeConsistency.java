package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.ApiToken;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether an API token's scope, organization, project and workflow are consistent. */
final class ScopeConsistency {
    private ScopeConsistency() {}

    /** What contradicts what, a sentence; {@code null} if nothing does. */
    static @Nullable String fault(ApiToken token) {
        boolean organization = token.organization().isPresent();
        boolean project = token.project().isPresent();
        if (token.workflow().isPresent() && !project) {
            return "It names a workflow, but no project that it belongs to.";
        }
        return switch (token.scope().orElse("")) {
            case "INSTANCE_ADMIN", "instance" ->
                organization || project
                        ? "Its scope is the whole instance, but it names "
                                + (project ? "a project." : "an organization.")
                        : null;
            case "organization" -> organizationFault(token, organization, project, "an organization");
            case "product" -> organizationFault(token, organization, project, "a product");
            case "project" -> projectFault(token, organization, project);
            default -> null;
        };
    }

    private static @Nullable String organizationFault(
            ApiToken token, boolean organization, boolean project, String scope) {
        if (!organization) {
            return "Its scope is " + scope + ", but it names no organization.";
        }
        if (project) {
            return "Its scope is " + scope + ", but it names a project.";
        }
        return scope.equals("an organization")
                        && differ(token.scopeId(), token.organization().id())
                ? "Its scope is an organization, but not the one that it names."
                : null;
    }

    private static @Nullable String projectFault(ApiToken token, boolean organization, boolean project) {
        if (!organization || !project) {
            return "Its scope is a project, but it names no " + (project ? "organization." : "project.");
        }
        return differ(token.scopeId(), token.project().id())
                ? "Its scope is a project, but not the one that it names."
                : null;
    }

    private static boolean differ(Optional<String> a, Optional<String> b) {
        return a.isPresent() && b.isPresent() && !a.get().equalsIgnoreCase(b.get());
    }
}
