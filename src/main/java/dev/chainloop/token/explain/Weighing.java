package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Detail;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.PlaceName;
import dev.chainloop.token.source.Scene;
import dev.chainloop.token.source.SourceKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Weighs the causes in a message's row against what was seen of the token that may have caused it. */
final class Weighing {
    /** What tells why the token of a command is not where it is looked for. */
    private static final List<Rule> ABOUT_PLACE = List.of(Rule.CONFIG_ELSEWHERE, Rule.CONFIG_MID_WRITE);

    private final Row row;
    private final Facts facts;
    private final Causes causes = new Causes();

    /** Whether there is no token here to compare the message with. */
    private boolean absent;

    Weighing(Row row, Facts facts) {
        this.row = row;
        this.facts = facts;
    }

    /** The causes and what clears the token here, the surest first. */
    List<Cause> told() {
        return causes.told();
    }

    /** The causes without what clears the token here. */
    List<Cause> found() {
        return causes.found();
    }

    boolean isCertain() {
        return causes.isCertain();
    }

    /** Whether something shows that the token here did not cause the message. */
    boolean isCleared() {
        return causes.isCleared();
    }

    /** Whether no token is here to compare the message with. */
    boolean isAbsent() {
        return absent;
    }

    /** Whether the token that was sent is of a kind, as far as that is known. */
    boolean isOf(Audience kind) {
        return (facts.isRequested() || !isAboutAnother()) && facts.isKind(kind);
    }

    /** Adds what is told before the causes. */
    void addFirst(Cause cause) {
        causes.addFirst(cause);
    }

    /** Whether the message is about a token that is not here. */
    boolean isAboutAnother() {
        return absent || causes.isCleared();
    }

    /** Whether the message may be about the token here, so that the server can be asked. */
    boolean isAboutToken() {
        return !isAboutAnother() && facts.hasToken();
    }

    /** Weighs the row against the token here. */
    void weigh() {
        Status status = facts.inspection.status();
        Optional<Alibi> alibi = row.isRefusal() ? facts.testimony.alibi(facts.diagnosis) : Optional.empty();
        if (alibi.isPresent()) {
            weighWithout(alibi.get());
            return;
        }
        boolean missing = status == Status.NONE && row.isOfMissingToken() && !facts.testimony.isSentForSure();
        if (!row.isRefusal() || missing) {
            weighFindings();
            return;
        }
        switch (status) {
            case NONE -> weighAbsence();
            case ERROR ->
                causes.hidden(
                        "The token cannot be read here, so the message cannot be compared with it.", fault().cure());
            case MALFORMED -> weighMalformed();
            case TYPED, UNRECOGNIZED -> mismatch().ifPresentOrElse(causes::clear, this::weighFindings);
        }
    }

    /** Weighs the row where nothing is known of the token that was sent. */
    void weighWithoutToken(Scene arose) {
        boolean none = facts.inspection.status() == Status.NONE;
        boolean onMachine = arose.isOnMachine(facts.evidence.surroundings());
        if (!none && row.isOfMissingToken() && !facts.testimony.isSentForSure()) {
            weighUnsent(arose, onMachine);
            return;
        }
        if (!none && !row.isForeign() && !mayHaveBeenSent(onMachine)) {
            weighWithout(facts.testimony.alibi(facts.diagnosis).orElse(unsent(arose)));
            return;
        }
        absent = true;
        if (none && !row.isForeign()) {
            addAbsence();
            addEmpty();
            addWithheld(arose);
        } else {
            addDoubt(arose, onMachine);
        }
        if (row.isForeign()) {
            row.weigher.accept(facts, causes);
        }
        addUncertain();
        if (facts.testimony.isRequested() && row.isRefusal()) {
            row.causeByKind(facts).ifPresent(causes::add);
        }
    }

    /** Adds how far the token here may be the one that was sent. */
    private void addDoubt(Scene arose, boolean onMachine) {
        if (isUnlikeExpired()) {
            causes.likely(
                    "Another token was sent from " + arose.title()
                            + ", as the one here has not expired; only CLIs before"
                            + " v1.89.7 say this of every refusal.",
                    null);
            return;
        }
        if (!row.isForeign()) {
            doubt(arose);
            addFindings(onMachine ? row.rules : ofExpiry(), Weight.LIKELY);
        }
        row.sent.apply(facts).ifPresent(causes::add);
    }

    /** Whether the message tells of an expiry, and the token here has not expired. */
    private boolean isUnlikeExpired() {
        return row == KnownMessage.TOKEN_EXPIRED.row()
                && facts.hasToken()
                && facts.diagnosis.findings().stream().noneMatch(finding -> row.rules.contains(finding.rule()));
    }

