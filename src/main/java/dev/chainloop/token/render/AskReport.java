package dev.chainloop.token.render;

import dev.chainloop.token.controlplane.Answers;
import dev.chainloop.token.controlplane.Endpoint;
import dev.chainloop.token.controlplane.Reply;
import dev.chainloop.token.core.Spans;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.explain.Verdict;
import dev.chainloop.token.render.TokenJson.Members;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the control plane answered, for a person or as JSON. */
final class AskReport {
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern EMAIL = Pattern.compile("(?<![^\\s@\"'])[^\\s@\"']++@[^\\s@\"']+");
    private static final String REDACTED = "<redacted>";

    private AskReport() {}

    static String text(Diagnosis diagnosis, Verdict verdict, ViewOptions view) {
        Inspection inspection = diagnosis.inspection();
        TextLayout lines = new TextLayout(view);
        lines.line(headline(verdict, view));
        lines.blank();
        answers(verdict, view, lines);
        if (verdict.outcome() == Verdict.Outcome.NOT_ASKED) {
            lines.findings(List.of(), diagnosis.findings());
        } else {
            Headline.facts(lines, inspection, view);
        }
        enrolment(verdict, inspection, view, lines);
        lines.causes(verdict.causes());
        String clock = clock(verdict, inspection);
        if (!clock.isEmpty()) {
            lines.blank();
            lines.mark(Severity.WARNING, clock);
        }
        if (!verdict.notAsked().isEmpty()) {
            lines.blank();
            lines.paragraph("Not checked: " + String.join(", ", verdict.notAsked()) + ".");
        }
        for (String effect : verdict.sideEffects()) {
            lines.paragraph(effect);
        }
        return lines + PlanReport.text(verdict.plan(), view);
    }

    private static boolean isOutOfTime(Inspection inspection) {
        return inspection.expired().orElse(false)
                || inspection.at().isBefore(inspection.time("nbf").orElse(Instant.MIN));
    }

    private static String headline(Verdict verdict, ViewOptions view) {
        Palette palette = view.palette();
        if (verdict.outcome() == Verdict.Outcome.NOT_ASKED) {
            return "There is no token to ask " + Sanitizer.line(address(verdict)) + " about";
        }
        boolean accepted = verdict.outcome() == Verdict.Outcome.ACCEPTED;
        String where = " by " + Sanitizer.line(address(verdict));
        Instant at = Objects.requireNonNull(verdict.answers()).at();
        String but = verdict.refusal() == null ? "" : " for commands; " + palette.bad("refused") + " for attestations";
        return accepted
                ? palette.good("Accepted") + where + but
                : palette.bad("Refused") + where + " at " + Spans.rfc3339(at);
    }

    private static String address(Verdict verdict) {
        return Objects.requireNonNull(verdict.endpoint()).address().toString();
    }

    private static void answers(Verdict verdict, ViewOptions view, TextLayout lines) {
        Answers answers = Objects.requireNonNull(verdict.answers());
        @Nullable Reply refusal = verdict.refusal();
        if (refusal != null) {
            lines.fact("Message", refusal.message().isEmpty() ? "none" : redacted(refusal.message(), view));
            lines.fact("Reason", refusal.reason());
        }
        answers.identity().ifPresent(identity -> identity(identity, view, lines));
        for (Reply reply : answers.replies()) {
            String answer = reply.accepts() ? "accepted" : "code " + reply.code();
            lines.fact("Asked", reply.question().shortName() + ": " + answer);
        }
        for (Answers.Membership one : answers.memberships()) {
            String current = one.current() ? ", current)" : ")";
            lines.fact("Organization", one.organization() + " (" + one.role() + current);
        }
        lines.fact("", answers.further() > 0 ? "and " + answers.further() + " more" : null);
        if (verdict.outcome() == Verdict.Outcome.NOT_ASKED) {
            Endpoint endpoint = Objects.requireNonNull(verdict.endpoint());
            lines.fact("Control plane", endpoint.address() + " (" + endpoint.from() + ")");
            lines.fact("Login page", answers.loginPage());
        }
        lines.fact("TLS", answers.certificate().map(AskReport::certificate));
        lines.fact("Server", answers.version());
        lines.fact("Took", answers.took().toMillis() + " ms");
    }

    private static String certificate(X509Certificate one) {
        return "certificate until " + Spans.rfc3339(one.getNotAfter().toInstant()) + " by "
                + one.getIssuerX500Principal();
    }

    private static void identity(Answers.Identity identity, ViewOptions view, TextLayout lines) {
        lines.fact("User", view.redact() ? Optional.empty() : identity.name());
        lines.fact("E-mail", view.redact() ? Optional.empty() : identity.email());
        lines.fact("Rights", identity.admin() ? "instance administrator" : null);
        lines.fact("Works in", identity.current().map(one -> one.organization() + " (" + one.role() + ")"));
        lines.fact("Created", identity.created().map(Spans::rfc3339));
        lines.fact("API tokens", identity.inactivityDays().map(days -> "revoked after " + days + " days without use"));
        identity.broken().ifPresent(one -> {
            lines.fact("CAS backend", (view.redact() ? "" : one.name() + ", ") + one.provider() + ": not valid");
            lines.fact("", one.error().isEmpty() ? null : redacted(one.error(), view));
        });
    }

