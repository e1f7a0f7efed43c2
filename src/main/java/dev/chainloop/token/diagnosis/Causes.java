package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cause.Weight;
import dev.chainloop.token.verification.Verification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The causes of a message as they are collected, many of them from what can be seen of the token at hand. */
final class Causes {
    private final Inspection inspection;
    private final Diagnosis diagnosis;
    private final MessageMatch match;
    private final Advice advice;
    private final List<Cause> causes = new ArrayList<>();
    private String remedy;

    Causes(Diagnosis diagnosis, MessageMatch match) {
        this.diagnosis = diagnosis;
        this.match = match;
        this.inspection = diagnosis.inspection();
        this.advice = new Advice(diagnosis.evidence());
        this.remedy = advice.renewal();
    }

    /** What can be done here. */
    Advice advice() {
        return advice;
    }

    Diagnosis diagnosis() {
        return diagnosis;
    }

    Inspection inspection() {
        return inspection;
    }

    /** The message that they are the causes of. */
    MessageMatch match() {
        return match;
    }

    void certain(String sentence) {
        add(Weight.CERTAIN, sentence);
    }

    void likely(String sentence) {
        add(Weight.LIKELY, sentence);
    }

    void notVisible(String sentence) {
        add(Weight.NOT_VISIBLE, sentence);
    }

    void ruledOut(String sentence) {
        add(Weight.RULED_OUT, sentence);
    }

    /** The message cannot be about the token at hand, and why: a phrase. */
    void otherToken(String why) {
        likely("A different token was sent: the one here " + why + ".");
        remedy = advice.findOther();
    }

    private void add(Weight weight, String sentence) {
        causes.add(new Cause(weight, sentence));
    }

    /** Says what to do, in place of what was to be done before. */
    void remedy(String sentence) {
        remedy = sentence;
    }

    /** Whether what is to be done takes an API token away from all that use it. */
    boolean revokes() {
        return isKind(Audience.API_TOKEN) && remedy.equals(advice.renewal());
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
                certain("What is sent is not a token: it is not a JWT.");
                remedy = advice.renewal();
            }
            case ERROR ->
                add(Weight.NOT_VISIBLE, "The token cannot be read here, so the message cannot be compared with it.");
            case TYPED, UNRECOGNIZED -> {
                return false;
            }
        }
        return true;
    }

    /**
     * Says what follows from a message that only a genuine token gets: it is not expired and has the right signature, so the
     * token at hand is another one where that cannot be; true then.
     */
    boolean genuine() {
        if (inspection.status() == Status.MALFORMED) {
            return noToken();
        }
        if (inspection.expired().orElse(false)) {
            otherToken("has expired, and the server would have said so");
            return true;
        }
        ruledOut("It has expired, or was signed with another secret: the server knew whose it is.");
        return false;
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
                if (remedy.equals(advice.renewal()) && !inspection.expired().orElse(false)) {
                    // What is certain has a cure of its own, and a token that is only wrapped up needs no successor.
                    remedy = finding.remedy();
                }
                add(finding.severity() == Severity.ERROR ? Weight.CERTAIN : Weight.LIKELY, finding.message());
            }
        }
        return causes.size() > before;
    }

    /** Makes a certain cause of the finding of a rule; true when there is one. */
    boolean seen(Rule rule) {
        for (Finding finding : diagnosis.findings()) {
            if (finding.rule() == rule) {
                certain(finding.message());
                return true;
            }
        }
        return false;
    }

    /** What the judgement on the signature says, if there was one; true when it leaves nothing open. */
    boolean signature() {
        @Nullable Verification verification = inspection.verification();
        if (verification == null) {
            return false;
        }
        switch (verification.outcome()) {
            case GENUINE -> ruledOut("It was signed with another key: its signature matches the given key.");
            case MISMATCH ->
                add(
                        Weight.CERTAIN,
                        "It was not signed with the key given here: another installation signed it, the secret has"
                                + " been changed since, or the token was altered.");
            case REFUSED ->
                add(
                        Weight.NOT_VISIBLE,
                        "Its signature cannot be verified with the key given here. "
                                + verification.reason().orElse(""));
        }
        return verification.outcome() != Verification.Outcome.REFUSED;
    }

    void otherControlPlane() {
        likely("The command talked to another control plane than the one whose key was given here.");
        remedy = advice.controlPlane();
    }

    boolean isGenuine() {
        return inspection.verification() != null && inspection.verification().isGenuine();
    }

    Optional<String> issuer() {
        return inspection.decoded() != null ? inspection.decoded().claims().text("iss") : Optional.empty();
    }

    Optional<Audience> matched() {
        return inspection.decoded() != null ? inspection.decoded().claims().matchedAudience() : Optional.empty();
    }

    boolean isKind(Audience audience) {
        return matched().equals(Optional.of(audience));
    }
}
