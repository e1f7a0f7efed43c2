package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Cause.Weight;
import dev.chainloop.token.verification.Verification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Weighs the causes of a message against the token at hand. What the server knows alone is said to be out of sight. */
public final class Explainer {
    private final Inspection inspection;
    private final Diagnosis diagnosis;
    private final MessageMatch match;
    private final List<Cause> causes = new ArrayList<>();
    private String remedy;

    private Explainer(Diagnosis diagnosis, MessageMatch match) {
        this.diagnosis = diagnosis;
        this.inspection = diagnosis.inspection();
        this.match = match;
        this.remedy = Remedies.renewal(matched());
    }

    /**
     * Explains the first of the messages that were found.
     *
     * @param matches at least one
     */
    public static Explanation explain(Diagnosis diagnosis, List<MessageMatch> matches) {
        Explainer explainer = new Explainer(diagnosis, matches.get(0));
        explainer.weigh();
        explainer.causes.sort(Comparator.comparing(Cause::weight));
        return new Explanation(matches.get(0), explainer.causes, explainer.remedy, matches.subList(1, matches.size()));
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
        Optional<String> own = issuer();
        boolean malformed = inspection.status() == Status.MALFORMED;
        boolean other = !named.isEmpty()
                && (malformed || (inspection.decoded().isPresent() && !own.equals(Optional.of(named))));
        if (other) {
            add(
                    Weight.CERTAIN,
                    "Another token was sent than the one here: the message names the issuer " + named
                            + ", and this one "
                            + (malformed ? "is not a JWT" : own.isPresent() ? "has " + own.get() : "names none") + ".");
        }
        if (named.startsWith("http")) {
            add(
                    Weight.NOT_VISIBLE,
                    "The CI provider or the repository is not enrolled with the organization: only the server knows"
                            + " which are.");
            boolean expired =
                    !other && expiryCause("a CI provider's token that has expired can end in this message too");
            if (!other) {
                signatureCause();
            }
            String enroll = "Enroll the repository with the organization, or use an API token.";
            remedy = expired ? Remedies.NEW_FEDERATED + " If that does not help: " + enroll : enroll;
        } else if (other) {
            add(
                    Weight.NOT_VISIBLE,
                    "The token that was sent had expired, was signed with another secret than the server's, or has an"
                            + " audience that the server does not know.");
        } else {
            turnedAway();
        }
        if (other) {
            remedy = Remedies.FIND_OTHER;
        }
        if (!named.isEmpty()) {
            add(Weight.RULED_OUT, "No token was sent: the issuer in the message came from one.");
        }
        if (!named.startsWith("http")) {
            add(
                    Weight.RULED_OUT,
                    "Several audiences in the token: treating them as a set (pull request #2828) does not cure this"
                            + " message (#2812), as the maintainers found, for the server mints no such token.");
        }
    }

    /** Every provider of the control plane refused the token: which of the reasons can be seen? */
    private void turnedAway() {
        if (noToken()) {
            return;
        }
        boolean expired = expiryCause("servers before v1.101.0 answer an expired token with this message");
        boolean refused = findingCauses(
                Rule.UNKNOWN_AUDIENCE,
                Rule.IDENTITY_MISSING,
                Rule.UNSIGNED,
                Rule.ALGORITHM,
                Rule.NOT_YET_VALID,
                Rule.SELF_ISSUED_FEDERATED,
                Rule.CLEANED);
        if (signatureCause()) {
            if (!expired && !refused && isGenuine()) {
                otherControlPlane();
            }
        } else if (expired || refused) {
            add(
                    Weight.NOT_VISIBLE,
                    "Besides, it may have been signed with another secret: by another installation, or before a change"
                            + " of the secret.");
        } else if (!isKind(Audience.GENERIC)) {
            add(
                    Weight.NOT_VISIBLE,
                    "It was signed with another secret than the server's, for it "
                            + (inspection.time("exp").isPresent() ? "has not expired" : "never expires")
                            + " and nothing else in it explains the refusal: another installation made it, or the"
                            + " secret was changed since. Check which control plane the CLI talks to:"
                            + " `control-plane.api` in its config file.");
        } else {
            add(Weight.NOT_VISIBLE, "The control plane does not take tokens of this CI provider.");
        }
    }

