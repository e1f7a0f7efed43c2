package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.SourceKind;
import java.util.Objects;
import java.util.Optional;

/** The causes of messages that are about the token itself, many of which can be seen in it. */
final class TokenCauses {
    private static final String FORKS = " Pull requests from forks get no secrets (Chainloop #2932).";

    private TokenCauses() {}

    static void issuerNotFound(Causes causes) {
        Inspection inspection = causes.inspection();
        String named = causes.match().name().orElse("");
        Optional<String> own = causes.issuer();
        boolean malformed = inspection.status() == Status.MALFORMED;
        boolean other = !named.isEmpty()
                && (malformed || (inspection.decoded() != null && !named.equalsIgnoreCase(own.orElse(null))));
        if (other) {
            causes.certain("A different token was sent: the message names the issuer " + named
                    + ", and the one here "
                    + (malformed ? "is not a JWT" : own.isPresent() ? "has " + own.get() : "names none")
                    + ".");
        }
        boolean url = named.regionMatches(true, 0, "http", 0, "http".length());
        if (url) {
            causes.notVisible("The CI provider or the repository is not enrolled with the organization: only the"
                    + " server knows which are.");
            boolean expired = !other && causes.expiry("an expired token of a CI provider can lead to this message too");
            String enroll = "Enroll the repository with the organization, or use an API token.";
            causes.remedy(expired ? causes.advice().newFederated() + " If that does not help: " + enroll : enroll);
        } else if (other) {
            causes.notVisible(
                    "The token that was sent had expired, was signed with another secret than the server's, or"
                            + " has an audience that the server does not know.");
        } else {
            turnedAway(causes);
        }
        if (other) {
            causes.remedy(causes.advice().findOther(named, Optional.empty()));
        }
        if (!named.isEmpty()) {
            causes.ruledOut("No token was sent: the issuer in the message came from one.");
        }
        if (!url && causes.inspection().hasSeveralAudiences()) {
            causes.ruledOut("Several audiences in the token: the server issues no such token, and the maintainers"
                    + " found that treating audiences as a set (pull request #2828) does not fix this message"
                    + " (#2812).");
        }
    }

    /** Weighs the reasons for which every provider of the control plane refuses a token. */
    static void turnedAway(Causes causes) {
        if (causes.noToken()) {
            return;
        }
        boolean expired = causes.expiry("servers before v1.101.0 answer an expired token with this message");
        boolean refused = causes.findings(
                Rule.UNKNOWN_AUDIENCE,
                Rule.IDENTITY_MISSING,
                Rule.UNSIGNED,
                Rule.ALGORITHM,
                Rule.NOT_YET_VALID,
                Rule.SELF_ISSUED_FEDERATED,
                Rule.CLEANED);
        if (expired || refused) {
            causes.notVisible("It may also have been signed with another secret: by another installation, or before"
                    + " the secret was changed.");
        } else if (!causes.isKind(Audience.GENERIC)) {
            causes.notVisible("It was signed with another secret than the server's: it "
                    + (causes.inspection().time("exp").isPresent() ? "has not expired" : "never expires")
                    + ", and nothing else in it explains the refusal. Another installation issued it, or the secret"
                    + " has been changed since. " + causes.advice().controlPlane());
        } else {
            causes.notVisible("The control plane does not accept tokens of this CI provider.");
        }
    }

    static void expired(Causes causes) {
        if (causes.noToken()) {
            return;
        }
        boolean expired = causes.expiry("that is what the message says");
        if (causes.findings(Rule.NOT_YET_VALID) || expired) {
            return;
        }
        causes.likely("A different token was sent, or the server refused this one for another reason: some"
                + " CLI versions show every refusal as an expiry (Chainloop #2922).");
        causes.notVisible("If an upload or a download failed, the expired token is the artifact store's own, which"
                + " lasts 30 seconds (Chainloop #1533, #1539), not this one: run the command again.");
        causes.ruledOut(
                Objects.requireNonNull(causes.inspection().decoded()).claims().has("exp")
                        ? "It expired: by this machine's clock it has not. Check the clock if in doubt."
                        : "It expired: it has no exp claim, so it never does.");
        causes.remedy(causes.advice().findOther());
    }

