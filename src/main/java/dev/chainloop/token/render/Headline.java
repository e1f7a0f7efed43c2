package dev.chainloop.token.render;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Spans;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Status;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An inspection in one line: what kind of token, whose, and the state of its expiry. */
final class Headline {
    /** What servers call the scope of the whole instance. */
    private static final List<String> INSTANCE = List.of("INSTANCE_ADMIN", "instance");

    static final String FEDERATED = "No token is stored; attestation commands request a federated one";

    private Headline() {}

    /** The line, safe to print, in the view's colors. */
    static String of(Inspection inspection, ViewOptions view) {
        Palette palette = view.palette();
        String kind = kind(inspection, view);
        return inspection.decoded() != null ? kind + ": " + state(inspection, palette) : kind;
    }

    /** The line; a job that needs no token is told from one that lacks it. */
    static String of(Diagnosis diagnosis, ViewOptions view) {
        return diagnosis.requestsFederated() ? view.palette().strong(FEDERATED) : of(diagnosis.inspection(), view);
    }

    /** The same on top of an answer, the state on a line of its own where there is no room. */
    static void title(TextLayout lines, Diagnosis diagnosis, ViewOptions view) {
        Inspection inspection = diagnosis.inspection();
        if (diagnosis.requestsFederated()) {
            lines.line(of(diagnosis, view));
        } else if (lines.fits(of(inspection, view.plain()))) {
            lines.line(of(inspection, view));
        } else {
            lines.title(kind(inspection, view.plain()) + ":");
            lines.line(state(inspection, view.palette()));
        }
    }

    /** What there is, without the state of its expiry. */
    static String kind(Inspection inspection, ViewOptions view) {
        return view.palette()
                .strong(
                        switch (inspection.status()) {
                            case TYPED -> title(Objects.requireNonNull(inspection.token()), view);
                            case UNRECOGNIZED -> "Unrecognized token";
                            case NONE -> "No token found";
                            case MALFORMED -> "Not a token";
                            case ERROR -> "No answer";
                        });
    }

    /** What kind of token, and whose. */
    static String title(Token token, ViewOptions view) {
        String noun = token.audience().noun();
        String start = Character.toUpperCase(noun.charAt(0)) + noun.substring(1);
        if (!token.audience().isIssuedByChainloop()) {
            return start + " of "
                    + Sanitizer.line(TextLayout.cut(token.repository().orElse(token.id())));
        }
        Optional<String> name = token.name();
        Optional<String> organization = token.organization().name();
        return start
                + (name.isPresent() ? " \"" + Sanitizer.line(TextLayout.cut(name.get())) + "\"" : id(token, view))
                + (organization.isPresent() ? " of " + Sanitizer.line(TextLayout.cut(organization.get())) : "");
    }

    /** The same of one of many tokens, with its scope and ID. */
    static String whole(Inspection inspection, ViewOptions view) {
        @Nullable Token token = inspection.token();
        if (token == null) {
            return of(inspection, view);
        }
        boolean named = token.audience().isIssuedByChainloop() && token.name().isPresent();
        return kind(inspection, view) + scope(token, view) + (named && !view.redact() ? ", ID" + id(token, view) : "")
                + ": " + state(inspection, view.palette());
    }

    private static String scope(Token token, ViewOptions view) {
        String organization =
                token.organization().name().isPresent() ? "" : named("organization", token.organization(), view);
        boolean instance = token.scope().filter(INSTANCE::contains).isPresent();
        return organization
                + named("project", token.project(), view)
                + named("workflow", token.workflow(), view)
                + (instance ? ", the whole instance" : "");
    }

    private static String named(String what, Token.Named named, ViewOptions view) {
        Optional<String> shown = named.name().isPresent() || view.redact() ? named.name() : named.id();
        return shown.map(one -> ", " + what + " " + Sanitizer.line(TextLayout.cut(one)))
                .orElse("");
    }

    private static String id(Token token, ViewOptions view) {
        return view.redact() ? "" : " " + Sanitizer.line(TextLayout.cut(token.id()));
    }

    /** The state of expiry in a few words. */
    static String state(Inspection inspection, Palette palette) {
        Instant now = inspection.at();
        Optional<Instant> expiry = inspection.time("exp");
        if (inspection.expired().orElse(false)) {
            return palette.bad("expired " + Spans.distance(now, expiry.orElseThrow()));
        }
        Optional<Instant> start = inspection.time("nbf");
        if (start.isPresent() && now.isBefore(start.get())) {
            return palette.bad("not valid yet, starts " + Spans.distance(now, start.get()));
        }
        if (expiry.isPresent()) {
            return palette.good("expires " + Spans.distance(now, expiry.get()));
        }
        return Objects.requireNonNull(inspection.decoded()).claims().has("exp")
                ? palette.warning("its expiry cannot be read")
                : palette.good("never expires");
    }

    /** Which token an answer is about, as facts in it. */
    static void facts(TextLayout lines, Inspection inspection, ViewOptions view) {
        boolean read = inspection.status() != Status.ERROR;
        lines.fact("Token", read ? of(inspection, view.plain()) : "cannot be read");
        if (inspection.origin() != null) {
            lines.fact("Source", view.nameOf(inspection.origin()));
        }
        if (inspection.token() instanceof ApiToken api && api.name().isPresent() && !view.redact()) {
            lines.claim("ID", Optional.of(api.id()));
        }
        lines.fact("Fingerprint", inspection.fingerprint());
    }
}
