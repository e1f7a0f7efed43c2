package dev.chainloop.token.explain;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.explain.Row.Reach;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Weighs the causes of a message against what was seen of the token that may have caused it. */
final class Weighing {
    private static final String NO_ID = "has no ID, and the server would have said so";

    private final Diagnosis diagnosis;
    private final Evidence evidence;
    private final Inspection inspection;
    private final MessageMatch match;
    final Row row;
    private final List<Cause> causes = new ArrayList<>();
    private boolean other;

    Weighing(Diagnosis diagnosis, MessageMatch match) {
        this.diagnosis = diagnosis;
        this.evidence = diagnosis.evidence();
        this.inspection = diagnosis.inspection();
        this.match = match;
        this.row = match.message().row();
    }

    List<Cause> causes() {
        causes.sort(Comparator.comparing(Cause::weight));
        return causes;
    }

    /** Whether there is a token that the server can be asked about. */
    boolean hasToken() {
        return !other && inspection.decoded() != null;
    }

    /** Whether the token here cannot have caused the message. */
    boolean isOther() {
        return other;
    }

    boolean isCertain() {
        return causes.stream().anyMatch(cause -> cause.weight() == Weight.CERTAIN);
    }

    /** Weighs what is known of the message against the token here. */
    void weigh() {
        if (row.reach != Reach.NO_TOKEN && row.reach != Reach.HARMLESS && !isComparable()) {
            return;
        }
        boolean found = findings();
        if (row.weigher != null) {
            row.weigher.accept(this);
        }
        Optional<Cause> ofKind = inspection.matched().map(row.kinds::get).or(() -> Optional.ofNullable(row.others));
        if (!found && row.alibi != null) {
            other(row.alibi);
        } else if (ofKind.filter(cause -> cause.cure() == Cure.LOOK_THERE).isPresent()) {
            other(ofKind.get());
        } else if (!other && !(found && row.reach == Reach.ANYONE)) {
            ofKind.ifPresent(causes::add);
            causes.addAll(row.causes);
        }
        if (!other && row.isGenuine()) {
            add(Weight.RULED_OUT, "expiry or a wrong secret: the server knew whose token it was", null);
        }
    }

    /** Says what the message means, where nothing is known of the token that was sent. */
    void weighWithoutToken(Place arose) {
        if (inspection.status() == Status.NONE) {
            incomparable();
        } else if (row.reach != Reach.NO_TOKEN) {
            other("is not the one that was sent from " + arose.title());
            sent();
        }
        for (Cause cause : row.causes) {
            boolean certain = cause.weight() == Weight.CERTAIN && row.reach == Reach.ANYONE;
            causes.add(certain ? new Cause(Weight.LIKELY, cause.sentence(), cause.cure()) : cause);
        }
    }

    private void incomparable() {
        hidden("There is no token here to compare the message with.", null);
        other = true;
        sent();
    }

    /** What the message says of the token that was sent, wherever that is. */
    private void sent() {
        if (match.message() == KnownMessage.ISSUER_NOT_FOUND) {
            hidden(
                    isOfProvider()
                            ? "The repository or the CI provider is not enrolled with the organization. A self-hosted"
                                    + " open-source control plane cannot enroll any."
                            : "The token that was sent had expired, was signed with another secret, or has an audience"
                                    + " that the server does not know.",
                    isOfProvider() ? Cure.ENROLL : null);
        }
    }

    /** Whether there is a token that the message can be about; if not, a cause says why. */
    private boolean isComparable() {
        switch (inspection.status()) {
            case NONE -> {
                if (row.rules.contains(Rule.NO_TOKEN)) {
                    return true;
                }
                incomparable();
                causes.addAll(row.causes);
                return false;
            }
            case ERROR -> {
                hidden("The token cannot be read here, so the message cannot be compared with it.", fault().cure());
                return false;
            }
            case MALFORMED -> {
                boolean unsendable = match.message() == KnownMessage.LINE_END_IN_TOKEN
                        && evidence.search().found().orElseThrow().sent().matches("(?s).*[\\p{Cntrl}&&[^\t]].*");
                if (row.faults || unsendable) {
                    String holds = unsendable ? "holds a line end or another control character, and " : "";
                    certain("What is sent " + holds + "is " + fault().message() + ".", fault().cure());
                } else {
                    other("is not a JWT, and the server would have said so");
                }
                return false;
            }
            case TYPED, UNRECOGNIZED -> {}
        }
        if (row.isGenuine() && inspection.expired().orElse(false)) {
            other("has expired, and the server would have said so");
        } else if (row.only != null && !isKind(row.only)) {
            other("is not " + row.only.one());
        }
        return !other;
    }

