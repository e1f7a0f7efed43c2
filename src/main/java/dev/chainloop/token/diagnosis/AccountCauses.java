package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.SourceKind;

/** The causes of messages about who is behind a genuine token: the account, its organizations, its login. */
final class AccountCauses {
    private AccountCauses() {}

    static void userNotFound(Causes causes) {
        if (causes.isKind(Audience.API_TOKEN)) {
            causes.otherToken("is an API token, not a user token");
            return;
        }
        causes.notVisible("Only the server knows its accounts: this one was deleted, or belongs to another database.");
        causes.remedy(causes.advice().newAccount());
        causes.genuine();
    }

    static void bothCredentials(Causes causes) {
        boolean both = causes.seen(Rule.SHADOWED);
        if (!both) {
            causes.likely("The command ran where both are present: here only one is.");
        }
        causes.remedy(both ? causes.advice().unshadow() : causes.advice().findOther());
        causes.ruledOut("The command failed because of this: it is only a warning, and the error follows it.");
    }

    static void configBroken(Causes causes) {
        for (Look look : causes.diagnosis().evidence().search().looked()) {
            if (look instanceof Look.Unreadable broken && look.origin().kind() == SourceKind.CONFIG) {
                causes.certain("The config file here cannot be used: " + broken.why() + ".");
                causes.remedy(causes.advice().unreadable(broken.remedy()));
                return;
            }
        }
        causes.likely("A different file was read, since this one can be used: that of another user or HOME, or the one"
                + " given with `--config`.");
        causes.likely("Another chainloop command was writing the file just then: the CLI rewrites it in place.");
        causes.remedy(
                "Run the command again; if it fails again, run `chainloop-token sources` in the same environment.");
    }

    static void allowList(Causes causes) {
        if (causes.isKind(Audience.API_TOKEN)) {
            causes.otherToken("is an API token, and the allow-list is only for users");
        }
        causes.notVisible("Only the server knows the allow-list.");
        causes.remedy("Ask the administrator of the control plane to add you to the list; a new token will not help.");
        causes.genuine();
    }

    static void suspended(Causes causes) {
        causes.notAsked("Only the server knows which organizations are suspended.");
        causes.remedy("Ask the administrator of the control plane; a new token will not help.");
        causes.genuine();
    }

    static void organizationGone(Causes causes) {
        mismatch(causes);
        causes.notVisible("Only the server knows which organizations exist.");
        causes.remedy(
                causes.isKind(Audience.API_TOKEN)
                        ? "Use a token of an organization that still exists: run `chainloop organization list` as"
                                + " yourself to see which there are."
                        : "See which there are with `chainloop organization list`, and choose one with `chainloop"
                                + " organization set --name NAME`.");
        causes.genuine();
    }

    static void noMembership(Causes causes) {
        causes.findings(Rule.ORGANIZATION_MISMATCH);
        if (causes.isKind(Audience.API_TOKEN)) {
            causes.otherToken("is an API token, which names its organization itself");
            return;
        }
        causes.notVisible("Only the server knows memberships.");
        causes.remedy(
                "Ask to be invited, or create an organization with `chainloop organization create --name NAME`; a new"
                        + " token will not help.");
        causes.genuine();
    }

    static void notAMember(Causes causes) {
        if (causes.isKind(Audience.API_TOKEN)) {
            causes.otherToken("is an API token, and works in its own organization whichever one the CLI names");
            return;
        }
        mismatch(causes);
        causes.notVisible("Only the server knows memberships; a user token names no organization: the CLI takes it"
                + " from"
                + " --org, or from `organization` in its config file.");
        causes.remedy(
                "See which there are with `chainloop organization list`, and choose one with `chainloop organization"
                        + " set --name NAME`, or ask to be invited; a new token will not help.");
        causes.genuine();
    }

    private static void mismatch(Causes causes) {
        causes.findings(Rule.ORGANIZATION_MISMATCH);
        if (causes.isKind(Audience.USER)
                && causes.diagnosis().evidence().search().config() instanceof ConfigReading.Read config
                && !config.organization().orElse("").isEmpty()) {
            causes.likely("The config file names the organization "
                    + config.organization().get() + "; the user is not in it, or its name is spelled differently.");
        }
    }

    static void robotAccount(Causes causes) {
        if (!causes.findings(Rule.UNKNOWN_AUDIENCE) && causes.inspection().token() != null) {
            causes.otherToken("is not a robot account's");
            return;
        }
        causes.notVisible("Only the server knows its robot accounts: this one was revoked or deleted, or is for"
                + " another"
                + " workflow.");
        causes.remedy("Use an API token instead. " + causes.advice().firstApiToken());
    }

    static void revokedJustNow(Causes causes) {
        causes.certain("`chainloop organization api-token revoke` did what it should.");
        causes.ruledOut("A token was refused: a refusal has no exclamation mark.");
        causes.remedy("Nothing needs to be done, unless the revoked token is still in use somewhere: that needs a new"
                + " one.");
    }

    static void login(Causes causes) {
        causes.certain("It is about a login in progress, not about a token that was sent.");
        causes.remedy(causes.advice().newLogin());
    }
}
