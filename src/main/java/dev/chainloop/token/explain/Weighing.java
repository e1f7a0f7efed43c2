package dev.chainloop.token.explain;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Stage;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.source.Organization;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a token has to do with a message: what the server refuses at the stage that the message names is its cause. */
public final class Weighing {
    private static final String SHOWN_EMPTY = "The log shows CHAINLOOP_TOKEN empty: the job got no value for it.";

    private static final String OF_EVERY_REFUSAL = " before v1.89.7 say this of every refusal (Chainloop #2922).";

    private final Diagnosis diagnosis;
    private final Candidate token;
    private final MessageMatch match;
    private final KnownMessage message;
    private final Optional<String> unseen;
    private final Cure cure;

    /** Where the server stopped, by the message. */
    private final List<Stage> stages;

    private final Optional<Finding> expired;

    private final List<Cause> causes = new ArrayList<>();

    /** Whether another token than the one here was sent. */
    private boolean cleared;

    private Weighing(Diagnosis diagnosis, MessageMatch match) {
        this.diagnosis = diagnosis;
        this.token = diagnosis.used();
        this.match = match;
        this.message = match.message();
        this.unseen = message.unseen(token.matched());
        this.cure = message.cure(token.matched());
        this.stages = message.stages(match.text());
        this.expired = diagnosis.expired();
    }

    /**
     * The causes of a message, the surest first, for the token that would be sent here.
     *
     * @param elsewhere whether it arose in another place, of which nothing is seen here
     * @param shownEmpty whether a job's log shows that the job set the variable to nothing
     */
    static List<Cause> of(Diagnosis diagnosis, MessageMatch match, boolean elsewhere, boolean shownEmpty) {
        Weighing weighing = new Weighing(diagnosis, match);
        weighing.weigh(elsewhere, shownEmpty);
        return weighing.causes();
    }

    /**
     * The same for the very token that was sent, so that no other one can be the cause.
     *
     * @param tellsRefusals whether the CLI is known to tell one refusal from another: since v1.89.7 (#2945)
     * @param tellsExpiry whether the server is known to report each expired token as such: since v1.101.0
     */
    public static List<Cause> ofSent(
            Diagnosis diagnosis, MessageMatch match, boolean tellsRefusals, boolean tellsExpiry) {
        Weighing weighing = new Weighing(diagnosis, match);
        weighing.answered(tellsRefusals, tellsExpiry);
        return weighing.causes();
    }

    /** That the token has no part in what arises there; nothing of a message that only reports. */
    static List<Cause> ruledOut(Layer layer) {
        return layer == Layer.PROGRESS
                ? List.of()
                : List.of(new Cause(Weight.RULED_OUT, "the token: " + layer.reason, Optional.empty()));
    }

    private static Cause knownToServer() {
        String known = "expiry or a wrong secret: the server knew whose token it was";
        return new Cause(Weight.RULED_OUT, known, Optional.empty());
    }

    private List<Cause> causes() {
        behind();
        List<Cause> sorted = new ArrayList<>();
        for (Weight weight : cleared
                ? List.of(Weight.RULED_OUT, Weight.BEHIND, Weight.CERTAIN, Weight.LIKELY, Weight.NOT_VISIBLE)
                : List.of(Weight.values())) {
            for (Cause cause : causes) {
                if (cause.weight() == weight) {
                    sorted.add(cause);
                }
            }
        }
        return sorted;
    }

    private void weigh(boolean elsewhere, boolean shownEmpty) {
        boolean nothing = token.status() == Status.NONE && !stages.contains(Stage.PRESENCE);
        if (!message.layer().isOfToken()) {
            causes.addAll(ruledOut(message.layer()));
        } else if (elsewhere) {
            elsewhere(shownEmpty);
        } else if (nothing && match.isOfProvider()) {
            enrollment();
        } else if (nothing && diagnosis.evidence().isMinted() && !message.isOfKnownToken()) {
            add(
                    Weight.NOT_VISIBLE,
                    "The federated token that the CLI requested in this job: GitHub's end after five minutes (Chainloop"
                            + " #2892), which an API token outlasts.",
                    Cure.CREATE_API_TOKEN);
        } else if (nothing) {
            add(Weight.NOT_VISIBLE, "There is no token here to compare the message with.", Cure.LOOK_THERE);
            unseen(message == KnownMessage.SIGNATURE_INVALID ? Weight.LIKELY : Weight.NOT_VISIBLE, Optional.empty());
        } else if (message == KnownMessage.GITLAB_DROPPED && !token.isFrom(SourceKind.GITLAB)) {
            clear("it is not the one in $GITLAB_OIDC");
        } else if (token.status() == Status.ERROR) {
            add(
                    Weight.NOT_VISIBLE,
                    "The token cannot be read here.",
                    token.trouble().orElseThrow().cure());
        } else {
            compare(shownEmpty);
        }
    }