    /** Whether only an expiry makes the server say so: older CLIs put one of these messages in the place of any refusal. */
    private boolean isOfExpiryOnly() {
        return !facts.says("authentication") || facts.testimony.tellsReasons();
    }

    /** An expiry of which both the message and the token here tell is hardly a coincidence. */
    private List<Rule> ofExpiry() {
        return row.rules.stream().filter(Rule.EXPIRED::equals).toList();
    }

    /** Weighs the row for a token here, where none was sent from a place: not even this one. */
    private void weighUnsent(Scene arose, boolean onMachine) {
        weighWithout(new Alibi("the token here: none was sent from " + arose.title()));
        Optional<Cause> lost = facts.lostOnTheWay();
        if (lost.isPresent()) {
            causes.add(lost.get());
            return;
        }
        addEmpty();
        addWithheld(arose);
        boolean started = !arose.place().isAttended() && row.cure == Cure.HAND_IN && !row.reason;
        if (!started || !facts.inspection.isFrom(SourceKind.ENVIRONMENT)) {
            return;
        }
        if (onMachine) {
            boolean usable = facts.isKind(Audience.API_TOKEN)
                    && facts.diagnosis.firstError().isEmpty();
            causes.certain(
                    "What runs there does not inherit the variables of this shell, in which $CHAINLOOP_TOKEN is set.",
                    usable ? Cure.HAND_ON_TOKEN : null);
        } else if (!arose.place().unlikeShell().isEmpty()) {
            causes.likely(arose.place().unlikeShell(), null);
        }
    }

    /** Adds that the variable was handed over, as the text shows, but had no value. */
    private void addEmpty() {
        if (row.isOfMissingToken() && facts.testimony.tells(Detail.EMPTY_VARIABLE)) {
            causes.addFirst(new Cause(
                    Weight.CERTAIN, "The text shows that the command got $CHAINLOOP_TOKEN, but empty.", null));
        }
    }

    /** Adds that a CI system gives a job for a proposed change fewer secrets. */
    private void addWithheld(Scene arose) {
        String withheld = arose.place().withheld();
        if (arose.names().containsKey(PlaceName.CHANGE) && !withheld.isEmpty() && row.cure == Cure.HAND_IN) {
            String change = arose.place() == Place.GITLAB ? "merge" : "pull";
            causes.likely("This job ran for a " + change + " request: " + withheld + ".", null);
        }
    }

    private Alibi unsent(Scene arose) {
        return isUnlikeExpired() && !facts.inspection.isFrom(SourceKind.CONFIG)
                ? Alibi.because("has not expired, as the server says of the one that was sent")
                : Alibi.because("is not the one that was sent from " + arose.title());
    }

    /** Whether the token here may also be where the text is from: a login stays on its machine, and all else is told. */
    private boolean mayHaveBeenSent(boolean onMachine) {
        boolean canGet = row.only == null || facts.isKind(row.only);
        return canGet
                && facts.hasToken()
                && !(isUnlikeExpired() && isOfExpiryOnly())
                && (onMachine || !facts.inspection.isFrom(SourceKind.CONFIG))
                && facts.testimony.alibi(facts.diagnosis).isEmpty();
    }

    /** Weighs the row for a token that is not the one here. */
    private void weighWithout(Alibi alibi) {
        causes.clear(alibi);
        row.sent.apply(facts).ifPresent(causes::add);
        addUncertain();
        if (facts.isRequested()) {
            row.causeByKind(facts).ifPresent(causes::add);
        }
    }

    /** Adds the causes whatever token was sent; of one that may lack something else, they are not certain. */
    private void addUncertain() {
        for (Cause cause : row.causes) {
            boolean certain = cause.weight() == Weight.CERTAIN && row.isForAnyone();
            causes.add(certain ? new Cause(Weight.LIKELY, cause.sentence(), cause.cure()) : withRole(cause));
        }
    }

    /** What the text shows is visible here. */
    private Cause withRole(Cause cause) {
        String role = facts.detail(Detail.ROLE);
        return !row.ofRole || !cause.equals(Row.ROLES) || role.isEmpty()
                ? cause
                : new Cause(
                        Weight.LIKELY,
                        "The text shows the user's role, `" + role + "`, which does not allow it.",
                        null);
    }

    /** Adds that the token here, which may be the one, was perhaps not the one that was sent from a place. */
    void doubt(Scene arose) {
        causes.hidden(
                "Whether the token here is the one that was sent"
                        + (arose.place() == Place.ELSEWHERE ? "." : " from " + arose.title() + "."),
                null);
    }

