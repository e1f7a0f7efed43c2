package dev.chainloop.token.render;

import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.Durations;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Evidence.State;
import dev.chainloop.token.diagnosis.Jwt;
import dev.chainloop.token.diagnosis.Malformed;
import dev.chainloop.token.diagnosis.Phrases;
import dev.chainloop.token.diagnosis.Redaction;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Organization;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import dev.chainloop.token.verification.Verification;
import dev.chainloop.token.verification.VerificationKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The facts of an answer, in rows. What the headline says, what is the same in every usual token, and the default control
 * plane are left out, unless all is asked for.
 */
final class Facts {
    private static final String UNKNOWN = "unknown";

    /** With more audiences, those after the deciding one are only counted. */
    private static final int MANY = 4;

    private final Diagnosis diagnosis;
    private final Candidate used;
    private final ViewOptions view;
    private final List<Fact> rows = new ArrayList<>();

    private Facts(Diagnosis diagnosis, ViewOptions view) {
        this.diagnosis = diagnosis;
        this.used = diagnosis.used();
        this.view = view;
    }

    /** A token's facts, or the places where none is. */
    static List<List<Fact>> of(Diagnosis diagnosis, ViewOptions view) {
        Facts facts = new Facts(diagnosis, view);
        if (facts.used.jwt().isPresent()) {
            facts.decoded(facts.used.jwt().get(), true);
            return List.of(facts.rows);
        }
        boolean none = facts.used.status() == Status.NONE;
        for (SourceReading reading : none ? diagnosis.evidence().inputs().readings() : List.<SourceReading>of()) {
            if (view.all() || isUsual(reading.origin()) || reading.decides()) {
                facts.add(view.nameOf(reading.origin()), reading.phrase());
            }
        }
        if (facts.used.malformed().isPresent()) {
            facts.source("");
        }
        facts.host(false);
        if (diagnosis.contained().isEmpty()) {
            return List.of(facts.rows);
        }
        // The one token in a value that is not a token, as it would be by itself.
        Facts contained = new Facts(diagnosis.contained().get(), view);
        contained.decoded(contained.used.jwt().orElseThrow(), false);
        return List.of(facts.rows, contained.rows);
    }

    /**
     * Which token it is, below what is said about something else.
     *
     * @param checked whether the plan is to check where it is sent
     */
    static List<Fact> inShort(Diagnosis diagnosis, boolean checked, ViewOptions view) {
        Facts facts = new Facts(diagnosis, view);
        Optional<Diagnosis> contained = diagnosis.contained();
        String token = Headline.ofUsed(contained.orElse(diagnosis), view);
        String within = contained.isPresent() ? " (found in a value that is not a token)" : "";
        facts.add("Token", Phrases.capitalized(token) + within);
        facts.below(checked);
        return facts.rows;
    }

    private void below(boolean checked) {
        if (view.all() && used.jwt().isPresent()) {
            decoded(used.jwt().get(), true);
            return;
        }
        boolean shadows = diagnosis.finding(Rule.SHADOWED).isPresent();
        source(shadows ? ", not the config file" : "");
        if (used.isKind(Audience.USER)) {
            Optional<Organization> works = diagnosis.evidence().organization(false);
            add("Organization", works.isPresent() ? Optional.of(told(works.get())) : Optional.empty());
        }
        // A plan that checks the control plane names it.
        host(checked && diagnosis.expired().isPresent());
    }

    /** What the token has to do with a message, each after its weight. */
    static List<Fact> of(List<Cause> causes, ViewOptions view) {
        List<Fact> rows = new ArrayList<>();
        for (Cause cause : causes) {
            rows.add(new Fact(cause.weight().word().replace('-', ' '), view.apply(cause.sentence())));
        }
        return rows;
    }

    /** What the control plane said, and who asked it. */
    static List<List<Fact>> of(Verdict verdict, Diagnosis diagnosis, ViewOptions view) {
        Facts facts = new Facts(diagnosis, view);
        facts.addPrivate("Message", verdict.message());
        verdict.identity().ifPresent(facts::identity);
        Optional<ApiToken> api = facts.used.api();
        if (api.isPresent() && api.get().name().isPresent()) {
            facts.addPrivate("ID", Optional.of(api.get().id()));
        }
        facts.below(false);
        verdict.program().ifPresent(program -> {
            String path = view.shorten(program.path().toString());
            facts.add("Asked with", path + " " + program.version().orElse("(version unknown)"));
            facts.add("Server", program.server().orElse("version unknown"));
        });
        List<Cause> causes = verdict.outcome() == Verdict.Outcome.REFUSED ? verdict.causes() : List.of();
        return List.of(of(causes, view), facts.rows);
    }

