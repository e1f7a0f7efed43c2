package dev.chainloop.token.explain;

import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.source.Place;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Weighs the causes in a message's row against what was seen of the token that may have caused it. */
final class Weighing {
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
        if (!row.isRefusal() || (status == Status.NONE && row.isOfMissingToken())) {
            weighFindings();
            return;
        }
        switch (status) {
            case NONE -> {
                addAbsence();
                row.causes.forEach(causes::add);
            }
            case ERROR ->
                causes.hidden(
                        "The token cannot be read here, so the message cannot be compared with it.", fault().cure());
            case MALFORMED -> weighMalformed();
            case TYPED, UNRECOGNIZED -> mismatch().ifPresentOrElse(causes::clear, this::weighFindings);
        }
    }

    /** Weighs the row where nothing is known of the token that was sent. */
    void weighWithoutToken(Place arose) {
        if (facts.inspection.status() == Status.NONE) {
            addAbsence();
        } else if (!row.isForeign()) {
            causes.clear(Alibi.because("is not the one that was sent from " + arose.title()));
            row.sent.apply(facts).ifPresent(causes::add);
        }
        for (Cause cause : row.causes) {
            boolean certain = cause.weight() == Weight.CERTAIN && row.isForAnyone();
            causes.add(certain ? new Cause(Weight.LIKELY, cause.sentence(), cause.cure()) : cause);
        }
    }

    /** Adds that the token here, which may be the one, was perhaps not the one that was sent from a place. */
    void doubt(Place arose) {
        causes.hidden("Whether the token here is the one that was sent from " + arose.title() + ".", null);
    }

    private void addAbsence() {
        causes.hidden("There is no token here to compare the message with.", null);
        absent = true;
        row.sent.apply(facts).ifPresent(causes::add);
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
        return row.only != null && !facts.isKind(row.only)
                ? Optional.of(Alibi.because("is not " + row.only.one()))
                : Optional.empty();
    }

    private void weighFindings() {
        addFindings();
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
            row.causes.forEach(causes::add);
        }
        if (row.isGenuine()) {
            causes.ruledOut("expiry or a wrong secret: the server knew whose token it was");
        }
    }

    private void addFindings() {
        for (Finding finding : facts.diagnosis.findings()) {
            // A copy that a person gave to be explained is not what was sent.
            boolean copy = finding.rule() == Rule.SIGNATURE_LEFT_OUT;
            if (row.rules.contains(finding.rule()) && (!copy || facts.lacksSignature())) {
                Weight weight = finding.severity() == Severity.ERROR || copy ? Weight.CERTAIN : Weight.LIKELY;
                causes.add(new Cause(weight, finding.message(), finding.cure()));
            }
        }
    }

    private Fault fault() {
        return Objects.requireNonNull(facts.inspection.fault());
    }
}