    private void expired() {
        if (noToken()) {
            return;
        }
        boolean expired = expiryCause("that is what the message says");
        if (!findingCauses(Rule.NOT_YET_VALID) && !expired) {
            add(
                    Weight.RULED_OUT,
                    inspection.decoded().orElseThrow().claims().has("exp")
                            ? "It expired: by this machine's clock it has not. Check the clock if in doubt."
                            : "It expired: it never does, for it has no exp claim.");
            add(
                    Weight.LIKELY,
                    "Another token was sent than the one here, or the server refused this one for another reason: some"
                            + " CLI versions show every refusal as an expiry (Chainloop #2922).");
            remedy = Remedies.FIND_OTHER + " If it is this one: " + Remedies.renewal(matched());
        }
    }

    private void invalid() {
        if (noToken()) {
            return;
        }
        boolean seen = findingCauses(Rule.UNSIGNED, Rule.ALGORITHM, Rule.CLEANED, Rule.ODD_CLAIM, Rule.ODD_ENCODING);
        if (signatureCause() || inspection.verification().isPresent()) {
            return;
        }
        add(
                seen ? Weight.NOT_VISIBLE : Weight.LIKELY,
                "It was signed with another secret, or damaged on its way; a signature cannot be checked here.");
    }

    private void signature() {
        if (noToken()) {
            return;
        }
        findingCauses(Rule.UNSIGNED, Rule.ALGORITHM, Rule.CLEANED);
        boolean judged = signatureCause();
        if (isGenuine()) {
            otherControlPlane();
        } else if (!judged) {
            add(
                    Weight.LIKELY,
                    "Another installation made it, or the secret was changed after it was made. Check which control"
                            + " plane the CLI talks to: `control-plane.api` in its config file.");
        }
        expiryCause("an expired token with a wrong signature gets this message, not the one about expiry");
    }

    private void missing() {
        if (inspection.status() == Status.NONE) {
            add(Weight.CERTAIN, "There is no token in any of the places where the CLI looks.");
            remedy = Remedies.UNKNOWN + " Pull requests from forks get no secrets (Chainloop #2932).";
            return;
        }
        add(
                Weight.LIKELY,
                "The command ran where this token is not seen: as another user, in another job or container, or with"
                        + " another HOME.");
        add(Weight.NOT_VISIBLE, "A proxy between the CLI and the server took the token off.");
        remedy = Remedies.FIND_OTHER;
    }

    private void unreachable() {
        add(Weight.NOT_VISIBLE, "The outage is on the server's side; nothing in a token can cause or cure it.");
        remedy = "Try again; if it lasts, tell those who run the control plane, or use an API token.";
    }

    private void audience() {
        if (noToken()) {
            return;
        }
        if (!findingCauses(Rule.UNKNOWN_AUDIENCE, Rule.ODD_AUDIENCE, Rule.MIXED_AUDIENCE)) {
            add(Weight.LIKELY, "Another token was sent than the one here, whose audience is the control plane's.");
            remedy = Remedies.FIND_OTHER;
        }
    }

    private void revoked() {
        if (noToken()) {
            return;
        }
        if (isKind(Audience.API_TOKEN)) {
            add(Weight.LIKELY, "This API token was revoked or deleted; the ID tells which one it is.");
            remedy = "Look for the ID in `chainloop organization api-token list`; a new token comes from"
                    + " `chainloop organization api-token create --name NAME`.";
        } else {
            add(Weight.LIKELY, "Another token was sent than the one here, which is no API token.");
            remedy = Remedies.FIND_OTHER;
        }
    }

    private void claims() {
        if (noToken()) {
            return;
        }
        if (!findingCauses(Rule.IDENTITY_MISSING)) {
            add(
                    Weight.RULED_OUT,
                    inspection.token().isPresent()
                            ? "The claim is missing from the token here: it is there, so another token was sent."
                            : "The claim is missing for its kind: the token here has no known kind at all.");
            remedy = Remedies.FIND_OTHER;
        }
    }

    private void authType() {
        if (noToken()) {
            return;
        }
        if (!findingCauses(Rule.UNKNOWN_AUDIENCE, Rule.IDENTITY_MISSING, Rule.MIXED_AUDIENCE)) {
            add(Weight.RULED_OUT, "The token here has a type, so another token was sent, or the CLI is that old.");
            remedy = "Update the Chainloop CLI: later versions do not stop at this.";
        }
    }

    private void serverState() {
        add(Weight.NOT_VISIBLE, "Accounts, allow-lists and suspensions are known to the server alone.");
        remedy = "Ask an administrator of the organization or of the control plane; a new token will not help.";
    }

