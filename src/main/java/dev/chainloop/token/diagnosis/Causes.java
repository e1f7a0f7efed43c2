package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cause.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Collects the causes of a message; many follow from what is seen of the token. */
final class Causes {
    private final Inspection inspection;
    private final Diagnosis diagnosis;
    private final MessageMatch match;
    private final Advice advice;

    /** Whether the message is the control plane's own answer about this very token. */
    private final boolean answer;

    private final List<Cause> causes = new ArrayList<>();
    private boolean hidden;
    private String remedy;

    Causes(Diagnosis diagnosis, MessageMatch match, boolean answer) {
        this.answer = answer;
        this.diagnosis = diagnosis;
        this.match = match;
        this.inspection = diagnosis.inspection();
        this.advice = new Advice(diagnosis.evidence());
        this.remedy = advice.renewal();
    }

    /** The advice for this environment. */
    Advice advice() {
        return advice;
    }

    Diagnosis diagnosis() {
        return diagnosis;
    }

    Inspection inspection() {
        return inspection;
    }

    /** The message whose causes these are. */
    MessageMatch match() {
        return match;
    }

    void certain(String sentence) {
        add(Weight.CERTAIN, sentence);
    }

    void likely(String sentence) {
        add(Weight.LIKELY, sentence);
    }

    /** Adds a cause that only the server knows, and tells when it is asked about the token. */
    void notVisible(String sentence) {
        hidden = true;
        add(Weight.NOT_VISIBLE, sentence);
    }

    /** Adds a cause that only the server knows, and that asking it about the token would not show. */
    void notAsked(String sentence) {
        add(Weight.NOT_VISIBLE, sentence);
    }

    /** Whether asking the server about the token can tell more. */
    boolean isHidden() {
        return hidden;
    }

    void ruledOut(String sentence) {
        add(Weight.RULED_OUT, sentence);
    }

    /** Adds that a different token was sent, and why: what the one here is or has. */
    void otherToken(String why) {
        if (answer) {
            ruledOut(Refusal.VERY_ONE);
            return;
        }
        likely("A different token was sent: the one here " + why + ".");
        remedy = advice.findOther();
    }

    private void add(Weight weight, String sentence) {
        causes.add(new Cause(weight, sentence));
    }

    /** Sets what to do, replacing what was set before. */
    void remedy(String sentence) {
        remedy = sentence;
    }

    /** Whether the remedy revokes an API token that others may be using. */
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

    /** Whether there is no token to compare the message with; then a cause says so. */
    boolean noToken() {
        switch (inspection.status()) {
            case NONE -> {
                add(Weight.NOT_VISIBLE, "There is no token here to compare the message with.");
                remedy = advice.findOther();
            }
            case MALFORMED -> {
                Fault fault = Objects.requireNonNull(inspection.fault());
                certain("What is sent is " + fault.message() + ".");
                remedy = fault.remedy();
            }
            case ERROR -> {
                add(Weight.NOT_VISIBLE, "The token cannot be read here, so the message cannot be compared with it.");
                remedy = Objects.requireNonNull(inspection.fault()).remedy();
            }
            case TYPED, UNRECOGNIZED -> {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the token here, or the lack of one, cannot have led to a message that only a genuine token gets; then a
     * cause says so.
     */
    boolean noGenuineToken() {
        if (inspection.status() == Status.MALFORMED) {
            otherToken("is not a JWT, and the server would have said so");
            return true;
        }
        if (inspection.expired().orElse(false)) {
            otherToken("has expired, and the server would have said so");
            return true;
        }
        return noToken();
    }

    /** Adds what follows from a message that only a genuine token gets: it has not expired and its signature is right. */
    void genuine() {
        boolean other =
                inspection.status() == Status.MALFORMED || inspection.expired().orElse(false);
        if (other) {
            noGenuineToken();
        } else {
            ruledOut("It has expired, or was signed with another secret: the server knew whose it is.");
        }
    }

    /** Adds the expiry as a cause; true when the token has expired. */
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

    /** Adds the findings of some rules as causes; true when there are any. */
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

    /** Adds the finding of a rule as a certain cause; true when there is one. */
    boolean seen(Rule rule) {
        for (Finding finding : diagnosis.findings()) {
            if (finding.rule() == rule) {
                certain(finding.message());
                return true;
            }
        }
        return false;
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