    /** Where another token may have been sent than the one here, only what the log shows is certain. */
    private void elsewhere(boolean shownEmpty) {
        if (shownEmpty && message == KnownMessage.TOKEN_MISSING) {
            add(Weight.CERTAIN, SHOWN_EMPTY, Cure.HAND_IN);
            return;
        }
        boolean handedOn = message == KnownMessage.ISSUER_NOT_FOUND && !match.isOfProvider();
        String which = stages.contains(Stage.PRESENCE)
                ? "Why none was sent there."
                : handedOn
                        ? "Which token was sent there. Control planes before v1.101.0 say this of an expired one, too."
                        : "Which token was sent there: it need not be the one here.";
        add(Weight.NOT_VISIBLE, which, handedOn ? Cure.CHECK_CONTROL_PLANE : match.isOfProvider() ? Cure.ENROLL : cure);
        boolean told = message.layer() == Layer.AUTHENTICATION || message == KnownMessage.API_TOKEN_REVOKED;
        if (unseen.isPresent() && told) {
            boolean only = message == KnownMessage.SIGNATURE_INVALID;
            add(only ? Weight.LIKELY : Weight.NOT_VISIBLE, unseen.get());
        }
        if (message.isOfKnownToken()) {
            causes.add(knownToServer());
        }
    }

    /** Compares the message with a token that can be read, or with the lack of one that explains it. */
    private void compare(boolean shownEmpty) {
        Optional<Finding> stop = diagnosis.stop();
        if (stop.isPresent() && stop.get().isBefore(stages.get(0))) {
            clear(stop.get().fault() + ", and the server would have said so");
            if (message == KnownMessage.TOKEN_EXPIRED && isOfCli()) {
                add(Weight.NOT_VISIBLE, "Which CLI it was: those" + OF_EVERY_REFUSAL);
            }
            return;
        }
        if (message == KnownMessage.NOT_A_MEMBER && membership()) {
            return;
        }
        if (message.only.isPresent() && !token.kind().equals(message.only)) {
            clear("it is not " + message.only.get().one()
                    + (isKind(message.only.get()) ? " that the server would know" : ""));
            return;
        }
        boolean found = findings(stop);
        switch (message) {
            case ISSUER_NOT_FOUND -> issuer(found);
            case NO_PROVIDER, FEDERATION_UNREACHABLE -> secondTry(found);
            case TOKEN_EXPIRED -> {
                if (!found) {
                    String clock = token.time("exp").isPresent()
                            ? "By this machine's clock it has not expired: another token was sent, or a clock is wrong."
                            : "It never expires, so another token was sent, or this one was refused for another reason.";
                    String old = isOfCli() ? " CLIs" + OF_EVERY_REFUSAL : "";
                    add(Weight.NOT_VISIBLE, clock + old, Cure.ASK_SERVER);
                }
            }
            case SIGNATURE_INVALID -> signature(found);
            case TOKEN_MISSING, TOKEN_NOT_HANDED_IN, NO_ID_TOKEN -> missing(shownEmpty);
            case FEDERATED_IN_POLICY ->
                add(Weight.CERTAIN, "A policy of this attestation does not work with a federated token.", cure);
            case AUTH_TYPE_UNKNOWN -> unless(found || isKind(Audience.GENERIC), last().passed);
            case LINE_END_IN_TOKEN -> unless(found, Optional.of("it contains no line end"));
            case ROBOT_ACCOUNT -> unless(found, Optional.of("it is not a robot account's"));
            case PEOPLE_ONLY -> {
                if (isKind(Audience.USER)) {
                    clear("it is a user token");
                } else {
                    add(Weight.CERTAIN, "The token here is not a user token.", Cure.WORK_AS_PERSON);
                }
            }
            case ORGANIZATION_GONE -> {
                // Every other token names its organization, or its user's.
                if (token.api().isPresent() && token.api().get().isOfInstance()) {
                    add(
                            Weight.CERTAIN,
                            "It is for the whole instance, and the command names no organization, or one that does not exist.",
                            Cure.CHOOSE_ORGANIZATION);
                } else if (match.text().startsWith("current")) {
                    clear("it is not for the whole instance");
                }
            }
            case WRONG_SCOPE -> scope();
            case API_TOKEN_REVOKED, CLAIMS_OUTDATED, SCOPE_UNSIGNED ->
                add(Weight.CERTAIN, "It is an API token, so the message is about it.", cure);
            default -> unless(found || unseen.isPresent(), last().passed);
        }
        if (cleared) {
            return;
        }
        boolean told = message == KnownMessage.SIGNATURE_INVALID && !isKind(Audience.GENERIC);
        if (!told && (!found || message.isOfKnownToken() || message == KnownMessage.NO_ID_TOKEN)) {
            unseen(Weight.NOT_VISIBLE, Optional.of(cure));
        }
        if (message.isOfKnownToken()) {
            causes.add(knownToServer());
        }
        if (diagnosis.finding(Rule.SHADOWED).isPresent()) {
            String sent = "$CHAINLOOP_TOKEN was sent: it wins over the config file.";
            causes.add(0, new Cause(Weight.CERTAIN, sent, Optional.empty()));
        }
    }

