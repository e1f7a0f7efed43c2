package dev.chainloop.token.render;

import dev.chainloop.token.ask.Identity;
import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Spans;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import dev.chainloop.token.verification.Verification;
import dev.chainloop.token.verification.VerificationKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts of an answer, in rows. What the headline says, what is the same in every usual token, and the default control
 * plane are left out, unless all is asked for.
 */
final class Facts {
    private static final String NOT_VISIBLE = "not visible";

    private final Diagnosis diagnosis;
    private final Inspection inspection;
    private final ViewOptions view;
    private final List<Fact> rows = new ArrayList<>();

    private Facts(Diagnosis diagnosis, ViewOptions view) {
        this.diagnosis = diagnosis;
        this.inspection = diagnosis.inspection();
        this.view = view;
    }

    /** A token's facts, or the places where none is. */
    static List<List<Fact>> of(Diagnosis diagnosis, ViewOptions view) {
        Facts facts = new Facts(diagnosis, view);
        if (facts.inspection.decoded() != null) {
            facts.decoded(facts.inspection.decoded());
        } else {
            boolean none = facts.inspection.status() == Status.NONE;
            for (SourceReading reading : none ? diagnosis.evidence().search().readings() : List.<SourceReading>of()) {
                if (view.all() || isUsual(reading.origin()) || reading.decides()) {
                    facts.add(view.nameOf(reading.origin()), reading.why());
                }
            }
            if (facts.inspection.malformed() != null && facts.inspection.origin() != null) {
                facts.add("Source", view.nameOf(facts.inspection.origin()));
            }
            facts.host(false);
            if (diagnosis.contained().isPresent()) {
                // The one token in a value that is none, as it would be by itself.
                Facts contained = new Facts(diagnosis.contained().get(), view);
                if (contained.inspection.decoded() != null) {
                    contained.decoded(contained.inspection.decoded());
                }
                contained.rows.removeIf(
                        row -> row.label().equals("Source") || row.label().equals("Control plane"));
                return List.of(facts.rows, contained.rows);
            }
        }
        return List.of(facts.rows);
    }

    /**
     * Which token it is, below what is said about something else.
     *
     * @param message the word for the message that is explained, or nothing
     */
    static List<Fact> inShort(Diagnosis diagnosis, String message, ViewOptions view) {
        Facts facts = new Facts(diagnosis, view);
        Inspection inspection = facts.inspection;
        facts.add("Token", Headline.ofToken(inspection, view));
        if (view.all() && inspection.decoded() != null) {
            facts.decoded(inspection.decoded());
            return facts.rows;
        }
        if (inspection.origin() != null) {
            facts.add("Source", view.nameOf(inspection.origin()));
        }
        // Where the plan is to check it, that names it.
        facts.host(message.equals("issuer-not-found") && diagnosis.expired().isPresent());
        facts.add("Fingerprint", Optional.ofNullable(inspection.fingerprint()));
        return facts.rows;
    }

    /** What the token has to do with a message, each after its weight. */
    static List<Fact> of(List<Cause> causes) {
        List<Fact> rows = new ArrayList<>();
        for (Cause cause : causes) {
            rows.add(new Fact(cause.weight().words(), cause.sentence()));
        }
        return rows;
    }

    /** What the control plane said, and who asked it. */
    static List<List<Fact>> of(Verdict verdict, Diagnosis diagnosis, ViewOptions view) {
        Facts facts = new Facts(diagnosis, view);
        facts.secret("Message", Optional.ofNullable(verdict.message()));
        if (verdict.identity() != null) {
            facts.identity(verdict.identity());
        }
        if (facts.inspection.token() instanceof ApiToken api && api.name().isPresent()) {
            facts.secret("ID", Optional.of(api.id()));
        }
        facts.rows.addAll(inShort(diagnosis, "", view));
        Verdict.@Nullable Program program = verdict.program();
        if (program != null) {
            String path = view.shorten(program.path().toString());
            facts.add("Asked with", path + " " + program.version().orElse("(version unknown)"));
            facts.add("Server", program.server().orElse("version unknown"));
        }
        facts.rows.removeIf(row -> row.label().equals("Token")); // The headline names it.
        List<Cause> causes = verdict.outcome() == Verdict.Outcome.REFUSED ? verdict.causes() : List.of();
        return List.of(of(causes), facts.rows);
    }