    private void membership() {
        for (Finding finding : diagnosis.findings()) {
            if (finding.rule() == Rule.ORGANIZATION_MISMATCH) {
                add(Weight.LIKELY, finding.message());
            }
        }
        add(
                Weight.NOT_VISIBLE,
                "Memberships are known to the server alone; a user token names no organization, the CLI takes it from"
                        + " `organization` in its config file.");
        remedy = "Check `organization` in the config file, or ask to be invited; a new token will not help.";
    }

    private void scope() {
        if (noToken()) {
            return;
        }
        Optional<Token> token = inspection.token();
        if (token.isEmpty() || !(token.get() instanceof ApiToken api)) {
            add(Weight.LIKELY, "Another token was sent than the one here: only API tokens have a scope.");
            remedy = Remedies.FIND_OTHER;
            return;
        }
        boolean byWorkflow = match.text().endsWith("workflow");
        ApiToken.Named limit = byWorkflow ? api.workflow() : api.project();
        String what = byWorkflow ? "workflow" : "project";
        String name = limit.name().orElse("without a name");
        if (!limit.isPresent()) {
            add(Weight.LIKELY, "Another token was sent than the one here, which is not limited to a " + what + ".");
            remedy = Remedies.FIND_OTHER;
        } else if (match.name().isPresent() && !match.name().equals(limit.name())) {
            add(Weight.LIKELY, "Another token was sent than the one here, which is for project " + name + ".");
            remedy = Remedies.FIND_OTHER;
        } else {
            add(Weight.CERTAIN, "This token is for the " + what + " " + name + ", and for nothing else.");
            remedy = "Use a token of the " + what + " at work, or one of its whole organization.";
        }
    }

    private boolean noToken() {
        switch (inspection.status()) {
            case NONE -> add(Weight.NOT_VISIBLE, "There is no token here to hold the message against.");
            case MALFORMED -> {
                add(Weight.CERTAIN, "What is sent is no token at all: it is not a JWT.");
                remedy = Remedies.UNKNOWN;
            }
            case ERROR ->
                add(Weight.NOT_VISIBLE, "The token cannot be read here, so the message cannot be held against it.");
            case TYPED, UNRECOGNIZED -> {
                return false;
            }
        }
        return true;
    }

    private boolean expiryCause(String why) {
        if (!inspection.expired().orElse(false)) {
            return false;
        }
        add(
                Weight.CERTAIN,
                "It expired "
                        + Spans.distance(inspection.at(), inspection.time("exp").orElseThrow()) + "; " + why + ".");
        return true;
    }

    /** Makes causes of the findings of some rules; true when there is any. */
    private boolean findingCauses(Rule... rules) {
        int before = causes.size();
        for (Finding finding : diagnosis.findings()) {
            if (Arrays.asList(rules).contains(finding.rule())) {
                add(finding.severity() == Severity.ERROR ? Weight.CERTAIN : Weight.LIKELY, finding.message());
            }
        }
        return causes.size() > before;
    }

    /** What the judgement on the signature says, if there was one; true when it leaves nothing open. */
    private boolean signatureCause() {
        Optional<Verification> verification = inspection.verification();
        if (verification.isEmpty()) {
            return false;
        }
        switch (verification.get().outcome()) {
            case GENUINE -> add(Weight.RULED_OUT, "It was signed with another key: its signature is the given key's.");
            case MISMATCH ->
                add(
                        Weight.CERTAIN,
                        "It was signed with another key than the one given here: by another installation, or before a"
                                + " change of the secret; or it was changed since.");
            case REFUSED ->
                add(
                        Weight.NOT_VISIBLE,
                        "Its signature cannot be judged by the key given here. "
                                + verification.get().reason().orElse(""));
        }
        return verification.get().outcome() != Verification.Outcome.REFUSED;
    }

    private void otherControlPlane() {
        add(Weight.LIKELY, "The command talked to another control plane than the one whose key was given here.");
        remedy = "Check which control plane the CLI talks to: `control-plane.api` in its config file.";
    }

    private boolean isGenuine() {
        return inspection.verification().filter(Verification::isGenuine).isPresent();
    }

    private void add(Weight weight, String sentence) {
        causes.add(new Cause(weight, sentence));
    }

    private Optional<String> issuer() {
        return inspection.decoded().flatMap(one -> one.claims().text("iss"));
    }

    private Optional<Audience> matched() {
        return inspection.decoded().flatMap(one -> one.claims().matchedAudience());
    }

    private boolean isKind(Audience audience) {
        return matched().equals(Optional.of(audience));
    }
}
