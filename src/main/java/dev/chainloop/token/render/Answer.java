package dev.chainloop.token.render;

import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.check.Check;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Phrases;
import dev.chainloop.token.diagnosis.Redaction;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.explain.Explanation;
import dev.chainloop.token.explain.KnownMessage;
import dev.chainloop.token.explain.Layer;
import dev.chainloop.token.explain.MessageMatch;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a command says about a token, whatever the format.
 *
 * @param headline what is said first: a clause, in lower case unless it begins with a name, not yet sanitized
 * @param paragraphs sentences below the headline; {@code brief}: the same without the second sentences of findings
 * @param remarks all that is wrong, the worst first
 * @param part what the command adds to what is known of the token, for JSON: a {@link Check.Result}, {@link Explanation},
 *     {@link Verdict} or the {@link Evidence} of {@code sources}
 */
public record Answer(
        Diagnosis diagnosis,
        String headline,
        List<String> paragraphs,
        List<String> brief,
        List<Finding> remarks,
        List<List<Fact>> facts,
        Optional<Plan> plan,
        Optional<Object> part) {
    /** The severity of the worst remark; the least if there is none, or if that is not the question. */
    public Severity severity() {
        return remarks.isEmpty() ? Severity.INFO : remarks.get(0).severity();
    }

    /** The headline as a sentence begins; a message that is explained stays as it is. */
    String title() {
        return part.orElse(null) instanceof Explanation ? headline : Phrases.capitalized(headline);
    }

    public static Answer inspected(Diagnosis diagnosis, ViewOptions view) {
        List<Finding> remarks = remarks(diagnosis, List.of(), diagnosis.findings(), view);
        return of(diagnosis, "", remarks, Facts.of(diagnosis, view), Plan.of(diagnosis), Optional.empty(), view);
    }

    public static Answer checked(Diagnosis diagnosis, Check.Result result, ViewOptions view) {
        List<Finding> remarks = remarks(diagnosis, result.failures(), result.others(), view);
        boolean warned = !remarks.isEmpty() && remarks.get(0).severity() == Severity.WARNING;
        String verdict = !result.passed() ? "" : warned ? "the check passed, but " : "check passed: ";
        return of(diagnosis, verdict, remarks, Facts.of(diagnosis, view), result.plan(), Optional.of(result), view);
    }

    /** Every source, and which one is used. */
    public static Answer surveyed(Diagnosis diagnosis, ViewOptions view) {
        List<Finding> remarks = remarks(diagnosis, List.of(), diagnosis.findings(), view);
        Optional<SourceReading.Found> found = diagnosis.evidence().inputs().found();
        Optional<Object> part = Optional.of(diagnosis.evidence());
        Answer all = of(diagnosis, "", remarks, Facts.ofSources(diagnosis, view), Plan.of(diagnosis), part, view);
        if (found.isEmpty() || all.severity() != Severity.INFO) {
            return all;
        }
        String used = view.nameOf(found.get().origin()) + " is used";
        return new Answer(diagnosis, used, all.paragraphs, all.brief, all.remarks, all.facts, all.plan, part);
    }

    public static Answer explained(Explanation explanation, ViewOptions view) {
        Diagnosis diagnosis = explanation.diagnosis();
        List<String> paragraphs = new ArrayList<>();
        String headline;
        if (explanation.match().isPresent()) {
            MessageMatch match = explanation.match().get();
            headline = match.title();
            explanation.renewal().ifPresent(paragraphs::add);
            paragraphs.add(match.meaning());
        } else if (explanation.layer().isPresent()) {
            Layer layer = explanation.layer().get();
            headline = layer.title;
            String unknown = "This message itself is not known; `chainloop-token explain --list` shows those that are.";
            if (explanation.spoken().isEmpty()) {
                paragraphs.add(layer == Layer.PROGRESS ? "No line of the text reports an error." : unknown);
            }
        } else if (explanation.spoken().isPresent()) {
            headline = Phrases.quoted(explanation.spoken().get());
            paragraphs.add(
                    "This line of the CLI is not known here. When a token is refused, the CLI words it differently, so"
                            + " it is probably not about the token.");
        } else {
            headline = explanation.search().isBlank() ? "No message to explain" : "No known message";
            for (Finding finding : explanation.search().isBlank() ? List.<Finding>of() : diagnosis.findings()) {
                paragraphs.add("The token here: " + finding.headline() + ".");
            }
        }
        explanation.search().host().ifPresent(host -> paragraphs.add(0, host));
        if (explanation.isApart()) {
            Optional<String> spoken = explanation.spoken();
            headline = spoken.isPresent()
                    ? "Chainloop's own commands went well; another program failed"
                            + (spoken.get().isEmpty() ? "" : ": " + Phrases.quoted(spoken.get()))
                    : "Not about the token: " + explanation.layer().orElseThrow().title;
        }
        List<Fact> further = new ArrayList<>();
        Optional<Finding> error = explanation.isApart() ? diagnosis.firstError() : Optional.empty();
        if (error.isPresent() && error.get().id() != Rule.NO_TOKEN) {
            further.add(new Fact("Also", view.apply(Headline.said("the token here", error.get(), diagnosis.used()))));
        }
        for (MessageMatch other : explanation.further()) {
            String title = view.apply(other.title());
            further.add(new Fact("Also in the text", title + " (explain that by itself to see more)"));
        }
        boolean host =
                explanation.match().map(MessageMatch::message).equals(Optional.of(KnownMessage.ISSUER_NOT_FOUND));
        List<Fact> token = explanation.isAboutToken() ? Facts.inShort(diagnosis, host, view) : List.of();
        List<List<Fact>> facts = List.of(Facts.of(explanation.causes(), view), token, further);
        Optional<Object> part = Optional.of(explanation);
        return new Answer(diagnosis, headline, paragraphs, paragraphs, List.of(), facts, explanation.plan(), part)
                .shown(view);
    }

    public static Answer asked(Diagnosis diagnosis, Verdict verdict, ViewOptions view) {
        Optional<Finding> fault = verdict.fault();
        Optional<Object> part = Optional.of(verdict);
        Optional<Plan> plan = verdict.plan(diagnosis);
        if (verdict.outcome() == Verdict.Outcome.NOT_ASKED && fault.isEmpty()) {
            List<Finding> remarks = remarks(diagnosis, List.of(), diagnosis.findings(), view);
            List<List<Fact>> facts = Facts.of(diagnosis, view);
            return of(diagnosis, "nothing was asked, because ", remarks, facts, plan, part, view);
        }
        String host = verdict.host(diagnosis).map(Host::address).orElse("the control plane");
        List<Finding> remarks = new ArrayList<>();
        List<String> paragraphs = new ArrayList<>();
        String headline = Headline.ofUsed(diagnosis, view);
        switch (verdict.outcome()) {
            case ACCEPTED -> {
                headline = "accepted by " + host + ": " + headline;
                paragraphs.add(
                        "Not checked: whether its organization is suspended, whether the user is on the allow-list,"
                                + " and what it may do.");
                if (diagnosis.expired().isPresent()
                        || diagnosis.finding(Rule.NOT_YET_VALID).isPresent()) {
                    headline = "by this machine's clock the token has expired or is not valid yet, but the control"
                            + " plane accepts it";
                    List<String> remedy = List.of("Set this machine's clock.");
                    paragraphs.addAll(remedy);
                    remarks.add(new Finding(
                            Fault.ASK, Severity.WARNING, Optional.empty(), headline, remedy, Optional.empty()));
                }
            }
            case REFUSED -> {
                headline = "refused by " + host + ": " + headline;
                // They may name a person or an ID.
                String words = Redaction.of(": " + verdict.message().orElse(""), "");
                String[] first =
                        verdict.causes().stream().limit(1).map(Cause::sentence).toArray(String[]::new);
                remarks.add(Finding.error(Fault.ASK, "the control plane refuses it" + words, Optional.empty(), first));
            }
            case UNREACHABLE, NOT_ASKED -> {
                headline = verdict.outcome() == Verdict.Outcome.NOT_ASKED
                        ? fault.orElseThrow().headline()
                        : "no answer from " + host
                                + fault.map(one -> ": " + one.headline()).orElse("");
                remarks.add(Finding.error(Fault.ASK, headline, Optional.empty()));
                fault.ifPresent(one -> paragraphs.addAll(one.more()));
            }
        }
        verdict.sideEffects(diagnosis.used()).ifPresent(paragraphs::add);
        List<List<Fact>> facts = Facts.of(verdict, diagnosis, view);
        return new Answer(diagnosis, headline, paragraphs, paragraphs, remarks, facts, plan, part).shown(view);
    }

    private static Answer of(
            Diagnosis diagnosis,
            String verdict,
            List<Finding> remarks,
            List<List<Fact>> facts,
            Optional<Plan> plan,
            Optional<Object> part,
            ViewOptions view) {
        Headline headline = Headline.of(diagnosis, remarks, view);
        List<String> paragraphs = new ArrayList<>();
        List<String> brief = new ArrayList<>();
        if (!headline.more().isEmpty()) {
            paragraphs.add(String.join(" ", headline.more()));
        }
        for (Finding one : headline.rest()) {
            paragraphs.add(one.message());
            brief.add(Phrases.capitalized(one.headline()) + ".");
        }
        Optional<Diagnosis> contained = diagnosis.contained();
        if (contained.isPresent()) {
            brief = paragraphs;
            paragraphs.add(
                    "The token in it: " + Headline.ofToken(contained.get().used(), view) + ".");
            for (Finding finding : contained.get().findings()) {
                if (finding.isError() && finding.id() != Rule.EXPIRED) {
                    paragraphs.add(finding.message());
                }
            }
        }
        return new Answer(diagnosis, verdict + headline.text(), paragraphs, brief, remarks, facts, plan, part)
                .shown(view);
    }

    /** The same as it is shown: each of its texts without what this view's reader must not see; facts are so already. */
    private Answer shown(ViewOptions view) {
        List<Finding> findings = new ArrayList<>();
        for (Finding one : remarks) {
            findings.add(one.shown(view));
        }
        List<String> sentences = new ArrayList<>(paragraphs);
        sentences.replaceAll(view);
        List<String> fewer = new ArrayList<>(brief);
        fewer.replaceAll(view);
        Optional<Plan> steps = plan.isEmpty() ? plan : Optional.of(plan.get().shown(view));
        return new Answer(diagnosis, view.apply(headline), sentences, fewer, findings, facts, steps, part);
    }

    private static List<Finding> remarks(
            Diagnosis diagnosis, List<Check.Failure> failures, List<Finding> findings, ViewOptions view) {
        List<Finding> remarks = new ArrayList<>();
        Optional<Finding> trouble = diagnosis.used().trouble();
        if (trouble.isPresent()) {
            Optional<Origin> origin = diagnosis.used().origin();
            boolean named = origin.isPresent() && origin.get().kind() != SourceKind.STDIN;
            String where = named ? view.nameOf(origin.get()) + ": " : "";
            Finding one = trouble.get();
            remarks.add(Finding.error(
                    one.id(), where + one.headline(), one.cure(), one.more().toArray(new String[0])));
        }
        for (Check.Failure failure : failures) {
            if (trouble.isEmpty() || failure.expectation() != Check.Expectation.TOKEN) { // The trouble says why.
                remarks.add(failure.finding());
            }
        }
        remarks.addAll(findings);
        return remarks;
    }

    /**
     * The errors, or the warnings if there is none, and the first thing to do, as one line for a log that has nothing else.
     *
     * @param option without which there would be an answer
     */
    public String line(String option, ViewOptions view) {
        List<Finding> told = new ArrayList<>(remarks);
        told.removeIf(one -> one.severity() != severity());
        Answer answer = of(diagnosis, "", told, List.of(), plan, Optional.empty(), view);
        List<String> sentences = new ArrayList<>(List.of(answer.headline + "."));
        sentences.addAll(answer.paragraphs);
        plan.ifPresent(steps -> sentences.add(PlanReport.first(steps, "the answer without " + option)));
        return String.join(" ", sentences);
    }
}