    static boolean isOutOfTime(Inspection inspection) {
        return inspection.expired().orElse(false)
                || inspection.at().isBefore(inspection.time("nbf").orElse(Instant.MIN));
    }

    /** The server says of an API token only its ID. */
    private void identity(Identity identity) {
        if (inspection.token() instanceof ApiToken api && identity.email().isEmpty()) {
            secret("Server's ID", Optional.of(identity.id().orElse(NOT_VISIBLE)));
            add("Organization", api.organization().name().map(name -> name + " (by its claims)"));
            add("Project", api.project().name().map(name -> name + " (by its claims)"));
            return;
        }
        secret("User", identity.name());
        secret("E-mail", Optional.of(identity.email().orElse(NOT_VISIBLE)));
        String role = identity.role()
                .filter(one -> !view.redact())
                .map(one -> " (" + one + ")")
                .orElse("");
        add("Organization", identity.organization().map(one -> one + role).orElse(NOT_VISIBLE));
    }

    /** Every place that holds anything, then the config file. */
    static List<List<Fact>> of(Survey survey, ViewOptions view) {
        Facts facts = new Facts(survey.diagnosis(), view);
        for (Survey.Entry place : survey.places()) {
            if (place.state() != Survey.State.ABSENT || view.all() || isUsual(place.origin())) {
                facts.add(view.nameOf(place.origin()), facts.place(place, survey.used()));
            }
        }
        Facts around = new Facts(survey.diagnosis(), view);
        around.host(false);
        Survey.ConfigFacts config = survey.config();
        if (config.written().isPresent()) {
            String mode = config.mode().isEmpty() ? "" : "mode " + config.mode() + ", ";
            around.add(
                    "Config file",
                    mode + "written "
                            + Spans.distance(
                                    around.inspection.at(), config.written().get()));
        }
        return List.of(facts.rows, around.rows);
    }

    /** The variable and the config file, where the Chainloop CLI always looks. */
    private static boolean isUsual(Origin origin) {
        return origin.kind() == SourceKind.ENVIRONMENT || origin.kind() == SourceKind.CONFIG;
    }

    private String place(Survey.Entry place, Optional<Survey.Entry> used) {
        boolean wins = place.state() == Survey.State.IGNORED && used.isPresent();
        String why = wins ? view.nameOf(used.get().origin()) + " wins" : place.reason();
        String state = place.state().word() + (why.isEmpty() ? "" : ": " + why);
        if (place.inspection().isEmpty()) {
            return state;
        }
        Inspection held = place.inspection().get();
        String what = held.malformed() != null ? held.malformed().what() : Headline.ofToken(held, view);
        return state + "; " + what + (held.fingerprint() == null ? "" : ", " + held.fingerprint());
    }

    private void decoded(DecodedToken decoded) {
        Claims claims = decoded.claims();
        @Nullable Token token = inspection.token();
        boolean own = token != null && token.audience().isIssuedByChainloop();
        if (token != null) {
            typed(token);
        }
        List<String> audience = inspection.audience(view.redact());
        Optional<Audience> matched = claims.matchedAudience();
        if (!audience.isEmpty() && (view.all() || audience.size() > 1 || matched.isEmpty())) {
            List<String> shown = new ArrayList<>();
            for (String member : audience) {
                boolean decides = audience.size() > 1
                        && matched.isPresent()
                        && member.equals(matched.get().value());
                shown.add(TextLayout.cut(member) + (decides ? " (decides the kind)" : ""));
            }
            add("Audience", Form.some(shown));
        }
        if (view.all() || !own || !claims.text("iss").equals(Optional.of("cp.chainloop"))) {
            add("Issuer", inspection.shown(claims.text("iss"), view.redact()));
        }
        secret("Subject", claims.text("sub"));
        time("Issued", claims, "iat");
        time("Not before", claims, "nbf");
        time("Expires", claims, "exp");
        if (inspection.origin() != null) {
            add("Source", view.nameOf(inspection.origin()));
        }
        host(false);
        add("Fingerprint", Optional.ofNullable(inspection.fingerprint()));
        signature(decoded, own);
    }

