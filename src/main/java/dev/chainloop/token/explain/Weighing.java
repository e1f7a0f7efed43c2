package dev.chainloop.token.explain;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Stage;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the token that would be sent here has to do with a message. */
final class Weighing {
    private static final String SHOWN_EMPTY = "The log shows CHAINLOOP_TOKEN empty: the job got no value for it.";

    private static final String KNOWN_TO_SERVER = "expiry or a wrong secret: the server knew whose token it was";

    private static final String OF_EVERY_REFUSAL = " before v1.89.7 say this of every refusal (Chainloop #2922).";

    private final Diagnosis diagnosis;
    private final Inspection token;
    private final MessageMatch match;
    private final KnownMessage message;
    private final Row row;

    /** Where the server stopped, by the message. */
    private final List<Stage> stages;

    /** Whether a job's log shows that the job set the variable to nothing. */
    private final boolean shownEmpty;

    private final List<Cause> causes = new ArrayList<>();

    /** Whether another token than the one here was sent. */
    private boolean cleared;

    private Weighing(Diagnosis diagnosis, MessageMatch match, boolean shownEmpty) {
        this.diagnosis = diagnosis;
        this.token = diagnosis.inspection();
        this.match = match;
        this.message = match.message();
        this.row = message.row(token.matched().orElse(null));
        this.stages = message.stages(match.text());
        this.shownEmpty = shownEmpty;
    }

    /** The causes of a message, the surest first, for the token that would be sent here. */
    static List<Cause> of(Diagnosis diagnosis, MessageMatch match, boolean shownEmpty) {
        Weighing weighing = new Weighing(diagnosis, match, shownEmpty);
        weighing.weigh();
        return weighing.causes();
    }

    /** The causes where a CI job may have sent another token than the one here: only what its log shows is certain then. */
    static List<Cause> elsewhere(MessageMatch match, boolean shownEmpty) {
        if (shownEmpty && match.message() == KnownMessage.TOKEN_MISSING) {
            return List.of(new Cause(Weight.CERTAIN, SHOWN_EMPTY, Cure.HAND_IN));
        }
        List<Cause> causes = new ArrayList<>();
        Row row = match.message().row(null);
        causes.add(new Cause(
                Weight.NOT_VISIBLE,
                "The text is from a CI job, which may have sent another token than the one here.",
                Cure.LOOK_THERE));
        if (!row.unseen().isEmpty()) {
            causes.add(new Cause(Weight.NOT_VISIBLE, row.unseen(), null));
        }
        if (match.message().layer() == Layer.AUTHORIZATION) {
            causes.add(new Cause(Weight.RULED_OUT, KNOWN_TO_SERVER, null));
        }
        return causes;
    }

    private List<Cause> causes() {
        List<Cause> sorted = new ArrayList<>();
        for (Weight weight : cleared
                ? List.of(Weight.RULED_OUT, Weight.CERTAIN, Weight.LIKELY, Weight.NOT_VISIBLE)
                : List.of(Weight.values())) {
            for (Cause cause : causes) {
                if (cause.weight() == weight) {
                    sorted.add(cause);
                }
            }
        }
        return sorted;
    }

    private void weigh() {
        @Nullable Fault fault = token.fault();
        if (!message.layer().isOfToken()) {
            boolean both = message.layer() == Layer.PROGRESS;
            Optional<Finding> shadowed = both ? diagnosis.finding(Rule.SHADOWED) : Optional.empty();
            if (shadowed.isPresent()) {
                add(Weight.LIKELY, shadowed.get().message(), shadowed.get().cure());
            } else if (both) {
                add(Weight.NOT_VISIBLE, "Which two tokens these were: there are not both here.", Cure.LOOK_THERE);
            } else {
                add(Weight.RULED_OUT, "the token: " + message.layer().reason(), null);
            }
        } else if (token.status() == Status.NONE && !stages.contains(Stage.PRESENCE)) {
            nothingHere();
        } else if (message == KnownMessage.GITLAB_DROPPED && !token.isFrom(SourceKind.GITLAB)) {
            clear("it is not the one in $GITLAB_OIDC");
        } else if (token.status() == Status.ERROR) {
            add(
                    Weight.NOT_VISIBLE,
                    "The token cannot be read here.",
                    Objects.requireNonNull(fault).cure());
        } else {
            compare();
        }
    }

    private void nothingHere() {
        if (isOfProvider()) {
            enrollment();
            return;
        }
        if (diagnosis.evidence().isMinted() && !isGenuine()) {
            add(
                    Weight.NOT_VISIBLE,
                    "The federated token that the CLI requested in this job: GitHub's end after five minutes (Chainloop"
                            + " #2892), which an API token outlasts.",
                    Cure.CREATE_API_TOKEN);
            return;
        }
        add(Weight.NOT_VISIBLE, "There is no token here to compare the message with.", Cure.LOOK_THERE);
        unseen(null);
    }

