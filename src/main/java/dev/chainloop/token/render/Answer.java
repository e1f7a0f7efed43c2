package dev.chainloop.token.render;

import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.check.Check;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.explain.Explanation;
import dev.chainloop.token.explain.Layer;
import dev.chainloop.token.explain.MessageMatch;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a command says about a token, whatever the format.
 *
 * @param headline what is said first, not yet sanitized
 * @param paragraphs sentences below the headline
 * @param remarks all that is wrong, the worst first
 * @param facts rows in groups
 * @param plan what to do
 * @param part what the command adds to what is known of the token, for JSON: a {@link Check.Result}, {@link Survey}, {@link
 *     Explanation} or {@link Verdict}; {@code null} for nothing
 */
public record Answer(
        Diagnosis diagnosis,
        String headline,
        List<String> paragraphs,
        List<Remark> remarks,
        List<List<Fact>> facts,
        Optional<Plan> plan,
        @Nullable Object part) {
    /** Of the worst that is wrong; empty if nothing is, or if that is not the question. */
    Optional<Severity> severity() {
        return remarks.isEmpty() ? Optional.empty() : Optional.of(remarks.get(0).severity());
    }

    /** What a token is, and what is wrong with it. */
    public static Answer inspected(Diagnosis diagnosis, Optional<Plan> plan, ViewOptions view) {
        List<Remark> remarks = remarks(diagnosis, List.of(), diagnosis.findings(), view);
        Headline headline = Headline.of(diagnosis.inspection(), remarks, view);
        return of(diagnosis, "", headline, remarks, Facts.of(diagnosis, view), plan, null, view);
    }

    /** Whether it meets expectations. */
    public static Answer checked(Diagnosis diagnosis, Check.Result result, Optional<Plan> plan, ViewOptions view) {
        List<Remark> remarks = remarks(diagnosis, result.failures(), result.others(), view);
        Headline headline = Headline.of(diagnosis.inspection(), remarks, view);
        String verdict = result.passed() ? "Check passed: " : "Check failed: ";
        return of(diagnosis, verdict, headline, remarks, Facts.of(diagnosis, view), plan, result, view);
    }

    /** Every source, and which one is used. */
    public static Answer surveyed(Survey survey, Optional<Plan> plan, ViewOptions view) {
        Diagnosis diagnosis = survey.diagnosis();
        List<Remark> remarks = remarks(diagnosis, List.of(), diagnosis.findings(), view);
        boolean used = survey.used().isPresent();
        Headline headline = used
                ? new Headline(view.nameOf(survey.used().orElseThrow().origin()) + " is used", "", remarks)
                : Headline.of(diagnosis.inspection(), remarks, view);
        return of(diagnosis, "", headline, remarks, Facts.of(survey, view), plan, survey, view);
    }

    /** What a message means for the token. */
    public static Answer explained(Explanation explanation, ViewOptions view) {
        Diagnosis diagnosis = explanation.diagnosis();
        List<String> paragraphs = new ArrayList<>();
        String headline;
        String id = "";
        if (explanation.match().isPresent()) {
            MessageMatch match = explanation.match().get();
            headline = match.title();
            id = match.message().word();
            paragraphs.add(explanation.renewal());
            paragraphs.add(match.meaning());
            paragraphs.removeIf(String::isEmpty);
        } else if (explanation.layer().isPresent()) {
            Layer layer = explanation.layer().get();
            headline = layer.title();
            paragraphs.add(
                    layer == Layer.PROGRESS
                            ? "No line of the text reports an error."
                            : "The message itself is not known here; `chainloop-token explain --list` lists those that"
                                    + " are.");
        } else {
            headline = explanation.empty() ? "No message to explain" : "No known message";
            for (Finding finding : explanation.empty() ? List.<Finding>of() : diagnosis.findings()) {
                paragraphs.add(finding.message());
            }
        }
        if (explanation.isApart()) {
            headline =
                    "Not about the token: " + explanation.layer().orElseThrow().title();
        }
        List<Fact> further = new ArrayList<>();
        Optional<Finding> error = explanation.isApart() ? diagnosis.firstError() : Optional.empty();
        if (error.isPresent() && error.get().rule() != Rule.NO_TOKEN) {
            String sentence = error.get().message();
            boolean it = sentence.startsWith("It ");
            String state = it ? sentence.substring(2) : ": " + Headline.continued(sentence);
            further.add(new Fact("Also", "the token here" + state));
        }
        for (MessageMatch other : explanation.further()) {
            further.add(new Fact("Also in the text", other.title() + " (explain that by itself to see more)"));
        }
        List<Fact> token = explanation.isAboutToken() ? Facts.inShort(diagnosis, id, view) : List.of();
        return new Answer(
                diagnosis,
                headline,
                paragraphs,
                List.of(),
                List.of(Facts.of(explanation.causes()), token, further),
                explanation.plan(),
                explanation);
    }

    /** What the control plane says of it. */
    public static Answer asked(Diagnosis diagnosis, Verdict verdict, ViewOptions view) {
        @Nullable Fault fault = verdict.fault();
        if (verdict.outcome() == Verdict.Outcome.NOT_ASKED && fault == null) {
            List<Remark> remarks = remarks(diagnosis, List.of(), diagnosis.findings(), view);
            Headline headline = Headline.of(diagnosis.inspection(), remarks, view);
            List<List<Fact>> facts = Facts.of(diagnosis, view);
            return of(diagnosis, "Nothing was asked: ", headline, remarks, facts, verdict.plan(), verdict, view);
        }
        String host = verdict.host().map(Host::address).orElse("the control plane");
        List<Remark> remarks = new ArrayList<>();
        List<String> paragraphs = new ArrayList<>();
        String headline = Headline.continued(Headline.ofToken(diagnosis.inspection(), view));
        switch (verdict.outcome()) {
            case ACCEPTED -> {
                headline = "Accepted by " + host + ": " + headline;
                paragraphs.add("Not checked: whether its organization is suspended, the allow-list, what it may do.");
                if (Facts.isOutOfTime(diagnosis.inspection())) {
                    Remark clock = new Remark(
                            Severity.WARNING,
                            "ask",
                            "By this machine's clock the token has expired or is not valid yet; the control plane accepts"
                                    + " it all the same",
                            "Set this machine's clock.");
                    remarks.add(clock);
                    paragraphs.add(clock.message());
                }
            }
            case REFUSED -> {
                headline = "Refused by " + host + ": " + headline;
                // They may name a person or an ID.
                String words = view.redact() ? "" : ": " + verdict.message();
                String cause = verdict.causes().isEmpty()
                        ? ""
                        : verdict.causes().get(0).sentence();
                remarks.add(new Remark(Severity.ERROR, "ask", "The control plane refuses it" + words, cause));
            }
            case UNREACHABLE, NOT_ASKED -> {
                String message = fault == null ? "" : fault.message();
                headline = "No answer from " + host + (message.isEmpty() ? "" : ": " + message);
                remarks.add(new Remark(Severity.ERROR, "ask", headline, ""));
                paragraphs.add(fault == null ? "" : fault.remedy());
            }
        }
        if (verdict.sideEffects() != null) {
            paragraphs.add(verdict.sideEffects());
        }
        paragraphs.removeIf(String::isEmpty);
        return new Answer(
                diagnosis, headline, paragraphs, remarks, Facts.of(verdict, diagnosis, view), verdict.plan(), verdict);
    }

    private static Answer of(
            Diagnosis diagnosis,
            String verdict,
            Headline headline,
            List<Remark> remarks,
            List<List<Fact>> facts,
            Optional<Plan> plan,
            @Nullable Object part,
            ViewOptions view) {
        List<String> paragraphs = new ArrayList<>();
        if (!headline.more().isEmpty()) {
            paragraphs.add(headline.more());
        }
        for (Remark one : headline.rest()) {
            paragraphs.add(one.message());
        }
        Optional<Diagnosis> contained = diagnosis.contained();
        if (contained.isPresent()) {
            paragraphs.add("Without it, it is: "
                    + Headline.continued(Headline.ofToken(contained.get().inspection(), view))
                    + ".");
            for (Finding finding : contained.get().findings()) {
                if (finding.severity() == Severity.ERROR && finding.rule() != Rule.EXPIRED) {
                    paragraphs.add(finding.message());
                }
            }
        }
        String text = verdict.isEmpty() ? headline.text() : verdict + Headline.continued(headline.text());
        return new Answer(diagnosis, text, paragraphs, remarks, facts, plan, part);
    }

    private static List<Remark> remarks(
            Diagnosis diagnosis, List<Check.Failure> failures, List<Finding> findings, ViewOptions view) {
        List<Remark> remarks = new ArrayList<>();
        @Nullable Fault fault = diagnosis.inspection().fault();
        if (fault != null) {
            @Nullable Origin origin = diagnosis.inspection().origin();
            String where = origin == null ? "" : view.nameOf(origin) + ": ";
            remarks.add(new Remark(Severity.ERROR, fault.code(), where + fault.message(), fault.remedy()));
        }
        for (Check.Failure failure : failures) {
            if (fault == null || !failure.expectation().equals("token")) { // A fault says why.
                boolean found = failure.expectation().equals("findings");
                String id = found ? failure.actual().orElseThrow() : failure.expectation();
                remarks.add(new Remark(Severity.ERROR, id, failure.headline(), failure.more()));
            }
        }
        for (Finding finding : findings) {
            remarks.add(new Remark(finding.severity(), finding.rule().word(), finding.headline(), finding.more()));
        }
        return remarks;
    }

    /** The sentences of the errors of a check, for the log of a job that prints nothing else. */
    public static List<String> errors(Diagnosis diagnosis, Check.Result result, ViewOptions view) {
        List<String> errors = new ArrayList<>();
        for (Remark remark : remarks(diagnosis, result.failures(), result.others(), view)) {
            if (remark.isError()) {
                errors.add(remark.message());
            }
        }
        return errors;
    }
}
