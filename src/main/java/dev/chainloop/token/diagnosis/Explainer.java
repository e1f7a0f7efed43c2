package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Cause.Weight;
import java.util.List;
import java.util.Optional;

/** Weighs the causes of a message against the token at hand. What the server knows alone is said to be out of sight. */
public final class Explainer {
    private final Inspection inspection;
    private final Diagnosis diagnosis;
    private final MessageMatch match;
    private final Causes causes;

    private Explainer(Diagnosis diagnosis, MessageMatch match) {
        this.diagnosis = diagnosis;
        this.inspection = diagnosis.inspection();
        this.match = match;
        this.causes = new Causes(diagnosis);
    }

    /**
     * Explains the first of the messages that were found.
     *
     * @param matches at least one
     */
    public static Explanation explain(Diagnosis diagnosis, List<MessageMatch> matches) {
        Explainer explainer = new Explainer(diagnosis, matches.get(0));
        explainer.weigh();
        Causes causes = explainer.causes;
        return new Explanation(matches.get(0), causes.sorted(), causes.remedy(), matches.subList(1, matches.size()));
    }

    private void weigh() {
        switch (match.message()) {
            case ISSUER_NOT_FOUND -> issuerNotFound();
            case EXPIRED -> expired();
            case INVALID -> invalid();
            case SIGNATURE -> signature();
            case MISSING -> missing();
            case NO_PROVIDER -> turnedAway();
            case FEDERATION_UNREACHABLE -> unreachable();
            case AUDIENCE -> audience();
            case REVOKED -> revoked();
            case CLAIMS -> claims();
            case AUTH_TYPE -> authType();
            case SERVER_STATE -> serverState();
            case MEMBERSHIP -> membership();
            case SCOPE -> scope();
        }
    }

    private void issuerNotFound() {
        String named = match.name().orElse("");
        Optional<String> own = causes.issuer();
        boolean malformed = inspection.status() == Status.MALFORMED;
        boolean other = !named.isEmpty()
                && (malformed || (inspection.decoded().isPresent() && !own.equals(Optional.of(named))));
        if (other) {
            causes.add(
                    Weight.CERTAIN,
                    "Another token was sent than the one here: the message names the issuer " + named
                            + ", and this one "
                            + (malformed ? "is not a JWT" : own.isPresent() ? "has " + own.get() : "names none") + ".");
        }
        if (named.startsWith("http")) {
            causes.add(
                    Weight.NOT_VISIBLE,
                    "The CI provider or the repository is not enrolled with the organization: only the server knows"
                            + " which are.");
            boolean expired =
                    !other && causes.expiry("a CI provider's token that has expired can end in this message too");
            if (!other) {
                causes.signature();
            }
            String enroll = "Enroll the repository with the organization, or use an API token.";
            causes.remedy(expired ? causes.advice().newFederated() + " If that does not help: " + enroll : enroll);
        } else if (other) {
            causes.add(
                    Weight.NOT_VISIBLE,
                    "The token that was sent had expired, was signed with another secret than the server's, or has an"
                            + " audience that the server does not know.");
        } else {
            turnedAway();
        }
        if (other) {
            causes.remedy(causes.advice().findOther());
        }
        if (!named.isEmpty()) {
            causes.add(Weight.RULED_OUT, "No token was sent: the issuer in the message came from one.");
        }
        if (!named.startsWith("http")) {
            causes.add(
                    Weight.RULED_OUT,
                    "Several audiences in the token: treating them as a set (pull request #2828) does not cure this"
                            + " message (#2812), as the maintainers found, for the server mints no such token.");
        }
    }

    /** Every provider of the control plane refused the token: which of the reasons can be seen? */
    private void turnedAway() {
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
        if (causes.signature()) {
            if (!expired && !refused && causes.isGenuine()) {
                causes.otherControlPlane();
            }
        } else if (expired || refused) {
            causes.add(
                    Weight.NOT_VISIBLE,
                    "Besides, it may have been signed with another secret: by another installation, or before a change"
                            + " of the secret.");
        } else if (!causes.isKind(Audience.GENERIC)) {
            causes.add(
                    Weight.NOT_VISIBLE,
                    "It was signed with another secret than the server's, for it "
                            + (inspection.time("exp").isPresent() ? "has not expired" : "never expires")
                            + " and nothing else in it explains the refusal: another installation made it, or the"
                            + " secret was changed since. Check which control plane the CLI talks to:"
                            + " `control-plane.api` in its config file.");
        } else {
            causes.add(Weight.NOT_VISIBLE, "The control plane does not take tokens of this CI provider.");
        }
    }

    private void expired() {
        if (causes.noToken()) {
            return;
        }
        boolean expired = causes.expiry("that is what the message says");
        if (!causes.findings(Rule.NOT_YET_VALID) && !expired) {
            causes.add(
                    Weight.RULED_OUT,
                    inspection.decoded().orElseThrow().claims().has("exp")
                            ? "It expired: by this machine's clock it has not. Check the clock if in doubt."
                            : "It expired: it never does, for it has no exp claim.");
            causes.add(
                    Weight.LIKELY,
                    "Another token was sent than the one here, or the server refused this one for another reason: some"
                            + " CLI versions show every refusal as an expiry (Chainloop #2922).");
            causes.remedy(causes.advice().findOther() + " If it is this one: "
                    + causes.advice().renewal());
        }
    }