    static void invalid(Causes causes) {
        if (causes.noToken()) {
            return;
        }
        boolean seen = causes.findings(Rule.UNSIGNED, Rule.ALGORITHM, Rule.CLEANED, Rule.ODD_CLAIM, Rule.ODD_ENCODING);
        String unseen = "It was signed with another secret, or damaged on its way; without the key, the signature"
                + " cannot be checked here.";
        if (seen) {
            causes.notVisible(unseen);
        } else {
            causes.likely(unseen);
        }
    }

    static void signature(Causes causes) {
        if (causes.noToken()) {
            return;
        }
        causes.findings(Rule.UNSIGNED, Rule.ALGORITHM, Rule.CLEANED);
        if (causes.isKind(Audience.GENERIC)) {
            causes.likely("This is a federated token, which only works for attestations (`attestation init`, `add`,"
                    + " `push`, `status`, `reset`): any other call answers with this message.");
            causes.remedy(causes.advice().otherCommands());
        } else {
            causes.likely("Another installation issued it, or the secret was changed after it was issued. "
                    + causes.advice().controlPlane());
        }
        causes.expiry("an expired token with a wrong signature gets this message, not the one about expiry");
    }

    static void signingMethod(Causes causes) {
        if (causes.noToken() || causes.findings(Rule.ALGORITHM, Rule.UNSIGNED)) {
            return;
        }
        causes.otherToken("uses the algorithm that the server expects");
    }

    static void missing(Causes causes) {
        Inspection inspection = causes.inspection();
        if (inspection.status() == Status.NONE) {
            causes.certain("There is no token in any of the places where the CLI looks.");
            if (causes.diagnosis().evidence().isMinted()) {
                causes.likely("The command is not one of `chainloop attestation`: only those use a federated token.");
            }
            causes.remedy(causes.advice().noToken() + FORKS);
            return;
        }
        if (inspection.isFrom(SourceKind.GITLAB)
                && (inspection.status() == Status.MALFORMED
                        || causes.findings(
                                Rule.EXPIRED,
                                Rule.NOT_YET_VALID,
                                Rule.UNKNOWN_AUDIENCE,
                                Rule.IDENTITY_MISSING,
                                Rule.UNSIGNED,
                                Rule.ALGORITHM))) {
            causes.certain("The CLI silently drops a token in $GITLAB_OIDC that it cannot use, and sends none.");
            return;
        }
        causes.likely("The command ran where this token is not visible: as another user, in another job or"
                + " container, or with another HOME.");
        if (causes.isKind(Audience.GENERIC)) {
            causes.likely("The command is not one of `chainloop attestation`: only those use a federated token.");
        }
        causes.notVisible("A proxy between the CLI and the server removed the token.");
        causes.remedy(causes.advice().findOther());
    }

    static void tokenRequired(Causes causes) {
        Optional<String> variable = named(causes, "CHAINLOOP_TOKEN");
        if (variable.isPresent()) {
            causes.likely("The command ran where $CHAINLOOP_TOKEN is not visible: in another job, step or container.");
        } else if (causes.inspection().status() == Status.NONE) {
            causes.certain("There is no token in any of the places where the CLI looks.");
        } else {
            causes.certain(
                    "$CHAINLOOP_TOKEN is not set here, and a CLI of that age does not read the source of this token.");
        }
        causes.remedy("Set $CHAINLOOP_TOKEN to an API token, or update the Chainloop CLI (v0.181.0 and later also"
                + " use a login)." + FORKS);
    }

