package dev.chainloop.token.explain;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Phrases;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Stage;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What a token has to do with a message. A fault of the token at the stage that the message names is the cause; without one,
 * another token was sent, or nobody can see the cause here.
 */
public final class Causes {
    private static final String OF_EVERY_REFUSAL = " before v1.89.7 say this for every refusal (Chainloop #2922).";

    private final Diagnosis diagnosis;
    private final Candidate token;
    private final MessageMatch match;
    private final KnownMessage message;

    /** Where the server stopped, according to the message. */
    private final List<Stage> stages;

    /** The kind of token that was sent, according to the message, else the kind of the token here. */
    private final Optional<Audience> kind;

    private final List<Cause> causes = new ArrayList<>();

    /** What the log says besides the message; empty if there is no log. */
    private final Optional<LogFacts> log;

    private Causes(Diagnosis diagnosis, MessageMatch match, Optional<LogFacts> log) {
        this.log = log;
        this.diagnosis = diagnosis;
        this.token = diagnosis.used();
        this.match = match;
        this.message = match.message();
        this.stages = match.stages();
        this.kind = match.kind(token);
    }

    /**
     * The causes of a message, the surest first, for the token that would be sent here.
     *
     * @param elsewhere whether it arose in another place, about which nothing is known here
     * @param log what the log says besides the message; empty if there is no log
     */
    static List<Cause> of(Diagnosis diagnosis, MessageMatch match, boolean elsewhere, Optional<LogFacts> log) {
        Causes all = new Causes(diagnosis, match, log);
        Candidate token = all.token;
        if (!all.message.layer.isOfToken()) {
            return ruledOut(all.message.layer, Optional.empty());
        } else if (elsewhere) {
            all.elsewhere();
        } else if (token.status() == Status.NONE && !all.stages.contains(Stage.PRESENCE)) {
            all.nothing();
        } else if (token.status() == Status.ERROR) {
            Cure cure = token.trouble().orElseThrow().cure().orElseThrow();
            all.add(Weight.UNKNOWN, "The token cannot be read here.", cure);
        } else {
            all.compare();
        }
        return all.causes;
    }

    /**
     * The same for the very token that was sent, so no other token can be the cause.
     *
     * @param dated whether the CLI's version is known
     * @param tellsRefusals whether the CLI is known to tell one refusal from another: since v1.89.7 (#2945)
     * @param tellsExpiry whether the server is known to report each expired token as such: since v1.101.0
     */
    public static List<Cause> ofSent(
            Diagnosis diagnosis, MessageMatch match, boolean dated, boolean tellsRefusals, boolean tellsExpiry) {
        Causes all = new Causes(diagnosis, match, Optional.empty());
        if (!all.findings(!tellsExpiry)) {
            all.unexplained(dated, tellsRefusals, tellsExpiry);
        }
        all.finish();
        return all.causes;
    }

    /** Why a log's message cannot be about the token here, a clause; empty if it can, or if nothing tells. */
    static Optional<String> contradiction(Diagnosis diagnosis, MessageMatch match, LogFacts log) {
        Causes all = new Causes(diagnosis, match, Optional.of(log));
        Candidate token = diagnosis.used();
        Optional<Finding> stop = diagnosis.stop();
        if (token.jwt().isEmpty() || !all.message.layer.isOfToken()) {
            return Optional.empty();
        }
        boolean found = all.findings(true);
        if (all.message == KnownMessage.TOKEN_EXPIRED && !found) {
            long left = token.secondsToExpiry().orElse(token.claims().has("exp") ? 0L : Long.MAX_VALUE);
            // Older CLIs say it of every refusal.
            return left <= LogFacts.DAY || log.old()
                    ? Optional.empty()
                    : Optional.of((left == Long.MAX_VALUE ? "it never expires" : "it has not expired")
                            + (match.isOfCli() ? " (but CLIs before v1.89.7 say this for every refusal)" : ""));
        }
        boolean early = stop.isPresent() && stop.get().isBefore(all.stages.get(0));
        boolean other = all.message.only().isPresent() && !token.kind().equals(all.message.only());
        return early || other || all.stages.contains(Stage.PRESENCE)
                ? Alibi.of(diagnosis, match, found, all.isEmpty())
                : Optional.empty();
    }