    /** Adds the findings of the row's rules; true when there are any. */
    private boolean findings() {
        for (Finding finding : diagnosis.findings()) {
            if (row.rules.contains(finding.rule())) {
                Weight weight = finding.severity() == Severity.ERROR ? Weight.CERTAIN : Weight.LIKELY;
                add(weight, finding.message(), finding.cure());
            }
        }
        return !causes.isEmpty();
    }

    // ---------- what only some messages need

    void issuerNotFound() {
        String named = match.name().orElse("");
        Optional<String> own = inspection.issuer();
        boolean url = isOfProvider();
        if (!named.isEmpty() && inspection.decoded() != null && !named.equalsIgnoreCase(own.orElse(null))) {
            other(own.map(one -> "has the issuer " + one).orElse("names no issuer") + ", but the message names "
                    + named);
        }
        if (url || other) {
            sent();
        } else {
            turnedAway();
        }
        if (!named.isEmpty()) {
            add(Weight.RULED_OUT, "a missing token: the message names the issuer of the one that was sent", null);
        }
        if (!url && inspection.hasSeveralAudiences()) {
            add(
                    Weight.RULED_OUT,
                    "several audiences in the token: the server issues no such token, and treating audiences as a set (pull"
                            + " request #2828) does not change this message (#2812)",
                    null);
        }
    }

    /** Whether the message names a CI provider's issuer. */
    private boolean isOfProvider() {
        return match.name().orElse("").regionMatches(true, 0, "http", 0, "http".length());
    }

    /** Why each of the control plane's checks refuses a token. */
    void turnedAway() {
        if (isCertain()) {
            hidden("It may also have been signed with another secret.", null);
        } else if (isKind(Audience.GENERIC)) {
            hidden("The control plane does not accept tokens from this CI provider.", Cure.ENROLL);
        } else {
            hidden(
                    "It was not signed with the server's secret: it comes from another installation, or the secret has"
                            + " changed since. Nothing else in it explains the refusal.",
                    Cure.CHECK_CONTROL_PLANE);
        }
    }

    void expired() {
        if (isCertain() || inspection.decoded() == null) {
            return;
        }
        Optional<Finding> worst = diagnosis.firstError();
        if (worst.isPresent() && match.text().contains("authentication")) { // The CLI's words, not the server's.
            likely(worst.get().message(), worst.get().cure());
            return;
        }
        boolean ends = inspection.decoded().claims().has("exp");
        if (ends) {
            likely("By this machine's clock it has not expired, but that clock may be wrong.", Cure.SET_CLOCK);
        }
        likely(
                (ends ? "If the clock is right," : "It has no exp claim and never expires, so")
                        + " a different token was sent, or this one was refused for a different reason: some versions"
                        + " of the CLI report every refusal as an expiry (Chainloop #2922).",
                Cure.ASK_SERVER);
        hidden(
                "If an upload or a download failed, the expired token is the artifact store's own, which lasts 30 seconds"
                        + " (Chainloop #1533, #1539).",
                Cure.TRY_AGAIN);
    }

    void missing() {
        if (inspection.status() == Status.NONE) {
            return;
        }
        Optional<Finding> worst = diagnosis.firstError();
        if (inspection.isFrom(SourceKind.GITLAB) && worst.isPresent()) {
            boolean told = worst.get().rule() == Rule.UNKNOWN_AUDIENCE;
            String dropped = told ? "" : " The CLI silently drops such a token in $GITLAB_OIDC.";
            certain(worst.get().message() + dropped, worst.get().cure());
            return;
        }
        other("would have been sent");
        likely(
                "The command ran where this token is not visible: as another user, in another job or container, or with"
                        + " another HOME.",
                Cure.LOOK_THERE);
        if (isKind(Audience.GENERIC)) {
            likely(
                    "The command was not one of `chainloop attestation`; only those use a federated token.",
                    Cure.CREATE_API_TOKEN);
        }
    }

    void tokenRequired() {
        if (evidence.search().looked(SourceKind.ENVIRONMENT).orElse(null) instanceof Look.Found) {
            likely(
                    "The command ran where $CHAINLOOP_TOKEN is not visible: in another job, step or container.",
                    Cure.HAND_IN);
        } else {
            certain("$CHAINLOOP_TOKEN is not set here, and a CLI that old reads nothing else.", Cure.UPDATE_CLI);
        }
    }