    private void weighAbsence() {
        Optional<Alibi> alibi = facts.isRequested() ? mismatch() : Optional.empty();
        if (alibi.isPresent()) {
            causes.clear(new Alibi("the job's own federated token: the message is about a different kind"));
        } else {
            addAbsence();
        }
        if (!facts.isRequested() && facts.testimony.sent().isEmpty()) {
            addFindings(ABOUT_PLACE, Weight.LIKELY);
        } else if (facts.isRequested() && alibi.isEmpty()) {
            row.weigher.accept(facts, causes);
            row.causeByKind(facts).ifPresent(causes::add);
        }
        row.causes.forEach(cause -> causes.add(withRole(cause)));
    }

    /** What is known of a token that is not here: why it is not, and what the text says of it. */
    private void addAbsence() {
        absent = true;
        // Why the login was sent is told, too.
        boolean named = facts.namesProvider() && facts.testimony.isRequested();
        if (!named && (!row.isRefusal() || !facts.testimony.ignoresVariable())) {
            Cause absence = new Cause(Weight.NOT_VISIBLE, "The token of the failed command" + whyAbsent() + ".", null);
            // A person may take the token here, or the lack of one, for that of a command elsewhere.
            if (facts.evidence.surroundings().place().isAttended()
                    || facts.testimony.sent().isPresent()) {
                causes.addFirst(absence);
            } else {
                causes.add(absence);
            }
        }
        row.sent.apply(facts).ifPresent(causes::add);
    }

    private String whyAbsent() {
        return facts.isRequested()
                ? ": the CLI requests a federated one. Only attestation commands (`attestation init`, `add`, `push`,"
                        + " `status`, `reset`) send it; GitHub's lives for five minutes, GitLab's as long as its job may run;"
                        + " and a self-hosted open-source control plane accepts none"
                : facts.testimony
                        .phrase()
                        .map(sent -> ": it sent " + sent)
                        .orElse(". There is none here to compare the message with" + facts.evidence.whyNone());
    }

    private void weighMalformed() {
        if (row.faulty.test(facts)) {
            causes.certain("What is sent " + row.fault + "is " + fault().message() + ".", fault().cure());
        } else {
            causes.clear(Alibi.because("is not a JWT, and the server would have said so"));
        }
    }

    /** Why the token here cannot get the message at all. */
    private Optional<Alibi> mismatch() {
        if (row.isGenuine() && facts.isExpired()) {
            return Optional.of(Alibi.because("has expired, and the server would have said so"));
        }
        if (row.isGenuine() && facts.isWrapped()) {
            return Optional.of(Alibi.because("stands among other things, and the server would have refused those"));
        }
        if (row.isGenuine() && facts.lacksSignature()) {
            return Optional.of(Alibi.because("has no whole signature, and the server would have said so"));
        }
        if (row.isGenuine() && facts.isRefused()) {
            return Optional.of(Alibi.because("has an error for which the server would have refused it before"));
        }
        return row.only != null && !facts.isKind(row.only)
                ? Optional.of(Alibi.because("is not " + row.only.one()))
                : Optional.empty();
    }

    private void weighFindings() {
        addFindings(row.rules, Weight.CERTAIN);
        boolean found = !causes.isEmpty();
        row.alibi(facts, found).ifPresentOrElse(causes::clear, () -> weighRow(found));
    }

    private void weighRow(boolean found) {
        row.weigher.accept(facts, causes);
        if (causes.isCleared()) {
            return;
        }
        // A refusal for what was found needs no further cause.
        if (!found || !row.isForAnyone()) {
            row.causeByKind(facts).ifPresent(causes::add);
            row.causes.forEach(cause -> causes.add(withRole(cause)));
        }
        // Chainloop cannot have signed another issuer's token, which it only reads.
        boolean foreign = facts.diagnosis.inspection().decoded() != null
                && !facts.diagnosis
                        .inspection()
                        .decoded()
                        .algorithm()
                        .orElse("HS256")
                        .startsWith("HS");
        if (row.isGenuine() && !foreign) {
            causes.ruledOut("expiry or a wrong secret: the server knew whose token it was");
        }
    }

    /** @param ofErrors the weight of errors; warnings are only likely */
    private void addFindings(List<Rule> rules, Weight ofErrors) {
        for (Finding finding : facts.diagnosis.findings()) {
            // A copy that a person gave to be explained is not what was sent.
            boolean copy = finding.rule() == Rule.SIGNATURE_LEFT_OUT;
            if (rules.contains(finding.rule()) && (!copy || facts.lacksSignature())) {
                Weight weight = finding.severity() == Severity.ERROR || copy ? ofErrors : Weight.LIKELY;
                causes.add(new Cause(weight, finding.message(), finding.cure()));
            }
        }
    }

    private Fault fault() {
        return Objects.requireNonNull(facts.inspection.fault());
    }
}
