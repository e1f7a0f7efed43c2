package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import java.util.Optional;

/** The causes of messages about what a genuine token may do. */
final class RightsCauses {
    private static final String WIDER =
            "Use a token of the whole organization (`chainloop organization api-token create"
                    + " --name NAME`, without --project), or work as a user.";

    private RightsCauses() {}

    static void scope(Causes causes) {
        if (causes.noToken()) {
            return;
        }
        Optional<ApiToken> api = api(causes);
        if (api.isEmpty()) {
            causes.otherToken("for only API tokens have a scope");
            return;
        }
        boolean byWorkflow = causes.match().text().contains("workflow");
        ApiToken.Named limit = byWorkflow ? api.get().workflow() : api.get().project();
        String what = byWorkflow ? "workflow" : "project";
        String name = limit.name().orElse("without a name");
        if (!limit.isPresent()) {
            causes.otherToken("which is not limited to a " + what);
        } else if (causes.match().name().isPresent() && !causes.match().name().equals(limit.name())) {
            causes.otherToken("which is for project " + name);
        } else {
            causes.certain("This token is for the " + what + " " + name + ", and for nothing else.");
            causes.remedy("Use a token of the " + what + " at work, or one of its whole organization.");
        }
    }

    static void outdated(Causes causes) {
        if (causes.noToken()) {
            return;
        }
        Optional<ApiToken> api = api(causes);
        boolean byWorkflow = causes.match().text().contains("workflow");
        String what = byWorkflow ? "workflow" : "project";
        if (api.isEmpty() || !(byWorkflow ? api.get().workflow() : api.get().project()).isPresent()) {
            causes.otherToken("which names no " + what);
            return;
        }
        causes.likely("The " + what + " was made anew or moved since this token was made.");
        causes.findings(Rule.SCOPE_INCONSISTENT);
        causes.remedy("Make a new token for the " + what + " as it is now, and revoke this one by its ID.");
    }

    static void peopleOnly(Causes causes) {
        if (causes.noToken()) {
            return;
        }
        if (causes.isKind(Audience.USER)) {
            causes.otherToken("which is a user's");
            return;
        }
        causes.certain("The token here is no user's, and the command works only as a user.");
        causes.remedy(causes.advice().login());
    }

    static void notAllowed(Causes causes) {
        Optional<ApiToken> api = api(causes);
        if (api.isPresent() && api.get().project().isPresent()) {
            causes.likely("This is a project's token: those have fewer rights, and lost some more in v1.105.5.");
        } else if (api.isPresent()) {
            causes.likely("API tokens may not do all that a user may.");
        } else if (causes.isKind(Audience.GENERIC)) {
            causes.likely("A federated token is good for attestations alone.");
        }
        causes.notVisible("Rights and roles are known to the server alone.");
        causes.remedy(
                causes.isKind(Audience.USER)
                        ? "Ask an administrator of the organization for a role that allows it; a new token will not help."
                        : WIDER);
        causes.genuine();
    }

    static void tokenManagement(Causes causes) {
        if (causes.noToken()) {
            return;
        }
        if (causes.isKind(Audience.USER)) {
            causes.likely("The role of the user in the organization allows this for single projects only.");
            causes.remedy("Name the project with `--project NAME`, or ask an administrator of the organization.");
            return;
        }
        causes.likely("An API token was sent: it may neither make nor revoke tokens of the whole organization, only a"
                + " project's.");
        causes.remedy("Name the project with `--project NAME`, or work as a user. "
                + causes.advice().login());
    }

    static void projectRole(Causes causes) {
        if (api(causes).isPresent()) {
            causes.likely("The token here is an API token's; what it may do is fixed by its project, not by a role.");
        }
        causes.notVisible("Roles are known to the server alone.");
        causes.remedy("Ask an administrator of the project or the organization for a role in it, or check the project's"
                + " name; a new token will not help.");
        causes.genuine();
    }

    static void viewer(Causes causes) {
        if (api(causes).isPresent()) {
            causes.otherToken("which is an API token, and no user's");
            return;
        }
        causes.notVisible("Roles are known to the server alone.");
        causes.remedy("Ask an administrator of the organization for another role than viewer, or use an API token.");
        causes.genuine();
    }

    private static Optional<ApiToken> api(Causes causes) {
        return causes.inspection().token() instanceof ApiToken api ? Optional.of(api) : Optional.empty();
    }
}
