package dev.chainloop.token.render;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.FederatedToken;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.OtherAudience;
import dev.chainloop.token.source.Looked;
import dev.chainloop.token.source.Lookup;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The inspection for a person at a terminal of 80 columns: a headline, then the facts that there are. */
public final class TextReport {
    private final Inspection inspection;
    private final View view;
    private final Palette palette;
    private final Lines lines;

    private TextReport(Inspection inspection, View view) {
        this.inspection = inspection;
        this.view = view;
        this.palette = view.palette();
        this.lines = new Lines(palette);
    }

    /**
     * The report as text.
     *
     * @param claims whether to add the whole header and claims
     */
    public static String render(Inspection inspection, View view, boolean claims) {
        TextReport report = new TextReport(inspection, view);
        switch (inspection.status()) {
            case TYPED, UNRECOGNIZED -> report.decoded(inspection.decoded().orElseThrow(), claims);
            case NONE -> report.nothingFound();
            case MALFORMED, ERROR -> {} // A fault is told on stderr.
        }
        return report.lines.toString();
    }

    private void decoded(DecodedToken decoded, boolean whole) {
        Claims claims = decoded.claims();
        Optional<Token> token = inspection.token();
        if (token.isPresent()) {
            lines.line(palette.strong(title(token.get())) + ": " + state());
        } else {
            lines.line(palette.strong("Unrecognized token") + ": " + state());
            lines.paragraph(whyUntyped(claims));
        }
        lines.blank();
        if (token.isPresent()) {
            typed(token.get());
        }
        audience(claims);
        lines.fact("Issuer", claims.text("iss"));
        lines.fact("Subject", privately(claims.text("sub")));
        time("Issued", claims, "iat");
        time("Not before", claims, "nbf");
        time("Expires", claims, "exp");
        lines.fact("Source", view.nameOf(inspection.origin().orElseThrow()));
        lines.fact("Fingerprint", inspection.fingerprint());
        lines.fact("Signature", signature(decoded));
        if (whole) {
            lines.blank();
            lines.line(palette.strong("Header"));
            lines.raw(JsonWriter.indented(decoded.header()));
            lines.line(palette.strong("Claims"));
            lines.raw(JsonWriter.indented(claims.asMap()));
        }
    }

    private String title(Token token) {
        if (token instanceof ApiToken api) {
            Optional<String> name = api.name();
            Optional<String> organization = api.organization().name();
            return "API token"
                    + (name.isPresent() ? " \"" + safe(name.get()) + "\"" : id(token))
                    + (organization.isPresent() ? " of " + safe(organization.get()) : "");
        }
        if (token instanceof FederatedToken federated) {
            return "Federated token of " + safe(federated.repository().orElse(federated.id()));
        }
        return "User token" + id(token);
    }

    private String id(Token token) {
        return view.redact() ? "" : " " + safe(token.id());
    }

    /** The state of expiry in a word or two. */
    private String state() {
        Optional<Instant> expiry = inspection.time("exp");
        if (inspection.expired().orElse(false)) {
            return palette.bad("expired " + Times.distance(inspection.at(), expiry.orElseThrow()));
        }
        Optional<Instant> start = inspection.time("nbf");
        if (start.isPresent() && inspection.at().isBefore(start.get())) {
            return palette.bad("not valid yet, starts " + Times.distance(inspection.at(), start.get()));
        }
        if (expiry.isPresent()) {
            return palette.good("expires " + Times.distance(inspection.at(), expiry.get()));
        }
        return inspection.decoded().orElseThrow().claims().has("exp")
                ? palette.warning("its expiry cannot be read")
                : palette.good("never expires");
    }