    /** The server gives only the ID of an API token. */
    private void identity(Verdict.Identity identity) {
        if (used.token().orElse(null) instanceof ApiToken api
                && identity.email().isEmpty()) {
            addPrivate("Server's ID", Optional.of(identity.id().orElse(UNKNOWN)));
            add("Organization", api.organization().name().map(name -> name + " (from its claims)"));
            add("Project", api.project().name().map(name -> name + " (from its claims)"));
            return;
        }
        addPrivate("User", identity.name());
        addPrivate("E-mail", Optional.of(identity.email().orElse(UNKNOWN)));
        String role =
                view.unlessPublic(identity.role()).map(one -> " (" + one + ")").orElse("");
        add("Organization", identity.organization().map(one -> one + role).orElse(UNKNOWN));
    }

    /** Every place that holds anything, then the config file. */
    static List<List<Fact>> ofSources(Diagnosis diagnosis, ViewOptions view) {
        Facts facts = new Facts(diagnosis, view);
        Evidence evidence = diagnosis.evidence();
        for (Candidate one : evidence.candidates()) {
            Origin origin = one.reading().orElseThrow().origin();
            if (evidence.state(one) != State.ABSENT || view.all() || isUsual(origin)) {
                facts.add(view.nameOf(origin), facts.place(one));
            }
        }
        Facts around = new Facts(diagnosis, view);
        around.add("Organization", facts.used.organization().map(own -> "used: " + own + " (the token)"));
        for (Organization one : evidence.inputs().organizations()) {
            around.add("Organization", around.place(one));
        }
        around.host(false);
        Optional<Instant> written = evidence.inputs().written();
        if (written.isPresent()) {
            String mode =
                    evidence.inputs().mode().map(one -> "mode " + one + ", ").orElse("");
            around.add("Config file", mode + "written " + Durations.distance(around.used.at(), written.get()));
        }
        return List.of(facts.rows, around.rows);
    }

    /** The variable and the config file, where the Chainloop CLI always looks. */
    private static boolean isUsual(Origin origin) {
        return origin.kind() == SourceKind.ENVIRONMENT || origin.kind() == SourceKind.CONFIG;
    }

    /** Whether it counts for the token that is used. */
    private String place(Organization one) {
        boolean works = diagnosis.evidence().organization(false).equals(Optional.of(one));
        boolean attests = diagnosis.evidence().organization(true).equals(Optional.of(one));
        boolean compared = used.api().isPresent() && one.from() == Organization.From.REPOSITORY;
        String other = compared ? "compared with the token's" : attests ? "used for attestations" : "ignored";
        String state = !works ? other : attests ? "used" : "used, but not for attestations";
        return state + ": " + (one.name().isPresent() ? told(one) : "not read (" + one.where() + ")");
    }

    private String place(Candidate one) {
        State state = diagnosis.evidence().state(one);
        if (state != State.USED && state != State.IGNORED) {
            return state.word() + ": " + one.reading().orElseThrow().phrase();
        }
        Optional<Origin> winner = used.trouble().isPresent() ? Optional.empty() : used.origin();
        String why =
                winner.map(origin -> view.nameOf(origin) + " takes precedence").orElse(Evidence.BEHIND);
        String what = one.malformed().map(Malformed::what).orElseGet(() -> Headline.ofToken(one, view));
        return state.word() + (state == State.USED ? "" : ": " + why) + "; " + what
                + one.fingerprint().map(print -> ", " + print).orElse("");
    }