    private void typed(Token token) {
        if (view.all()) {
            add("Type", token.audience().noun() + " (" + token.audience().authType() + ")");
        }
        if (view.all() || token.name().isPresent()) {
            secret("ID", Optional.of(token.id()));
        }
        named("Organization", token.organization().name(), token.organization().id());
        if (view.all()) {
            add("Token name", token.name());
        }
        named("Project", token.project().name(), token.project().id());
        named("Workflow", token.workflow().name(), token.workflow().id());
        named("Scope", inspection.shown(token.scope(), view.redact()), token.scopeId());
        secret("CI namespace", token.namespaceId());
        if (view.all()) {
            add("Repository", token.repository());
        }
    }

    /** A name with its ID; either may be missing, and the ID redacted. */
    private void named(String label, Optional<String> name, Optional<String> anyId) {
        Optional<String> id = view.redact() ? Optional.empty() : anyId;
        if (name.isPresent() && id.isPresent()) {
            add(label, TextLayout.cut(name.get()) + " (" + TextLayout.cut(id.get()) + ")");
        } else {
            add(label, name.isPresent() ? name : id);
        }
    }

    /** How far away, only for what the headline does not say. */
    private void time(String label, Claims claims, String name) {
        boolean expiry = name.equals("exp");
        Optional<Instant> time = claims.time(name);
        if (time.isPresent()) {
            boolean ahead = inspection.at().isBefore(time.get());
            if (expiry || view.all() || ahead) {
                add(
                        label,
                        Spans.rfc3339(time.get())
                                + (expiry ? "" : " (" + Spans.distance(inspection.at(), time.get()) + ")"));
            }
        } else if (claims.has(name)) {
            add(label, "cannot be read: " + name + " is not a time");
        } else if (expiry && view.all()) {
            add(label, "never");
        }
    }

    /** @param needed also the default one */
    private void host(boolean needed) {
        Optional<Host> host = diagnosis.evidence().search().host();
        if (host.isPresent() && (needed || view.all() || !host.get().address().equals(Host.DEFAULT))) {
            add("Control plane", host.get().address() + " (" + host.get().from() + ")");
        }
    }

    private void signature(DecodedToken decoded, boolean own) {
        String algorithm = inspection.shown(decoded.algorithm(), view.redact()).orElse("no algorithm named");
        @Nullable Verification verification = inspection.verification();
        boolean usual = decoded.signed()
                && (own ? algorithm.equals("HS256") : algorithm.equals("RS256") || inspection.token() == null);
        if (!view.all() && usual && verification == null) {
            return;
        }
        String verified = verification == null
                ? ", not verified"
                : verification.isGenuine() ? ", verified" : ", verification failed";
        add(
                "Signature",
                decoded.signed()
                        ? algorithm + verified
                        : algorithm.equals("none") ? "none" : algorithm + ", but it has no signature");
        if (verification != null && verification.key().isPresent()) {
            VerificationKey key = verification.key().get();
            if (view.all() || key.thumbprint().isPresent()) {
                add("Key", key.kind());
            }
            secret("Key ID", key.kid());
        }
    }

    /** What is not for the public. */
    private void secret(String label, Optional<String> value) {
        if (!view.redact()) {
            add(label, value);
        }
    }

    private void add(String label, Optional<String> value) {
        if (value.isPresent()) {
            add(label, TextLayout.cut(value.get()));
        }
    }

    private void add(String label, String value) {
        rows.add(new Fact(label, value));
    }
}