    /** Compares the message with a token that can be read, or with the lack of one that explains it. */
    private void compare() {
        Stage stop = diagnosis.stop().orElse(Stage.PERMISSION);
        if (stop.compareTo(stages.get(0)) < 0) {
            clear("the server would have refused it earlier, for its " + stop.word());
            if (message == KnownMessage.TOKEN_EXPIRED && isOfCli()) {
                add(Weight.NOT_VISIBLE, "Which CLI it was: those" + OF_EVERY_REFUSAL, null);
            }
            return;
        }
        if (message.only() != null && !token.kind().equals(Optional.of(message.only()))) {
            clear("it is not " + message.only().one() + " that the server would know");
            return;
        }
        @Nullable Stage at = findings(stop);
        boolean checked = at != null && at.compareTo(Stage.SIGNATURE) <= 0;
        switch (message) {
            case ISSUER_NOT_FOUND -> issuer(checked);
            case TOKEN_EXPIRED -> expired(at != null);
            case SIGNATURE_INVALID -> signature(at != null, checked);
            case TOKEN_MISSING, TOKEN_NOT_HANDED_IN, NO_ID_TOKEN -> missing();
            case FEDERATED_IN_POLICY ->
                add(Weight.CERTAIN, "A policy of this attestation does not work with a federated token.", row.cure());
            case PEOPLE_ONLY -> people();
            case NO_CURRENT_ORGANIZATION -> {
                if (!((ApiToken) Objects.requireNonNull(token.token())).isOfInstance()) {
                    clear("it is not for the whole instance");
                }
            }
            case WRONG_SCOPE -> scope();
            default -> {
                boolean cannot = message == KnownMessage.AUTH_TYPE_UNKNOWN && isKind(Audience.GENERIC);
                if (at == null
                        && !cannot
                        && stages.get(stages.size() - 1).isInToken()
                        && !stages.contains(Stage.EXPIRY)) {
                    clear("the server would not refuse it for its "
                            + stages.get(0).word());
                }
            }
        }
        boolean told = message == KnownMessage.SIGNATURE_INVALID && !isKind(Audience.GENERIC);
        if (!cleared && !told && (at == null || isGenuine() || message == KnownMessage.NO_ID_TOKEN)) {
            unseen(row.cure());
        }
        if (isGenuine() && !cleared) {
            add(Weight.RULED_OUT, KNOWN_TO_SERVER, null);
        }
        if (!cleared && diagnosis.finding(Rule.SHADOWED).isPresent()) {
            causes.add(0, new Cause(Weight.CERTAIN, "$CHAINLOOP_TOKEN was sent: it wins over the config file.", null));
        }
    }

    private boolean isGenuine() {
        return message.layer() == Layer.AUTHORIZATION;
    }

    /** Adds the findings at the first of the message's stages that has any, but none behind where the server stops. */
    private @Nullable Stage findings(Stage stop) {
        for (Stage stage : stages) {
            for (Finding finding : diagnosis.findings()) {
                if (finding.stage() == stage && stage.compareTo(stop) <= 0 && finding.severity() != Severity.INFO) {
                    // A message that says why there is none also says what helps.
                    boolean reason = message.isReason() && finding.rule() == Rule.NO_TOKEN;
                    add(
                            finding.isSure() ? Weight.CERTAIN : Weight.LIKELY,
                            finding.message(),
                            reason ? row.cure() : finding.cure());
                }
            }
            if (!causes.isEmpty() && causes.get(causes.size() - 1).weight() == Weight.CERTAIN) {
                return stage;
            }
        }
        return causes.isEmpty() ? null : stages.get(0);
    }

    private void unseen(@Nullable Cure cure) {
        if (!row.unseen().isEmpty()) {
            add(Weight.NOT_VISIBLE, row.unseen(), cure);
        }
    }

    // ---------- what only some messages need

