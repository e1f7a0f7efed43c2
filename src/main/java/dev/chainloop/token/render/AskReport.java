package dev.chainloop.token.render;

import dev.chainloop.token.ask.Identity;
import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.render.TokenJson.Members;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Host;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the control plane answered through the Chainloop CLI, for a person or as JSON. */
final class AskReport {
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern EMAIL = Pattern.compile("(?<![^\\s@\"'])[^\\s@\"']++@[^\\s@\"']+");
    private static final String REDACTED = "<redacted>";
    private static final String NOT_VISIBLE = "not visible";

    private AskReport() {}

    static String text(Diagnosis diagnosis, Verdict verdict, ViewOptions view) {
        Inspection inspection = diagnosis.inspection();
        TextLayout lines = new TextLayout(view);
        lines.line(headline(verdict, view));
        lines.blank();
        lines.fact("Message", redacted(verdict.message(), view));
        if (verdict.identity() != null) {
            identity(verdict.identity(), inspection, view, lines);
        }
        Headline.facts(lines, inspection, view);
        Verdict.@Nullable Program program = verdict.program();
        if (program != null) {
            lines.fact(
                    "Asked with", path(program, view) + " " + program.version().orElse("(version unknown)"));
            lines.fact("Server", program.server().orElse("version unknown"));
        }
        if (verdict.outcome() == Verdict.Outcome.REFUSED) {
            lines.causes(verdict.causes());
        }
        if (verdict.outcome() == Verdict.Outcome.ACCEPTED) {
            lines.blank();
            if (isOutOfTime(inspection)) {
                lines.mark(
                        Severity.WARNING,
                        "By this machine's clock the token has expired or is not valid yet; the control plane accepts it"
                                + " all the same. Set this machine's clock.");
            }
            lines.paragraph("Not checked: whether its organization is suspended, the allow-list, what it may do.");
        } else if (verdict.sideEffects() != null) {
            lines.blank();
        }
        if (verdict.sideEffects() != null) {
            lines.paragraph(verdict.sideEffects());
        }
        return lines + PlanReport.text(verdict.plan(), view);
    }

    private static String headline(Verdict verdict, ViewOptions view) {
        Palette palette = view.palette();
        String host = verdict.host().map(Host::address).orElse("the control plane");
        return switch (verdict.outcome()) {
            case ACCEPTED -> palette.good("Accepted") + " by " + Sanitizer.line(host);
            case REFUSED -> palette.bad("Refused") + " by " + Sanitizer.line(host);
            case UNREACHABLE, NOT_ASKED -> palette.bad("No answer") + " from " + Sanitizer.line(host);
        };
    }

    /** The server says of an API token only its ID. */
    private static void identity(Identity identity, Inspection inspection, ViewOptions view, TextLayout lines) {
        if (inspection.token() instanceof ApiToken api && !identity.isPerson()) {
            lines.fact("Server's ID", view.redact() ? null : identity.id().orElse(NOT_VISIBLE));
            lines.claim("Organization", api.organization().name().map(name -> name + " (by its claims)"));
            lines.claim("Project", api.project().name().map(name -> name + " (by its claims)"));
            return;
        }
        if (!view.redact()) {
            lines.fact("User", identity.name());
            lines.fact("E-mail", identity.email().orElse(NOT_VISIBLE));
        }
        String role = identity.role().map(one -> " (" + one + ")").orElse("");
        lines.fact(
                "Organization", identity.organization().map(one -> one + role).orElse(NOT_VISIBLE));
    }

    private static boolean isOutOfTime(Inspection inspection) {
        return inspection.expired().orElse(false)
                || inspection.at().isBefore(inspection.time("nbf").orElse(Instant.MIN));
    }

    /** The server's words; redacted, without IDs and e-mail addresses. */
    private static @Nullable String redacted(@Nullable String words, ViewOptions view) {
        return view.redact() && words != null
                ? ID.matcher(EMAIL.matcher(words).replaceAll(REDACTED)).replaceAll(REDACTED)
                : words;
    }

    private static String path(Verdict.Program program, ViewOptions view) {
        return Environment.shortened(program.path().toString(), view.home());
    }

    static Members json(Verdict verdict, ViewOptions view) {
        Optional<Verdict.Program> program = Optional.ofNullable(verdict.program());
        return new Members()
                .with("outcome", verdict.outcome())
                .with(
                        "program",
                        program.map(one ->
                                view.redact() ? path(one, view) : one.path().toString()))
                .with("programVersion", program.flatMap(Verdict.Program::version))
                .with("serverVersion", program.flatMap(Verdict.Program::server))
                .with("controlPlane", TokenJson.host(verdict.host()))
                .with("message", redacted(verdict.message(), view))
                .with("identity", verdict.identity() == null ? null : identity(verdict.identity(), view))
                .with("causes", Members.list(verdict.causes(), ExplainReport::cause))
                .with("sideEffects", verdict.sideEffects())
                .with("error", verdict.fault() == null ? null : TokenJson.error(verdict.fault()));
    }

    private static Members identity(Identity identity, ViewOptions view) {
        return new Members(view.redact())
                .withPrivate("id", identity.id())
                .withPrivate("email", identity.email())
                .withPrivate("name", identity.name())
                .with("organization", identity.organization())
                .with("role", identity.role());
    }
}