    private String whyUntyped(Claims claims) {
        Optional<Audience> matched = claims.matchedAudience();
        if (matched.isPresent()) {
            Audience audience = matched.get();
            String claim = audience.identityClaim();
            String how = !claims.has(claim)
                    ? "is missing"
                    : claims.get(claim) instanceof String ? "is empty" : "is not a string";
            return "Its audience " + audience.value() + " makes it a token of kind " + audience.kind() + ", but "
                    + claim + ", the claim that says which one, " + how + ".";
        }
        Optional<OtherAudience> other = OtherAudience.among(claims.audience());
        if (other.isPresent()) {
            return "Its audience is " + other.get().value() + ": " + other.get().story() + ".";
        }
        if (!claims.has("aud")) {
            return "It has no aud claim, so Chainloop cannot tell what it is for.";
        }
        return claims.audience().isEmpty()
                ? "Its aud claim names no audience as a string."
                : "Chainloop knows none of its audiences.";
    }

    private void typed(Token token) {
        lines.fact("Type", word(token.audience()) + " (" + token.audience().authType() + ")");
        if (!view.redact()) {
            lines.fact("ID", token.id());
        }
        if (token instanceof ApiToken api) {
            pair(
                    "Organization",
                    api.organization().name(),
                    "(",
                    api.organization().id(),
                    ")");
            lines.fact("Token name", api.name());
            pair("Project", api.project().name(), "(", api.project().id(), ")");
            pair("Workflow", api.workflow().name(), "(", api.workflow().id(), ")");
            pair("Scope", api.scope(), "", api.scopeId(), "");
        } else if (token instanceof FederatedToken federated) {
            lines.fact("CI namespace", privately(federated.namespaceId()));
            lines.fact("Repository", federated.repository());
        }
    }

    /** A name with its id; either may be missing, and the id private. */
    private void pair(String label, Optional<String> name, String before, Optional<String> anyId, String after) {
        Optional<String> id = privately(anyId);
        if (name.isPresent() && id.isPresent()) {
            lines.fact(label, name.get() + " " + before + id.get() + after);
        } else {
            lines.fact(label, name.isPresent() ? name : id);
        }
    }

    private Optional<String> privately(Optional<String> id) {
        return view.redact() ? Optional.empty() : id;
    }

    private void audience(Claims claims) {
        List<String> audience = claims.audience();
        Optional<Audience> matched = claims.matchedAudience();
        for (int i = 0; i < audience.size(); i++) {
            String member = audience.get(i);
            boolean decides = audience.size() > 1
                    && matched.isPresent()
                    && member.equals(matched.get().value());
            lines.fact(i == 0 ? "Audience" : "", member + (decides ? "  (decides the kind)" : ""));
        }
    }

    private void time(String label, Claims claims, String name) {
        Optional<Instant> time = claims.time(name);
        if (time.isPresent()) {
            lines.fact(label, Times.rfc3339(time.get()) + " (" + Times.distance(inspection.at(), time.get()) + ")");
        } else if (claims.has(name)) {
            lines.fact(label, "cannot be read: " + name + " is no time");
        } else if (name.equals("exp")) {
            lines.fact(label, "never");
        }
    }

    private static String signature(DecodedToken decoded) {
        String algorithm = decoded.algorithm().orElse("no algorithm named");
        return algorithm + (decoded.signed() ? ", not verified" : ", but it has no signature");
    }

    private void nothingFound() {
        lines.line(palette.strong("No token found"));
        lines.blank();
        Map<String, String> rows = new LinkedHashMap<>();
        for (Looked looked : inspection.looked()) {
            rows.put(view.nameOf(looked.origin()), why(looked.lookup()));
        }
        lines.table(rows);
        lines.blank();
        lines.paragraph("Log in with `chainloop auth login`, or set $CHAINLOOP_TOKEN to an API token.");
    }

    private static String why(Lookup lookup) {
        if (lookup instanceof Lookup.Absent absent) {
            return absent.why();
        }
        if (lookup instanceof Lookup.Blank blank) {
            return blank.why();
        }
        return lookup instanceof Lookup.Unreadable unreadable ? unreadable.why() : "not used";
    }

    private static String word(Audience audience) {
        return switch (audience) {
            case API_TOKEN -> "API token";
            case USER -> "user token";
            case GENERIC -> "federated token";
        };
    }

    private static String safe(String value) {
        return Sanitizer.line(value);
    }
}