    /** @param placed whether it is said where it is, and where it is sent */
    private void decoded(Jwt jwt, boolean placed) {
        Claims claims = used.claims();
        boolean own = used.kind().isPresent() && used.kind().get().isIssuedByChainloop();
        if (used.token().isPresent()) {
            typed(used.token().get());
        }
        List<String> audience = used.audience();
        Optional<Audience> matched = used.matched();
        int decides = matched.isPresent() ? audience.indexOf(matched.get().value()) : -1;
        boolean many = audience.size() > MANY;
        int end = !many ? audience.size() : decides < 0 ? MANY : decides + 1;
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < end; i++) {
            boolean decisive = i == decides && audience.size() > 1;
            if (i < MANY || decisive) {
                shown.add(cut(audience.get(i)) + (decisive ? " (decides the type)" : ""));
            } else if (i == MANY) {
                shown.add("…");
            }
        }
        if (!audience.isEmpty()) {
            int more = audience.size() - end;
            add("Audience", String.join(", ", shown) + (more > 0 ? " … and " + more + " more" : ""));
        }
        if (view.all() || !own || !claims.text("iss").equals(Optional.of("cp.chainloop"))) {
            add("Issuer", used.shown(used.issuer()));
        }
        addPrivate("Subject", claims.text("sub"));
        time("Issued", claims, "iat");
        time("Not before", claims, "nbf");
        time("Expires", claims, "exp");
        if (placed) {
            source("");
            host(false);
        }
        add("Fingerprint", used.fingerprint());
        signature(jwt, own);
    }

    private void source(String more) {
        if (used.origin().isPresent()) {
            boolean emptied = diagnosis.evidence().inputs().isAfterEmptyStdin();
            add("Source", view.nameOf(used.origin().get()) + (emptied ? " (stdin was empty)" : "") + more);
        }
    }

    private void typed(Token token) {
        add("Type", token.audience().word() + " (" + token.audience().authType() + ")");
        if (view.all() || token.name().isPresent() || Headline.isOwnLogin(diagnosis)) {
            addPrivate("ID", Optional.of(token.id()));
        }
        Optional<Organization> works = diagnosis.evidence().organization(false);
        Optional<Organization> attests = diagnosis.evidence().organization(true);
        if (token.organization().name().isEmpty() && works.isPresent()) {
            add("Organization", told(works.get()));
        } else {
            named("Organization", token.organization());
        }
        if (attests.isPresent() && !attests.equals(works)) {
            add("Attests into", told(attests.get()));
        }
        if (view.all()) {
            add("Token name", token.name());
        }
        named("Project", token.project());
        named("Workflow", token.workflow());
        named("Scope", new Token.Named(token.scopeId(), used.shown(token.scope())));
        addPrivate("CI namespace", token.namespaceId());
        if (view.all()) {
            add("Repository", token.repository());
        }
    }

    private String told(Organization one) {
        boolean newer = one.from() == Organization.From.VARIABLE || one.from() == Organization.From.REPOSITORY;
        return cut(Redaction.ofName(one.name().orElseThrow())) + " (" + one.where()
                + (newer ? "; CLIs after v1.106.1)" : ")");
    }

    /** A name with its ID; either may be missing, and the ID redacted. */
    private void named(String label, Token.Named named) {
        Optional<String> name = named.name();
        Optional<String> id = view.unlessPublic(named.id());
        if (name.isPresent() && id.isPresent()) {
            add(label, cut(name.get()) + " (" + cut(id.get()) + ")");
        } else {
            add(label, name.isPresent() ? name : id);
        }
    }

    private void time(String label, Claims claims, String name) {
        boolean expiry = name.equals("exp");
        Optional<Instant> time = claims.time(name);
        if (time.isPresent()) {
            if (expiry || view.all() || used.at().isBefore(time.get())) {
                boolean zero = expiry && used.isExpiryZero();
                String away = " (" + (zero ? "exp is 0" : Durations.distance(used.at(), time.get())) + ")";
                add(label, Durations.rfc3339(time.get()) + away);
            }
        } else if (claims.has(name)) {
            add(label, "cannot be read: " + name + " is not a time");
        } else if (expiry) {
            add(label, "never");
        }
    }

    /** @param needed whether the default control plane is shown, too */
    private void host(boolean needed) {
        Optional<Host> host = diagnosis.evidence().inputs().host();
        if (host.isPresent() && (needed || view.all() || !host.get().address().equals(Host.DEFAULT))) {
            add("Control plane", host.get().address() + " (" + host.get().from() + ")");
        }
    }

    private void signature(Jwt jwt, boolean own) {
        String algorithm = used.shown(jwt.decoded().algorithm()).orElse("no algorithm named");
        Optional<Verification> verification = used.verification();
        boolean signed = jwt.decoded().signed();
        boolean usual = algorithm.equals(own ? "HS256" : "RS256")
                || (!own && used.token().isEmpty());
        if (!view.all() && signed && usual && verification.isEmpty()) {
            return;
        }
        String verified = verification.isEmpty()
                ? ", not verified"
                : verification.get().isGenuine() ? ", verified" : ", verification failed";
        String unsigned = algorithm.equals("none") ? "none" : algorithm + ", but it has no signature";
        add("Signature", signed ? algorithm + verified : unsigned);
        if (verification.isPresent() && verification.get().key().isPresent()) {
            VerificationKey key = verification.get().key().get();
            if (view.all() || key.thumbprint().isPresent()) {
                add("Key", key.kind());
            }
            addPrivate("Key ID", key.kid());
        }
    }

    private void addPrivate(String label, Optional<String> value) {
        add(label, view.unlessPublic(value));
    }

    private void add(String label, Optional<String> value) {
        if (value.isPresent()) {
            add(label, cut(value.get()));
        }
    }

    private String cut(String claim) {
        return TextLayout.cut(view.apply(claim));
    }

    private void add(String label, String value) {
        rows.add(new Fact(label, view.apply(value)));
    }
}