    void outdated() {
        if (!(inspection.token() instanceof ApiToken api)) {
            other(NO_ID);
            return;
        }
        String what = what(api);
        if (!limit(api, what).isPresent()) {
            other("names no " + what);
            return;
        }
        likely("The " + what + " was created again or moved after this token was created.", Cure.REPLACE_API_TOKEN);
    }

    void scope() {
        if (!(inspection.token() instanceof ApiToken api)) {
            other(NO_ID);
            return;
        }
        String what = what(api);
        Token.Named limit = limit(api, what);
        String name = limit.name().orElse("without a name");
        boolean organization = what.equals("organization");
        if (!limit.isPresent() || (organization && !match.text().contains(what))) {
            other("is not limited to a " + (organization ? "part of its organization" : what));
        } else if (match.name().isPresent()
                && !match.name().get().equalsIgnoreCase(limit.name().orElse(null))) {
            other("is for the " + what + " " + name);
        } else {
            certain(
                    "This token is for the " + what + " " + name + " only.",
                    organization ? Cure.USE_OWN_ORGANIZATION : Cure.USE_IN_SCOPE);
        }
    }

    /** What the message is about; if it does not say, the narrowest part that the token is for. */
    private String what(ApiToken api) {
        for (String one : List.of("organization", "workflow", "project")) {
            if (match.text().contains(one)) {
                return one;
            }
        }
        return api.workflow().isPresent() ? "workflow" : api.project().isPresent() ? "project" : "organization";
    }

    private static Token.Named limit(ApiToken api, String what) {
        return what.equals("workflow") ? api.workflow() : what.equals("project") ? api.project() : api.organization();
    }

    void noOrganization() {
        if (inspection.token() instanceof ApiToken api && api.organization().isPresent()) {
            other("names an organization");
        }
    }

    void authType() {
        if (isCertain() || inspection.decoded() == null) {
            return;
        }
        if (isKind(Audience.GENERIC)) {
            likely("Those two versions of the CLI do not know federated tokens (Chainloop #2160).", Cure.UPDATE_CLI);
        } else {
            other("has a type");
        }
    }

    void notAMember() {
        if (evidence.search().config() instanceof ConfigReading.Read config
                && !config.organization().orElse("").isEmpty()) {
            String name = config.organization().get();
            likely(
                    "The config file names "
                            + (Form.isLabel(name) ? "the organization " + name : "an organization")
                            + "; the user is not in it, or its name is spelled differently.",
                    Cure.CHOOSE_ORGANIZATION);
        }
    }

    void configBroken() {
        if (evidence.search().looked(SourceKind.CONFIG).orElse(null) instanceof Look.Unreadable broken) {
            certain("The config file here cannot be used: " + broken.why() + ".", Cure.of(broken.obstacle()));
            return;
        }
        other(new Cause(Weight.CERTAIN, "No config file here caused this: none is broken.", Cure.LOOK_THERE));
        likely(
                "A different file was read: another user's, one in another HOME, or the one given with `--config`.",
                Cure.LOOK_THERE);
        likely(
                "Another chainloop command was writing the file just then: the CLI rewrites it in place.",
                Cure.TRY_AGAIN);
    }

    void lineEnd() {
        if (!isCertain()) {
            other("contains no line end and no control character");
            hidden("A proxy that does not speak HTTP/2 causes the same error.", null);
        }
    }

    // ---------- adding a cause

    /** The token here did not cause it; what it is or has is the reason. */
    private void other(String why) {
        other(Cause.other(why));
    }

    private void other(Cause cause) {
        other = true;
        causes.clear();
        causes.add(cause);
    }

    private void certain(String sentence, @Nullable Cure cure) {
        add(Weight.CERTAIN, sentence, cure);
    }

    private void likely(String sentence, @Nullable Cure cure) {
        add(Weight.LIKELY, sentence, cure);
    }

    private void hidden(String sentence, @Nullable Cure cure) {
        add(Weight.NOT_VISIBLE, sentence, cure);
    }

    private void add(Weight weight, String sentence, @Nullable Cure cure) {
        causes.add(new Cause(weight, sentence, cure));
    }

    private Fault fault() {
        return Objects.requireNonNull(inspection.fault());
    }

    private boolean isKind(Audience audience) {
        return inspection.matched().equals(Optional.of(audience));
    }
}