    /**
     * The cause that rules out the token in a layer; none for a message that only reports.
     *
     * @param cure what helps all the same
     */
    static List<Cause> ruledOut(Layer layer, Optional<Cure> cure) {
        return layer == Layer.PROGRESS
                ? List.of()
                : List.of(new Cause(Weight.RULED_OUT, "the token: " + layer.reason, cure));
    }

    // ---------- where the token that was sent is unknown

    private void elsewhere() {
        if (message == KnownMessage.TOKEN_MISSING && log.isPresent()) {
            missing(log.get());
        }
        if (!causes.isEmpty()) {
            return;
        }
        if (message == KnownMessage.WRONG_SCOPE && match.name().isPresent()) {
            add(
                    Weight.CERTAIN,
                    only("The token that was sent", Phrases.quoted(match.name().get())),
                    cure());
            finish();
            return;
        }
        boolean old = message == KnownMessage.ISSUER_NOT_FOUND && !match.isOfProvider();
        String token = old
                ? "Which token the failed command sent; control planes before v1.101.0 also say this for an expired one."
                : "Which token the failed command sent; it may not be the one here.";
        add(Weight.UNKNOWN, stages.contains(Stage.PRESENCE) ? unsent() : token, cure());
        if (!old && (message.layer == Layer.AUTHENTICATION || message == KnownMessage.API_TOKEN_REVOKED)) {
            unseen(Weight.LIKELY, cure());
        }
        finish();
    }

    /** Why a command sent no token, and what a job needs that was to do without a secret. */
    private String unsent() {
        Place place = diagnosis.evidence().there().place();
        boolean known = message != KnownMessage.TOKEN_MISSING
                || (log.isPresent() && !log.get().isOfAttestation());
        String line = place == Place.GITHUB ? "id-token: write" : place == Place.GITLAB ? "id_tokens" : "";
        return "Why the failed command sent no token."
                + (known || line.isEmpty()
                        ? ""
                        : " Without a secret, attestations need `" + line + "` in an enrolled repository.");
    }

    /** What the log itself says of why no token was sent. */
    private void missing(LogFacts log) {
        Place place = diagnosis.evidence().there().place();
        if (log.variable() == LogFacts.Shown.EMPTY) {
            shownEmpty();
        } else if (log.variable() == LogFacts.Shown.MASKED) {
            String lost =
                    "The log shows that the step had a value for CHAINLOOP_TOKEN. Something between the step and the"
                            + " command lost it, such as `sudo` or a container.";
            add(Weight.CERTAIN, lost, Cure.LOOK_THERE);
        } else if (!log.isOfAttestation() && (place == Place.GITHUB || place == Place.GITLAB)) {
            attesting("", cure());
        } else if (log.variable() == LogFacts.Shown.NOT_LISTED && !log.given()) {
            add(Weight.LIKELY, "The log shows no CHAINLOOP_TOKEN among the step's variables.", cure());
        }
    }

    private void nothing() {
        if (diagnosis.evidence().isMinted() && !match.isOfProvider() && !message.isOfKnownToken()) {
            String requested =
                    "Whether the federated token that the CLI requested in this job had expired. GitHub's expire after five"
                            + " minutes (Chainloop #2892); API tokens last longer.";
            attesting(requested, Cure.CREATE_API_TOKEN);
            return;
        }
        if (match.isOfProvider()) {
            unseen(Weight.UNKNOWN, cure());
            return;
        }
        add(Weight.UNKNOWN, "There is no token here to compare the message with.", Cure.LOOK_THERE);
        if (message != KnownMessage.ISSUER_NOT_FOUND) {
            unseen(Weight.LIKELY, Cure.LOOK_THERE);
        }
        Collections.sort(causes);
    }

    /** Which command it was decides whether it sends a federated token: the log shows it, or nobody can see it here. */
    private void attesting(String unseen, Cure cure) {
        if (log.isPresent() && !log.get().isOfAttestation()) {
            String other = "The command was `chainloop " + log.get().verbs().get()
                    + "`; only `chainloop attestation` commands request a federated token.";
            add(Weight.CERTAIN, other, cure);
        } else if (!unseen.equals(KnownMessage.ATTESTING)
                || log.isEmpty()
                || log.get().verbs().isEmpty()) {
            add(Weight.UNKNOWN, unseen, cure);
        }
    }