    /** Adds the findings at the first of the message's stages that has any, but none behind where the server stops. */
    private boolean findings(Optional<Finding> stop) {
        for (Stage stage : stages) {
            boolean sure = false;
            for (Finding finding : diagnosis.findings()) {
                // Only attestations are tried twice, and they take what is a warning of types.
                boolean taken = message.isSecondTry() && stage == Stage.TYPES && finding.severity() == Severity.WARNING;
                boolean reached = !taken && (stop.isEmpty() || !stop.get().isBefore(stage));
                if (finding.stage().equals(Optional.of(stage)) && reached && finding.severity() != Severity.INFO) {
                    // A message that says why there is none also says what helps.
                    boolean reason = message.isReason() && finding.id() == Rule.NO_TOKEN;
                    sure |= finding.isSure();
                    add(
                            finding.isSure() ? Weight.CERTAIN : Weight.LIKELY,
                            finding,
                            reason ? Optional.of(cure) : finding.cure());
                }
            }
            if (sure) {
                return true;
            }
        }
        return !causes.isEmpty();
    }

    private void unseen(Weight weight, Optional<Cure> cure) {
        if (unseen.isPresent()) {
            Stage stage = stages.contains(Stage.SIGNATURE) ? Stage.SIGNATURE : last();
            causes.add(new Cause(weight, unseen.get(), cure, Optional.of(stage), Optional.empty()));
        }
    }

    /** What the server did not come to, in one line, unless a new token makes it right as well. */
    private void behind() {
        Optional<Stage> at = Optional.empty();
        for (Cause cause : causes) {
            boolean certain = cause.weight() == Weight.CERTAIN && cause.stage().isPresent();
            if (certain && cause.cure().isPresent() && cause.cure().get().getsToken()) {
                return;
            }
            at = certain ? cause.stage() : at;
        }
        List<String> faults = new ArrayList<>();
        for (Finding finding : diagnosis.findings()) {
            Optional<Stage> stage = finding.stage();
            boolean after = at.isPresent() && stage.isPresent() && at.get().compareTo(stage.get()) < 0;
            if (after && finding.isError()) {
                faults.add(finding.fault());
            }
        }
        if (!faults.isEmpty()) {
            add(Weight.BEHIND, Form.capitalized(String.join(", and ", faults)) + ", too.");
        }
    }

    // ---------- what only some messages need

    private void issuer(boolean found) {
        boolean provider = match.isOfProvider();
        Optional<String> named = match.name();
        if (named.isPresent()
                && token.issuer().filter(named.get()::equalsIgnoreCase).isEmpty()) {
            Optional<String> own = token.shown(token.issuer());
            String issuer = own.isPresent() ? "it has the issuer " + own.get() : "it has no issuer";
            clear(
                    token.malformed().isPresent()
                            ? "a value that is not a token names no issuer"
                            : issuer + ", but the message names "
                                    + token.shown(named).orElseThrow());
        }
        if (provider || isKind(Audience.GENERIC)) {
            enrollment();
        } else {
            secondTry(found);
            if (!found && expired.isEmpty()) {
                Optional<Cure> check = cleared ? Optional.empty() : Optional.of(Cure.CHECK_CONTROL_PLANE);
                add(Weight.NOT_VISIBLE, KnownMessage.SECRET, check);
            }
        }
        if (!provider && token.claims().audience().size() > 1) {
            add(
                    Weight.RULED_OUT,
                    "several audiences: reading them as a set (pull request #2828) does not change this message"
                            + " (#2812)");
        }
    }

