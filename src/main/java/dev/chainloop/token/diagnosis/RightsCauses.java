package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import java.util.Optional;

/** The causes of messages about what a genuine token may do. */
final class RightsCauses {
    private RightsCauses() {}

    static void scope(Causes causes) {
        if (causes.noGenuineToken()) {
            return;
        }
        Optional<ApiToken> api = api(causes);
        if (api.isEmpty()) {
            causes.otherToken("is not an API token, and only those have a scope");
            return;
        }
        boolean byWorkflow = causes.match().text().contains("workflow");
        ApiToken.Named limit = byWorkflow ? api.get().workflow() : api.get().project();
        String what = byWorkflow ? "workflow" : "project";
        String name = limit.name().orElse("without a name");
        if (!limit.isPresent()) {
            causes.otherToken("is not limited to a " + what);
        } else if (causes.match().name().isPresent()
                && !causes.match().name().get().equalsIgnoreCase(limit.name().orElse(null))) {
            causes.otherToken("is for project " + name);
        } else {
            causes.certain("This token is for the " + what + " " + name + " only.");
            causes.remedy("Use it in its own " + what + ", or use a token of the " + what
                    + " in use or of its whole organization.");
        }
    }

    static void outdated(Causes causes) {
        if (causes.noGenuineToken()) {
            return;
        }
        Optional<ApiToken> api = api(causes);
        boolean byWorkflow = causes.match().text().contains("workflow");
        String what = byWorkflow ? "workflow" : "project";
        if (api.isEmpty() || !(byWorkflow ? api.get().workflow() : api.get().project()).isPresent()) {
            causes.otherToken("names no " + what);
            return;
        }
        causes.likely("The " + what + " was recreated or moved after this token was created.");
        causes.findings(Rule.SCOPE_INCONSISTENT);
        causes.remedy("Create a new token for the " + what + " as it is now. "
                + causes.advice().renewal());
    }

    static void peopleOnly(Causes causes) {
        if (causes.noGenuineToken()) {
            return;
        }
        if (causes.isKind(Audience.USER)) {
            causes.otherToken("is a user token");
            return;
        }
        causes.certain("The token here is not a user token, and the command only works with one.");
        causes.remedy(causes.advice().asPerson());
    }

    static void notAllowed(Causes causes) {
        Optional<ApiToken> api = api(causes);
        if (api.isPresent() && api.get().project().isPresent()) {
            causes.likely("This is a project's token: those have fewer permissions, and lost some more in v1.105.5.");
            causes.remedy("Use a token of the whole organization, or work as a user. "
                    + causes.advice().widerToken());
        } else if (api.isPresent()) {
            causes.likely("API tokens may not do everything that a user may.");
            causes.remedy(causes.advice().asPerson());
        } else if (causes.isKind(Audience.GENERIC)) {
            causes.likely("A federated token only works for attestations.");
            causes.remedy(causes.advice().otherCommands());
        } else {
            causes.remedy("Ask an administrator of the organization for a role that allows it; a new token will not"
                    + " help.");
        }
        causes.notAsked("Only the server knows permissions and roles.");
        causes.genuine();
    }

    static void tokenManagement(Causes causes) {
        if (causes.noGenuineToken()) {
            return;
        }
        if (causes.isKind(Audience.USER)) {
            causes.likely("The user's role in the organization allows this for single projects only.");
            causes.remedy("Name the project with `--project NAME`, or ask an administrator of the organization.");
            return;
        }
        causes.likely("An API token was sent: it may neither create nor revoke tokens of the whole organization,"
                + " only those of a project.");
        causes.remedy("Name the project with `--project NAME`, or work as a user. "
                + causes.advice().asPerson());
    }

    static void nameTaken(Causes causes) {
        causes.likely("A token that has expired keeps its name until it is revoked.");
        causes.remedy(
                "Use another name, or see which token has this one with `chainloop organization api-token list --status all`, and"
                        + " revoke it first: `chainloop organization api-token revoke --id ID`.");
    }

    static void projectRole(Causes causes) {
        if (api(causes).isPresent()) {
            causes.likely("The token here is an API token: its project decides what it may do, not a role.");
        }
        causes.notAsked("Only the server knows roles.");
        causes.remedy("Ask an administrator of the project or the organization for a role in it, or check the"
                + " project's name; a new token will not help.");
        causes.genuine();
    }

    static void viewer(Causes causes) {
        if (api(causes).isPresent()) {
            causes.otherToken("is an API token, not a user token");
            return;
        }
        causes.notAsked("Only the server knows roles.");
        causes.remedy("Ask an administrator of the organization for a role other than viewer, or use an API token.");
        causes.genuine();
    }

    private static Optional<ApiToken> api(Causes causes) {
        return causes.inspection().token() instanceof ApiToken api ? Optional.of(api) : Optional.empty();
    }
}