    private static Optional<String> named(Causes causes, String name) {
        for (Look look : causes.diagnosis().evidence().search().looked()) {
            if (look instanceof Look.Found && look.origin().name().equals(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    static void audience(Causes causes) {
        if (causes.noGenuineToken() || causes.findings(Rule.UNKNOWN_AUDIENCE, Rule.ODD_AUDIENCE, Rule.MIXED_AUDIENCE)) {
            return;
        }
        causes.otherToken("has the control plane's audience");
    }

    static void revoked(Causes causes) {
        if (causes.noGenuineToken()) {
            return;
        }
        if (!causes.isKind(Audience.API_TOKEN)) {
            causes.otherToken("is not an API token");
            return;
        }
        causes.likely("This API token was revoked or deleted; the ID tells which one it is.");
        causes.notVisible(
                "Perhaps nobody did it: where this is enabled, the server itself revokes tokens that were not used"
                        + " for a long time (since v1.77.1).");
        causes.ruledOut("It is signed with another secret, or has expired: the server reports that in other words.");
        causes.remedy(causes.advice().afterRevocation());
    }

    static void gone(Causes causes) {
        if (causes.noGenuineToken()) {
            return;
        }
        if (!causes.isKind(Audience.API_TOKEN)) {
            causes.otherToken("is not an API token");
            return;
        }
        causes.likely("It was deleted, or it belongs to another database with the same secret, such as that of a"
                + " restored or copied installation.");
        causes.ruledOut("It was signed with another secret: the server knew the signature.");
        causes.remedy(causes.advice().afterRevocation()
                + " If nobody deleted it, it belongs to another installation. "
                + causes.advice().controlPlane());
    }

    static void claims(Causes causes) {
        if (causes.noGenuineToken() || causes.findings(Rule.IDENTITY_MISSING)) {
            return;
        }
        causes.otherToken(causes.inspection().token() != null ? "has the missing claim" : "is of no known kind");
    }

    static void authType(Causes causes) {
        if (causes.noToken() || findsNoType(causes)) {
            causes.notVisible("Only the CLI versions v1.12.0 and v1.12.1 stop here.");
            return;
        }
        if (causes.isKind(Audience.GENERIC)) {
            causes.likely("The CLI is one of those two, which do not know federated tokens (Chainloop #2160).");
        } else {
            causes.likely("The token here has a type, so a different token was sent.");
        }
        causes.remedy("Update the Chainloop CLI: later versions do not stop here.");
    }

    static void authTypeWarning(Causes causes) {
        if (!causes.noToken() && !findsNoType(causes)) {
            causes.otherToken("has a type");
        }
        causes.ruledOut("The command failed because of this: it is only a warning, and the error follows it.");
    }

    private static boolean findsNoType(Causes causes) {
        return causes.findings(Rule.UNKNOWN_AUDIENCE, Rule.IDENTITY_MISSING, Rule.MIXED_AUDIENCE);
    }

    static void badPaste(Causes causes) {
        if (causes.noToken()) {
            return;
        }
        causes.findings(Rule.EXPIRED, Rule.UNKNOWN_AUDIENCE, Rule.IDENTITY_MISSING, Rule.UNSIGNED, Rule.CLEANED);
        causes.notVisible("What was pasted cannot be seen here: a part of it may be missing, or it belongs to another"
                + " control plane.");
    }

    static void lineEnd(Causes causes) {
        boolean found = false;
        boolean broken = false;
        Optional<Look.Found> used = causes.diagnosis().evidence().search().found();
        if (used.isPresent()) {
            found = true;
            broken = hasControl(used.get().sent());
        }
        if (broken) {
            if (causes.findings(Rule.CLEANED)) {
                return;
            }
            causes.certain(
                    "The token here contains or ends in a newline or another control character, and the CLI sends"
                            + " it unchanged.");
        } else if (found) {
            causes.otherToken("contains no newline or control character");
            causes.notVisible("A proxy that does not speak HTTP/2 causes the same error.");
            return;
        } else {
            causes.noToken();
        }
        causes.remedy("Store the token without a newline: use `printf %s \"$TOKEN\"` instead of `echo`. Rewrite a"
                + " Kubernetes or Vault secret in the same way.");
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
                return true;
            }
        }
        return false;
    }

    static void changed(Causes causes) {
        causes.likely("The attestation was started with a different token: at `attestation init` the CLI encrypts the"
                + " attestation's remote state with the token's SHA-256, and `add`, `push` and `status`"
                + " need the same token.");
        Optional<Audience> kind = causes.inspection().kind();
        if (kind.equals(Optional.of(Audience.GENERIC))) {
            causes.likely("A federated token is issued anew for each job, perhaps even for each step.");
        } else if (kind.equals(Optional.of(Audience.USER))) {
            causes.likely("A login in between creates a new token.");
        }
        causes.ruledOut("It has expired or was revoked: the server reports that in other words.");
        causes.remedy("Use one token for all steps of an attestation, or start it again: `chainloop attestation init"
                + " --replace`.");
    }
}