    /** The server handed the token on, which one before v1.101.0 does with an expired one, too. */
    private void secondTry(boolean found) {
        if (!found && !cleared && expired.isPresent()) {
            Finding finding = expired.get();
            String sentence = "It has expired; control planes before v1.101.0 then say this.";
            causes.add(new Cause(Weight.LIKELY, sentence, finding.cure(), finding));
        }
    }

    private void enrollment() {
        add(
                Weight.NOT_VISIBLE,
                "Whether the repository or the CI provider is enrolled with the organization. A self-hosted open-source"
                        + " control plane enrolls none, unless its operator runs a verifier.",
                Cure.ENROLL);
    }

    /** Whether the text has the CLI's words, not the server's. */
    private boolean isOfCli() {
        return match.text().contains("authentication");
    }

    /** A type that is seen does not tell that the signature was right; where nothing is seen, the secret is all that is left. */
    private void signature(boolean found) {
        if (!found && !isKind(Audience.GENERIC)) {
            unseen(Weight.CERTAIN, Optional.of(cure));
        } else if (found && causes.get(0).stage().equals(Optional.of(Stage.TYPES))) {
            add(Weight.NOT_VISIBLE, KnownMessage.SECRET, cure);
        }
    }

    private void missing(boolean shownEmpty) {
        Optional<Finding> dropped = token.isFrom(SourceKind.GITLAB) ? diagnosis.firstError() : Optional.empty();
        if (shownEmpty) {
            add(Weight.CERTAIN, SHOWN_EMPTY, Cure.HAND_IN);
        } else if (dropped.isPresent()) {
            // The CLI sends none of these that it finds a fault with.
            add(Weight.CERTAIN, dropped.get(), dropped.get().cure());
        } else if (token.status() != Status.NONE
                && !(message == KnownMessage.TOKEN_MISSING && token.isFrom(SourceKind.GITLAB))) {
            clear(Stage.PRESENCE.passed.orElseThrow());
            add(
                    Weight.NOT_VISIBLE,
                    "Where the command ran: as another user, in another job or container, or with another HOME, this token"
                            + " is not visible.",
                    Cure.LOOK_THERE);
        } else if (token.status() == Status.NONE && diagnosis.evidence().isMinted()) {
            add(
                    Weight.NOT_VISIBLE,
                    "Whether the command was one of `chainloop attestation`: only those request a federated token.",
                    Cure.HAND_IN);
        }
    }

    /** Whether an API token was sent with the config file's organization, which is not its own (#2088). */
    private boolean membership() {
        Optional<String> configured = Optional.empty();
        for (Organization one : diagnosis.evidence().seen().organizations()) {
            configured = one.from() == Organization.From.REPOSITORY ? configured : configured.or(one::name);
        }
        Optional<String> own = token.organization();
        boolean other = own.isPresent() && configured.isPresent() && !configured.equals(own);
        if (other) {
            add(
                    Weight.LIKELY,
                    "The variable or the config file names another organization than the token's own; a login would not"
                            + " change that.",
                    Cure.CHOOSE_ORGANIZATION);
        }
        return other;
    }

    private void scope() {
        ApiToken api = token.api().orElseThrow();
        boolean workflow = match.text().contains("workflow");
        String what = workflow ? "workflow" : "project";
        Token.Named limit = workflow ? api.workflow() : api.project();
        Optional<String> own = limit.name();
        if (!workflow && (api.isOfProduct() || (api.isOfProject() && !limit.isPresent()))) {
            add(Weight.NOT_VISIBLE, "Which projects it is for: its claims name none.", Cure.USE_IN_SCOPE);
        } else if (!limit.isPresent()) {
            clear("it is not limited to a " + what);
        } else if (match.name().isPresent() && own.isPresent() && !own.equals(match.name())) {
            clear("it is for the " + what + " " + Form.quoted(own.get()) + ", and the message names "
                    + Form.quoted(match.name().get()));
        } else {
            String name = own.isPresent() ? Form.quoted(own.get()) : "that it does not name";
            add(
                    Weight.CERTAIN,
                    "It is for the " + what + " " + name + " only, and the command names another.",
                    Cure.USE_IN_SCOPE);
        }
    }