    private void shownEmpty() {
        add(Weight.CERTAIN, "The log shows that CHAINLOOP_TOKEN is empty: the job got no value for it.", Cure.HAND_IN);
    }

    // ---------- the token here

    /** Compares the message with a token that can be read, or with the lack of one that explains it. */
    private void compare() {
        boolean found = findings(true);
        Optional<String> alibi = Alibi.of(diagnosis, match, found, isEmpty());
        if (alibi.isPresent()) {
            innocent(alibi.get());
            return;
        }
        own(found);
        if (!found || message.isOfKnownToken() || message == KnownMessage.NO_ID_TOKEN) {
            unseen(Weight.CERTAIN, cure());
        }
        finish();
    }

    /**
     * Adds the findings at the first of the message's stages that has any, but none after the stage where the server stops.
     *
     * @param old whether a server before v1.101.0 may have said it
     */
    private boolean findings(boolean old) {
        Optional<Finding> stop = diagnosis.stop();
        boolean sure = false;
        for (Stage stage : stages) {
            boolean reached = !sure && (stop.isEmpty() || !stop.get().isBefore(stage));
            for (Finding finding : reached ? diagnosis.findings() : List.<Finding>of()) {
                // Only attestations are tried twice, and they accept what is a warning of types.
                boolean taken = message.isSecondTry() && stage == Stage.TYPES && finding.severity() == Severity.WARNING;
                if (finding.stage().equals(Optional.of(stage)) && !taken && finding.severity() != Severity.INFO) {
                    // A message that says why there is no token also says what helps.
                    boolean reason = message.isReason() && finding.id() == Rule.NO_TOKEN;
                    sure |= finding.isSure();
                    Optional<Cure> cure = reason ? Optional.of(cure()) : finding.cure();
                    Weight weight = finding.isSure() ? Weight.CERTAIN : Weight.LIKELY;
                    boolean robot = message == KnownMessage.ROBOT_ACCOUNT;
                    String sentence = robot ? "The token here is a robot account token." : finding.message();
                    causes.add(new Cause(weight, sentence, cure, finding));
                }
            }
        }
        Optional<Finding> expired = diagnosis.expired();
        boolean federated = token.isMatched(Audience.GENERIC);
        if (old && causes.isEmpty() && message.isSecondTry() && expired.isPresent() && !federated) {
            String sentence = "It has expired; control planes before v1.101.0 then say this.";
            causes.add(new Cause(Weight.LIKELY, sentence, expired.get().cure(), expired.get()));
        }
        boolean ofTypes = sure && causes.get(0).stage().equals(Optional.of(Stage.TYPES));
        if (ofTypes && message == KnownMessage.SIGNATURE_INVALID) {
            // The server looks at the signature earlier.
            add(Weight.UNKNOWN, KnownMessage.SECRET, cure(), Stage.SIGNATURE);
        }
        return !causes.isEmpty();
    }

    private void innocent(String alibi) {
        causes.clear();
        if (diagnosis.firstError().isPresent()) {
            String wrong = "The token here is faulty, but did not cause this message: ";
            add(Weight.ALSO_WRONG, wrong + alibi + ".", Cure.LOOK_THERE);
        } else {
            add(Weight.RULED_OUT, "the token here: " + alibi, Cure.LOOK_THERE);
        }
        if (stages.contains(Stage.PRESENCE)) {
            String where =
                    "Where the command ran. If that was as another user, in another job or container, or with another HOME, it"
                            + " could not see this token.";
            add(Weight.UNKNOWN, where, Cure.LOOK_THERE);
        } else if (message == KnownMessage.TOKEN_EXPIRED && match.isOfCli()) {
            add(Weight.UNKNOWN, "Which CLI it was; those" + OF_EVERY_REFUSAL);
        } else if (message == KnownMessage.ISSUER_NOT_FOUND && isFederated()) {
            unseen(Weight.UNKNOWN, cure());
        }
    }