    /** What a repository is enrolled by. */
    private static void enrolment(Verdict verdict, Inspection inspection, ViewOptions view, TextLayout lines) {
        boolean missing = verdict.causes().stream().anyMatch(cause -> cause.cure() == Cure.ENROLL);
        @Nullable Token token = inspection.token();
        if (missing
                && inspection.decoded() != null
                && token != null
                && !token.audience().isIssuedByChainloop()) {
            lines.claim("Repository", token.repository());
            lines.claim("Owner", inspection.decoded().claims().text("repository_owner"));
            lines.claim("Owner's ID", view.redact() ? Optional.empty() : token.namespaceId());
            lines.claim("Branch", inspection.decoded().claims().text("ref"));
            lines.claim("Environment", inspection.decoded().claims().text("environment"));
        }
    }

    /** The server's words; redacted, without IDs and e-mail addresses. */
    private static String redacted(String words, ViewOptions view) {
        return view.redact()
                ? ID.matcher(EMAIL.matcher(words).replaceAll(REDACTED)).replaceAll(REDACTED)
                : words;
    }

    private static String clock(Verdict verdict, Inspection inspection) {
        @Nullable Duration ahead = verdict.clock();
        if (ahead == null) {
            return verdict.outcome() == Verdict.Outcome.ACCEPTED && isOutOfTime(inspection)
                    ? "By this machine's clock the token has expired or is not valid yet; the control plane accepts it"
                            + " all the same. Set this machine's clock."
                    : "";
        }
        return "The server's clock is " + Spans.length(ahead.abs().toSeconds())
                + (ahead.isNegative() ? " behind" : " ahead of")
                + " this machine's, and it judges an expiry by its own, to the second.";
    }

    static Members json(Verdict verdict, ViewOptions view) {
        Optional<Endpoint> endpoint = Optional.ofNullable(verdict.endpoint());
        Optional<Answers> answers = Optional.ofNullable(verdict.answers());
        Optional<Reply> refusal = Optional.ofNullable(verdict.refusal());
        @Nullable Fault fault = verdict.fault();
        Optional<Answers.Identity> identity = answers.flatMap(Answers::identity);
        return new Members()
                .with("outcome", verdict.outcome())
                .with("controlPlane", endpoint.map(one -> one.address().toString()))
                .with("controlPlaneFrom", endpoint.map(Endpoint::from))
                .with("plainText", endpoint.map(Endpoint::plainText))
                .with("askedAt", answers.map(Answers::at))
                .with("tookMilliseconds", answers.map(all -> all.took().toMillis()))
                .with("serverVersion", answers.flatMap(Answers::version))
                .with("loginPage", answers.flatMap(Answers::loginPage))
                .with("certificate", answers.flatMap(Answers::certificate).map(AskReport::certificate))
                .with("serverTime", answers.flatMap(Answers::serverTime))
                .with(
                        "clockDifferenceSeconds",
                        verdict.clock() == null ? null : verdict.clock().toSeconds())
                .with("code", refusal.map(reply -> (long) reply.code()))
                .with("message", refusal.map(reply -> redacted(reply.message(), view)))
                .with("reason", refusal.flatMap(Reply::reason))
                .with("calls", Members.list(answers.map(Answers::replies).orElse(List.of()), AskReport::call))
                .with(
                        "organizations",
                        Members.list(answers.map(Answers::memberships).orElse(List.of()), AskReport::organization))
                .with("furtherOrganizations", answers.map(all -> (long) all.further()))
                .with("identity", identity.filter(Answers.Identity::isUser).map(one -> identity(one, view)))
                .with("tokenCreatedAt", identity.flatMap(Answers.Identity::created))
                .with("inactivityDays", identity.flatMap(Answers.Identity::inactivityDays))
                .with("casBackend", identity.flatMap(Answers.Identity::broken).map(one -> casBackend(one, view)))
                .with("causes", Members.list(verdict.causes(), ExplainReport::cause))
                .with("notAsked", verdict.notAsked())
                .with("sideEffects", verdict.sideEffects())
                .with("error", fault == null ? null : TokenJson.error(fault));
    }

    private static Members call(Reply reply) {
        return new Members().with("name", reply.question().shortName()).with("accepted", reply.accepts());
    }

    private static Members identity(Answers.Identity user, ViewOptions view) {
        return new Members(view.redact())
                .withPrivate("id", user.id())
                .withPrivate("email", user.email())
                .withPrivate("name", user.name())
                .with("instanceAdmin", user.admin())
                .with("organization", user.current().map(Answers.Membership::organization))
                .with("role", user.current().map(Answers.Membership::role));
    }

    private static Members casBackend(Answers.CasBackend backend, ViewOptions view) {
        return new Members(view.redact())
                .withPrivate("name", backend.name())
                .with("provider", backend.provider())
                .with("error", redacted(backend.error(), view));
    }

    private static Members organization(Answers.Membership membership) {
        return new Members()
                .with("name", membership.organization())
                .with("role", membership.role())
                .with("current", membership.current());
    }
}