    // ---------- the token that was sent

    /** What the server answered about this very token. */
    private void answered(boolean tellsRefusals, boolean tellsExpiry) {
        if (message == KnownMessage.TOKEN_EXPIRED && !tellsRefusals && isOfCli()) {
            expired.ifPresent(finding -> add(Weight.LIKELY, finding, finding.cure()));
            add(
                    Weight.NOT_VISIBLE,
                    (expired.isPresent()
                                    ? "Whether the server said so: CLIs"
                                    : "By this machine's clock it has not expired: CLIs")
                            + OF_EVERY_REFUSAL,
                    Cure.UPDATE_CLI);
            return;
        }
        boolean found = findings(diagnosis.stop());
        if (message == KnownMessage.SIGNATURE_INVALID) {
            signature(found);
        } else if (!found) {
            unexplained(tellsExpiry);
        }
        if (message.isOfKnownToken()) {
            add(Weight.RULED_OUT, "a wrong secret: the server accepted the signature");
        }
    }

    /** The same where nothing that is seen explains it. */
    private void unexplained(boolean tellsExpiry) {
        boolean ends = token.time("exp").isPresent();
        if (message == KnownMessage.TOKEN_EXPIRED && ends && expired.isEmpty()) {
            add(
                    Weight.CERTAIN,
                    "By the server's clock it has expired or is not valid yet; by this machine's it is in time. One of"
                            + " the two clocks is wrong.",
                    Cure.SET_CLOCK);
        } else if (message.isSecondTry() && ends && !tellsExpiry) {
            secondTry(false);
            Optional<Cure> check = expired.isPresent() ? Optional.empty() : Optional.of(Cure.CHECK_CONTROL_PLANE);
            add(Weight.NOT_VISIBLE, KnownMessage.SECRET, check);
            if (expired.isEmpty()) {
                add(
                        Weight.NOT_VISIBLE,
                        "Whether it has expired by the server's clock: servers before v1.101.0 report that in"
                                + " these words.");
            }
        } else if (message.isSecondTry()) {
            boolean other = match.name().isPresent() && !match.name().equals(token.issuer());
            String signed =
                    KnownMessage.SIGNATURE_INVALID.unseen(Optional.empty()).orElseThrow();
            String sentence = other ? KnownMessage.SECRET : signed;
            Weight weight = other ? Weight.NOT_VISIBLE : Weight.CERTAIN;
            Optional<Cure> check = Optional.of(Cure.CHECK_CONTROL_PLANE);
            causes.add(new Cause(weight, sentence, check, Optional.of(Stage.SIGNATURE), Optional.empty()));
        } else {
            boolean renewed = List.of(
                            KnownMessage.TOKEN_EXPIRED, KnownMessage.TOKEN_INVALID, KnownMessage.INVALID_AUDIENCE)
                    .contains(message);
            add(Weight.CERTAIN, message.meaning(), renewed ? Cure.renewal(token.kind()) : cure);
        }
    }

    // ---------- adding a cause

    private void unless(boolean found, Optional<String> why) {
        if (!found && why.isPresent()) {
            clear(why.get());
        }
    }

    private void clear(String why) {
        cleared = true;
        causes.clear();
        boolean wrong = token.status() != Status.NONE && diagnosis.firstError().isPresent();
        add(
                wrong ? Weight.BEHIND : Weight.RULED_OUT,
                wrong
                        ? "The token here is wrong as well, but not the cause of this message: " + why + "."
                        : "the token here: " + why,
                Cure.LOOK_THERE);
    }

    private void add(Weight weight, String sentence) {
        add(weight, sentence, Optional.empty());
    }

    private void add(Weight weight, String sentence, Cure cure) {
        add(weight, sentence, Optional.of(cure));
    }

    private void add(Weight weight, String sentence, Optional<Cure> cure) {
        causes.add(new Cause(weight, sentence, cure));
    }

    private void add(Weight weight, Finding finding, Optional<Cure> cure) {
        causes.add(new Cause(weight, finding.message(), cure, finding));
    }

    private Stage last() {
        return stages.get(stages.size() - 1);
    }

    private boolean isKind(Audience audience) {
        return token.isMatched(audience);
    }
}