    private void invalid() {
        if (causes.noToken()) {
            return;
        }
        boolean seen = causes.findings(Rule.UNSIGNED, Rule.ALGORITHM, Rule.CLEANED, Rule.ODD_CLAIM, Rule.ODD_ENCODING);
        if (causes.signature() || inspection.verification().isPresent()) {
            return;
        }
        causes.add(
                seen ? Weight.NOT_VISIBLE : Weight.LIKELY,
                "It was signed with another secret, or damaged on its way; a signature cannot be checked here.");
    }

    private void signature() {
        if (causes.noToken()) {
            return;
        }
        causes.findings(Rule.UNSIGNED, Rule.ALGORITHM, Rule.CLEANED);
        boolean judged = causes.signature();
        if (causes.isGenuine()) {
            causes.otherControlPlane();
        } else if (!judged) {
            causes.add(
                    Weight.LIKELY,
                    "Another installation made it, or the secret was changed after it was made. Check which control"
                            + " plane the CLI talks to: `control-plane.api` in its config file.");
        }
        causes.expiry("an expired token with a wrong signature gets this message, not the one about expiry");
    }

    private void missing() {
        if (inspection.status() == Status.NONE) {
            causes.add(Weight.CERTAIN, "There is no token in any of the places where the CLI looks.");
            causes.remedy(causes.advice().noToken() + " Pull requests from forks get no secrets (Chainloop #2932).");
            return;
        }
        causes.add(
                Weight.LIKELY,
                "The command ran where this token is not seen: as another user, in another job or container, or with"
                        + " another HOME.");
        causes.add(Weight.NOT_VISIBLE, "A proxy between the CLI and the server took the token off.");
        causes.remedy(causes.advice().findOther());
    }

    private void unreachable() {
        causes.add(Weight.NOT_VISIBLE, "The outage is on the server's side; nothing in a token can cause or cure it.");
        causes.remedy("Try again; if it lasts, tell those who run the control plane, or use an API token.");
    }

    private void audience() {
        if (causes.noToken()) {
            return;
        }
        if (!causes.findings(Rule.UNKNOWN_AUDIENCE, Rule.ODD_AUDIENCE, Rule.MIXED_AUDIENCE)) {
            causes.add(
                    Weight.LIKELY, "Another token was sent than the one here, whose audience is the control plane's.");
            causes.remedy(causes.advice().findOther());
        }
    }

    private void revoked() {
        if (causes.noToken()) {
            return;
        }
        if (causes.isKind(Audience.API_TOKEN)) {
            causes.add(Weight.LIKELY, "This API token was revoked or deleted; the ID tells which one it is.");
            causes.remedy("Look for the ID in `chainloop organization api-token list`; a new token comes from"
                    + " `chainloop organization api-token create --name NAME`.");
        } else {
            causes.add(Weight.LIKELY, "Another token was sent than the one here, which is no API token.");
            causes.remedy(causes.advice().findOther());
        }
    }

    private void claims() {
        if (causes.noToken()) {
            return;
        }
        if (!causes.findings(Rule.IDENTITY_MISSING)) {
            causes.add(
                    Weight.RULED_OUT,
                    inspection.token().isPresent()
                            ? "The claim is missing from the token here: it is there, so another token was sent."
                            : "The claim is missing for its kind: the token here has no known kind at all.");
            causes.remedy(causes.advice().findOther());
        }
    }

    private void authType() {
        if (causes.noToken()) {
            return;
        }
        if (!causes.findings(Rule.UNKNOWN_AUDIENCE, Rule.IDENTITY_MISSING, Rule.MIXED_AUDIENCE)) {
            causes.add(
                    Weight.RULED_OUT, "The token here has a type, so another token was sent, or the CLI is that old.");
            causes.remedy("Update the Chainloop CLI: later versions do not stop at this.");
        }
    }

    private void serverState() {
        causes.add(Weight.NOT_VISIBLE, "Accounts, allow-lists and suspensions are known to the server alone.");
        causes.remedy("Ask an administrator of the organization or of the control plane; a new token will not help.");
    }

    private void membership() {
        for (Finding finding : diagnosis.findings()) {
            if (finding.rule() == Rule.ORGANIZATION_MISMATCH) {
                causes.add(Weight.LIKELY, finding.message());
            }
        }
        causes.add(
                Weight.NOT_VISIBLE,
                "Memberships are known to the server alone; a user token names no organization, the CLI takes it from"
                        + " `organization` in its config file.");
        causes.remedy("Check `organization` in the config file, or ask to be invited; a new token will not help.");
    }

    private void scope() {
        if (causes.noToken()) {
            return;
        }
        Optional<Token> token = inspection.token();
        if (token.isEmpty() || !(token.get() instanceof ApiToken api)) {
            causes.add(Weight.LIKELY, "Another token was sent than the one here: only API tokens have a scope.");
            causes.remedy(causes.advice().findOther());
            return;
        }
        boolean byWorkflow = match.text().endsWith("workflow");
        ApiToken.Named limit = byWorkflow ? api.workflow() : api.project();
        String what = byWorkflow ? "workflow" : "project";
        String name = limit.name().orElse("without a name");
        if (!limit.isPresent()) {
            causes.add(
                    Weight.LIKELY, "Another token was sent than the one here, which is not limited to a " + what + ".");
            causes.remedy(causes.advice().findOther());
        } else if (match.name().isPresent() && !match.name().equals(limit.name())) {
            causes.add(Weight.LIKELY, "Another token was sent than the one here, which is for project " + name + ".");
            causes.remedy(causes.advice().findOther());
        } else {
            causes.add(Weight.CERTAIN, "This token is for the " + what + " " + name + ", and for nothing else.");
            causes.remedy("Use a token of the " + what + " at work, or one of its whole organization.");
        }
    }
}