    /** What only this message says about this token. */
    private void own(boolean found) {
        Optional<String> certain = message.certain();
        boolean presence = stages.contains(Stage.PRESENCE);
        if (certain.isPresent()) {
            add(Weight.CERTAIN, certain.get(), message.cure);
        } else if (message == KnownMessage.WRONG_SCOPE) {
            ApiToken api = token.api().orElseThrow();
            Token.Named limit = match.limit(api);
            String own = limit.name().map(Phrases::quoted).orElse("that it does not name");
            boolean seen = limit.isPresent() && !api.isOfProduct();
            String unseen = "Which projects it is for; its claims name none.";
            add(seen ? Weight.CERTAIN : Weight.UNKNOWN, seen ? only("It", own) : unseen, cure());
        } else if (message == KnownMessage.PROJECT_MISSING && token.api().isPresent()) {
            Optional<String> name = token.api().get().project().name();
            String project = name.isPresent() ? " " + Phrases.quoted(name.get()) : "";
            String only =
                    " only; creating " + named("project", "a project") + " takes a token of the whole organization.";
            add(Weight.CERTAIN, "The token here is for the project" + project + only, cure());
        } else if (message == KnownMessage.ORGANIZATION_GONE && token.isOfInstance()) {
            String none =
                    "It is for the whole instance, and the command names no organization, or one that does not exist.";
            add(Weight.CERTAIN, none, message.cure);
        } else if (message == KnownMessage.TOKEN_EXPIRED && !found) {
            boolean near = token.secondsToExpiry().orElse(0L) <= LogFacts.DAY;
            String clock = token.time("exp").isPresent()
                    ? "By this machine's clock it has not expired: another token was sent"
                            + (near ? ", or a clock is wrong" : "")
                            + (match.isOfCli() ? ", or it was refused for another reason." : ".")
                    : "It never expires, so another token was sent, or this one was refused for another reason.";
            add(Weight.UNKNOWN, clock + (match.isOfCli() ? " CLIs" + OF_EVERY_REFUSAL : ""), Cure.ASK_SERVER);
        } else if (message == KnownMessage.ISSUER_NOT_FOUND
                && !isFederated()
                && token.audience().size() > 1) {
            String set =
                    "several audiences: the message is the same (#2812) on a server that reads only the first one and on one"
                            + " that reads them all (#2828)";
            add(Weight.RULED_OUT, set);
        } else if (presence && isEmpty()) {
            shownEmpty();
        } else if (presence
                && token.isFrom(SourceKind.GITLAB)
                && diagnosis.firstError().isPresent()) {
            Finding dropped = diagnosis.firstError().get();
            causes.add(new Cause(Weight.CERTAIN, dropped.message(), dropped.cure(), dropped));
        } else if (presence && diagnosis.evidence().isMinted()) {
            attesting(KnownMessage.ATTESTING, Cure.HAND_IN);
        }
    }

    // ---------- the token that was sent

    /** The server's answer about this very token, if nothing that can be seen explains it. */
    private void unexplained(boolean dated, boolean tellsRefusals, boolean tellsExpiry) {
        boolean ends = token.time("exp").isPresent();
        boolean other = match.name().isPresent() && !match.name().equals(token.issuer());
        if (message == KnownMessage.TOKEN_EXPIRED && match.isOfCli() && !tellsRefusals) {
            String old = "By this machine's clock it has not expired; CLIs" + OF_EVERY_REFUSAL;
            boolean login = token.isMatched(Audience.USER) && !dated;
            add(Weight.UNKNOWN, old, login ? cure() : Cure.UPDATE_CLI);
        } else if (message == KnownMessage.TOKEN_EXPIRED && ends) {
            String clocks =
                    "By the server's clock it has expired or is not valid yet; by this machine's clock, neither."
                            + " One of the two clocks is wrong.";
            add(Weight.CERTAIN, clocks, Cure.SET_CLOCK);
        } else if (message.isSecondTry() && (other || (ends && !tellsExpiry))) {
            add(Weight.UNKNOWN, KnownMessage.SECRET, Cure.CHECK_CONTROL_PLANE);
            if (ends && !tellsExpiry) {
                String clock = "Whether it has expired by the server's clock; servers before v1.101.0 report that with"
                        + " this message.";
                add(Weight.UNKNOWN, clock);
            }
        } else if (message.isSecondTry() || message == KnownMessage.SIGNATURE_INVALID) {
            add(Weight.CERTAIN, KnownMessage.SIGNED, Cure.CHECK_CONTROL_PLANE, Stage.SIGNATURE);
        } else {
            add(Weight.CERTAIN, message.meaning, cure());
        }
    }