    private void issuer(boolean checked) {
        String named = match.name().orElse("");
        boolean provider = isOfProvider();
        if (!named.isEmpty() && !named.equalsIgnoreCase(token.issuer().orElse(null))) {
            clear("it has "
                    + (token.issuer().isPresent()
                            ? "the issuer " + token.issuer().get()
                            : "no issuer") + ", but the message names " + named);
        }
        if (provider || isKind(Audience.GENERIC)) {
            enrollment();
        } else if (!checked && diagnosis.finding(Rule.EXPIRED).isPresent()) {
            add(
                    Weight.NOT_VISIBLE,
                    "Whether this control plane issued it: of its own expired tokens, it says `JWT token has expired`"
                            + " since v1.101.0.",
                    null);
        } else if (!checked) {
            add(Weight.NOT_VISIBLE, KnownMessage.secret(), cleared ? null : Cure.CHECK_CONTROL_PLANE);
        }
        if (!named.isEmpty()) {
            add(Weight.RULED_OUT, "a missing token: the message names the issuer of the one that was sent", null);
        }
        if (!provider
                && token.decoded() != null
                && token.decoded().claims().audience().size() > 1) {
            add(
                    Weight.RULED_OUT,
                    "several audiences in the token: treating them as a set (pull request #2828) does not change this"
                            + " message (#2812)",
                    null);
        }
    }

    /** Whether the message names a CI provider, whose token was sent then. */
    private boolean isOfProvider() {
        return match.name().orElse("").startsWith("http");
    }

    private void enrollment() {
        add(
                Weight.NOT_VISIBLE,
                "Whether the repository or the CI provider is enrolled with the organization. A self-hosted open-source"
                        + " control plane cannot enroll any.",
                Cure.ENROLL);
    }

    private void expired(boolean found) {
        if (found) {
            return;
        }
        String clock = token.time("exp").isPresent()
                ? "By this machine's clock it has not expired: another token was sent, or a clock is wrong."
                : "It never expires, so another token was sent, or this one was refused for another reason.";
        String old = isOfCli() ? " CLIs" + OF_EVERY_REFUSAL : "";
        add(Weight.NOT_VISIBLE, clock + old, Cure.ASK_SERVER);
    }

    /** Whether the text has the CLI's words, not the server's. */
    private boolean isOfCli() {
        return match.text().contains("authentication");
    }

    /** A type that is seen does not tell that the signature was right. */
    private void signature(boolean found, boolean checked) {
        if (found && !checked) {
            add(Weight.NOT_VISIBLE, KnownMessage.secret(), row.cure());
        } else if (!found && !isKind(Audience.GENERIC)) {
            add(
                    Weight.CERTAIN,
                    "It was signed with another secret than the server's: another installation's, or one that has changed"
                            + " since.",
                    // What the server did not look at may make it useless as well.
                    diagnosis.firstError().map(Finding::cure).orElse(row.cure()));
        }
    }

    private void missing() {
        if (shownEmpty) {
            add(Weight.CERTAIN, SHOWN_EMPTY, Cure.HAND_IN);
        } else if (token.status() != Status.NONE
                && !(message == KnownMessage.TOKEN_MISSING && isKind(Audience.GENERIC))) {
            clear("it would have been sent");
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

    private void people() {
        if (isKind(Audience.USER)) {
            clear("it is a user token");
        } else {
            add(Weight.CERTAIN, "The token here is not a user token.", Cure.WORK_AS_PERSON);
        }
    }

    private void scope() {
        ApiToken api = (ApiToken) Objects.requireNonNull(token.token());
        String what = match.text().contains("workflow")
                ? "workflow"
                : match.text().contains("project") ? "project" : "organization";
        Token.Named limit = switch (what) {
            case "workflow" -> api.workflow();
            case "project" -> api.project();
            default -> api.organization();
        };
        Optional<String> own = limit.name();
        if (what.equals("project") && (api.isOfProduct() || (api.isOfProject() && !limit.isPresent()))) {
            add(Weight.NOT_VISIBLE, "Which projects it is for: its claims name none.", Cure.USE_IN_SCOPE);
        } else if (!limit.isPresent()) {
            clear("it is not limited to " + (what.equals("organization") ? "an " : "a ") + what);
        } else if (match.name().isPresent() && own.isPresent() && !own.equals(match.name())) {
            clear("it is for the " + what + " " + Form.quoted(own.get()) + ", and the message names "
                    + Form.quoted(match.name().get()));
        } else {
            String name = own.isPresent() ? Form.quoted(own.get()) : "that it does not name";
            add(
                    Weight.CERTAIN,
                    "It is for the " + what + " " + name + " only, and the command names another.",
                    what.equals("organization") ? Cure.USE_OWN_ORGANIZATION : Cure.USE_IN_SCOPE);
        }
    }

    // ---------- adding a cause

    /** The token here did not cause it. */
    private void clear(String why) {
        cleared = true;
        causes.clear();
        add(Weight.RULED_OUT, "the token here: " + why, Cure.LOOK_THERE);
    }

    private void add(Weight weight, String sentence, @Nullable Cure cure) {
        causes.add(new Cause(weight, sentence, cure));
    }

    private boolean isKind(Audience audience) {
        return token.matched().equals(Optional.of(audience));
    }
}
