package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cause.Weight;
import dev.chainloop.token.verification.Verification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The causes of a message as they are collected, many of them from what can be seen of the token at hand. */
final class Causes {
    private final Inspection inspection;
    private final Diagnosis diagnosis;
    private final Advice advice;
    private final List<Cause> causes = new ArrayList<>();
    private String remedy;

    Causes(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
        this.inspection = diagnosis.inspection();
        this.advice = new Advice(diagnosis.evidence());
        this.remedy = advice.renewal();
    }

    /** What can be done here. */
    Advice advice() {
        return advice;
    }

    void add(Weight weight, String sentence) {
        causes.add(new Cause(weight, sentence));
    }

    /** Says what to do, in place of what was to be done before. */
    void remedy(String sentence) {
        remedy = sentence;
    }

    String remedy() {
        return remedy;
    }

    /** The surest first. */
    List<Cause> sorted() {
        causes.sort(Comparator.comparing(Cause::weight));
        return causes;
    }

    /** Whether there is no token to hold the message against, which is then told. */
    boolean noToken() {
        switch (inspection.status()) {
            case NONE -> add(Weight.NOT_VISIBLE, "There is no token here to compare the message with.");
            case MALFORMED -> {
                add(Weight.CERTAIN, "What is sent is no token at all: it is not a JWT.");
                remedy = advice.renewal();
            }
            case ERROR ->
                add(Weight.NOT_VISIBLE, "The token cannot be read here, so the message cannot be held against it.");
            case TYPED, UNRECOGNIZED -> {
                return false;
            }
        }
        return true;
    }

    /** Makes a cause of the expiry; true when it has come. */
    boolean expiry(String why) {
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
    boolean findings(Rule... rules) {
        int before = causes.size();
        for (Finding finding : diagnosis.findings()) {
            if (Arrays.asList(rules).contains(finding.rule())) {
                add(finding.severity() == Severity.ERROR ? Weight.CERTAIN : Weight.LIKELY, finding.message());
            }
        }
        return causes.size() > before;
    }

    /** What the judgement on the signature says, if there was one; true when it leaves nothing open. */
    boolean signature() {
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

    void otherControlPlane() {
        add(Weight.LIKELY, "The command talked to another control plane than the one whose key was given here.");
        remedy = advice.controlPlane();
    }

    boolean isGenuine() {
        return inspection.verification().filter(Verification::isGenuine).isPresent();
    }

    Optional<String> issuer() {
        return inspection.decoded().flatMap(one -> one.claims().text("iss"));
    }

    Optional<Audience> matched() {
        return inspection.decoded().flatMap(one -> one.claims().matchedAudience());
    }

    boolean isKind(Audience audience) {
        return matched().equals(Optional.of(audience));
    }
}