    // ---------- adding a cause

    /** What belongs to every answer about a token that was sent, and the order of its causes. */
    private void finish() {
        if (message.isOfKnownToken()) {
            add(Weight.RULED_OUT, "expiry or a wrong secret: the server knew whose token it was");
        }
        behind();
        // What is certain of a stage leaves nothing unknown of it.
        Collections.sort(causes);
        List<Optional<Stage>> certain = new ArrayList<>();
        for (Iterator<Cause> all = causes.iterator(); all.hasNext(); ) {
            Cause cause = all.next();
            if (cause.weight() == Weight.CERTAIN && cause.stage().isPresent()) {
                certain.add(cause.stage());
            } else if (cause.weight() == Weight.UNKNOWN && certain.contains(cause.stage())) {
                all.remove();
            }
        }
    }

    /** The faults that the server did not reach, in one line, unless a new token removes them as well. */
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
            if (at.isPresent() && finding.isError() && finding.isBehind(at.get())) {
                faults.add(finding.fault());
            }
        }
        if (!faults.isEmpty()) {
            add(Weight.ALSO_WRONG, Phrases.capitalized(String.join(", and ", faults)) + ", too.");
        }
    }

    /** @param secret how sure it is that the secret is a different one, if the message can mean only that */
    private void unseen(Weight secret, Cure cure) {
        Optional<String> unseen = message.unseen(kind);
        if (unseen.equals(Optional.of(KnownMessage.ATTESTING))) {
            attesting(unseen.get(), cure);
        } else if (unseen.isPresent()) {
            boolean only = message == KnownMessage.SIGNATURE_INVALID && !isFederated();
            Stage stage =
                    stages.get(stages.contains(Stage.SIGNATURE) ? stages.indexOf(Stage.SIGNATURE) : stages.size() - 1);
            add(only ? secret : Weight.UNKNOWN, unseen.get(), cure, stage);
        }
    }

    private void add(Weight weight, String sentence) {
        causes.add(new Cause(weight, sentence, Optional.empty()));
    }

    private void add(Weight weight, String sentence, Cure cure) {
        causes.add(new Cause(weight, sentence, Optional.of(cure)));
    }

    private void add(Weight weight, String sentence, Cure cure, Stage stage) {
        causes.add(new Cause(weight, sentence, Optional.of(cure), Optional.of(stage), Optional.empty()));
    }

    private Cure cure() {
        // A token that can be read is complete.
        boolean read = message == KnownMessage.TOKEN_INVALID && token.jwt().isPresent();
        Cure cure = read ? Cure.renewal(kind) : message.cure(kind);
        // What a token of a project may not do, one of the organization may.
        boolean narrow = token.api().isPresent() && !token.api().get().isOfOrganization();
        boolean wide = message == KnownMessage.OPERATION_NOT_ALLOWED || match.isOfContracts();
        return narrow && wide && !token.isOfInstance() ? Cure.WIDEN_SCOPE : cure;
    }

    /** What a token is limited to; and what the command names, if the log shows it: it may name only a run or a contract. */
    private String only(String token, String own) {
        String other = named(match.limited(), "");
        String names = other.isEmpty() ? "" : ", but the command names " + other;
        return token + " is for the " + match.limited() + " " + own + " only" + names + ".";
    }

    /** What the log's command names with an option. */
    private String named(String option, String otherwise) {
        String name = log.isPresent() ? log.get().named().getOrDefault(option, "") : "";
        return name.isEmpty() ? otherwise : Phrases.quoted(name);
    }

    private boolean isEmpty() {
        return log.isPresent() && log.get().variable() == LogFacts.Shown.EMPTY;
    }

    private boolean isFederated() {
        return kind.equals(Optional.of(Audience.GENERIC));
    }
}
