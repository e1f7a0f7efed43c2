package dev.chainloop.token.render;

import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.check.Check;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.Spans;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.core.UserToken;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.explain.Explanation;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.verification.Verification;
import dev.chainloop.token.verification.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The inspection for a person at a terminal: a headline, then the facts. */
final class TextReport implements Report {
    /** Of more tokens it is not remembered where they were. */
    private static final int MOST_SEEN = 100_000;

    @Override
    public Answer render(Subject subject, ViewOptions view) {
        Page page = new Page(subject, view);
        // stderr reports a fault, and what to do about it.
        boolean faulty = subject.diagnosis().inspection().fault() != null;
        String facts = subject.check().isEmpty() || subject.verified()
                ? page.inspection(subject.whole())
                : faulty ? "" : page.check(subject.check().get().passed());
        return Answer.of(faulty ? facts : facts + PlanReport.text(subject.plan(), view));
    }

    /** The line's number, the outcome of a check, which token it is, the fingerprint, and what was found. */
    @Override
    public Optional<LineReport> lines(ViewOptions view) {
        Map<String, Long> seen = new HashMap<>();
        return Optional.of((number, diagnosis, check) ->
                lines(line(number, diagnosis, check, seen, view), view).getBytes(StandardCharsets.UTF_8));
    }

    /** A terminal would break it within a word. */
    private static String lines(String line, ViewOptions view) {
        return view.width().isTerminal()
                ? TextLayout.broken(line, "   ", view.width().columns())
                : line + '\n';
    }

    /** @param seen where each token was first; a check answers each line */
    private static String line(
            long number, Diagnosis diagnosis, Optional<Check.Result> check, Map<String, Long> seen, ViewOptions view) {
        Inspection inspection = diagnosis.inspection();
        if (inspection.fingerprint() != null && check.isEmpty() && seen.size() < MOST_SEEN) {
            @Nullable Long first = seen.putIfAbsent(inspection.fingerprint(), number);
            if (first != null) {
                return number + "  the same as line " + first;
            }
        }
        List<String> columns = new ArrayList<>();
        columns.add(String.valueOf(number));
        if (check.isPresent()) {
            Palette palette = view.palette();
            columns.add(check.get().passed() ? palette.good("passed") : palette.bad("failed"));
        }
        columns.add(inspection.fault() != null ? inspection.fault().message() : Headline.whole(inspection, view));
        if (inspection.fingerprint() != null) {
            columns.add(inspection.fingerprint());
        }
        List<String> ids = ids(diagnosis, check);
        if (!ids.isEmpty()) {
            columns.add(ids.toString());
        }
        String line = String.join("  ", columns);
        return line;
    }

    private static List<String> ids(Diagnosis diagnosis, Optional<Check.Result> check) {
        Stream<String> failed = check.stream()
                .flatMap(result -> result.failures().stream())
                .map(Check.Failure::expectation)
                .filter(expectation -> !expectation.equals("findings"));
        Stream<String> found =
                diagnosis.findings().stream().map(finding -> finding.rule().word());
        return Stream.concat(failed, found).toList();
    }

    /** The inspection when nothing was asked; stderr says why. */
    @Override
    public Answer verdict(Diagnosis diagnosis, Verdict verdict, ViewOptions view) {
        return verdict.outcome() == Verdict.Outcome.NOT_ASKED
                ? render(Subject.inspected(diagnosis, false), view)
                : Answer.of(AskReport.text(diagnosis, verdict, view));
    }

    @Override
    public String sources(Survey survey, ViewOptions view) {
        return SourcesReport.text(survey, view);
    }

    @Override
    public String explanation(Explanation explanation, ViewOptions view) {
        return ExplainReport.text(explanation, view);
    }

    @Override
    public String messages(ViewOptions view) {
        return ExplainReport.textOfMessages(view);
    }

    @Override
    public String leak(Leak leak, boolean redact) {
        String what = redact ? "token" : leak.mask().kind() + " " + leak.mask().fingerprint();
        return Sanitizer.line(leak.file()) + ":" + leak.line() + ":" + leak.column() + " " + what.strip() + "\n";
    }

    /** One answer while it is built. */
    private static final class Page {
        private static final int MAX_AUDIENCES = 8;

        private final Subject subject;
        private final Inspection inspection;
        private final Search.Result search;
        private final ViewOptions view;
        private final Palette palette;
        private final TextLayout lines;

        Page(Subject subject, ViewOptions view) {
            this.subject = subject;
            this.inspection = subject.diagnosis().inspection();
            this.search = subject.diagnosis().evidence().search();
            this.view = view;
            this.palette = view.palette();
            this.lines = new TextLayout(view);
        }

        /** Whether the check passed, for which token, and every expectation that is not met. */
        String check(boolean passed) {
            lines.line(passed ? palette.good("Check passed") : palette.bad("Check failed"));
            Headline.title(lines, subject.diagnosis(), view);
            if (inspection.origin() != null) {
                lines.blank();
                lines.fact("Source", view.nameOf(inspection.origin()));
            }
            lines.fact("Fingerprint", inspection.fingerprint());
            if (inspection.verification() != null && inspection.verification().isGenuine()) {
                lines.fact("Signature", "verified");
            }
            lines.findings(subject.failures(), subject.findings());
            return lines.toString();
        }

        /** After a verification's verdict. */
        String inspection(boolean claims) {
            if (subject.verified() && inspection.verification() != null) {
                boolean genuine = inspection.verification().isGenuine();
                boolean passed = subject.failures().isEmpty();
                String verdict = genuine ? passed ? "Genuine" : "Genuine, but not accepted" : "Not genuine";
                lines.line(genuine && passed ? palette.good(verdict) : palette.bad(verdict));
            }
            switch (inspection.status()) {
                case TYPED, UNRECOGNIZED -> decoded(Objects.requireNonNull(inspection.decoded()), claims);
                case NONE -> nothingFound();
                case MALFORMED, ERROR -> {} // stderr reports a fault.
            }
            return lines.toString();
        }

        private void decoded(DecodedToken decoded, boolean whole) {
            Claims claims = decoded.claims();
            Headline.title(lines, subject.diagnosis(), view);
            lines.blank();
            if (inspection.token() != null) {
                typed(inspection.token());
            }
            audience(claims);
            lines.claim("Issuer", claims.text("iss"));
            lines.claim("Subject", privately(claims.text("sub")));
            time("Issued", claims, "iat");
            time("Not before", claims, "nbf");
            time("Expires", claims, "exp");
            lines.fact("Source", view.nameOf(Objects.requireNonNull(inspection.origin())));
            lines.host(search.host());
            lines.fact("Fingerprint", inspection.fingerprint());
            lines.fact("Signature", signature(decoded));
            key();
            lines.findings(subject.failures(), subject.findings());
            if (whole) {
                lines.blank();
                lines.line(palette.strong("Header"));
                lines.line(JsonWriter.indented(decoded.header()));
                lines.line(palette.strong("Claims"));
                lines.line(JsonWriter.indented(claims.asMap()));
            }
        }

        private void typed(Token token) {
            lines.fact("Type", token.audience().noun() + " (" + token.audience().authType() + ")");
            lines.claim("ID", privately(Optional.of(token.id())));
            if (token instanceof UserToken
                    && !view.redact()
                    && !inspection.expired().orElse(false)) {
                lines.fact("", "who is this? `chainloop-token ask`");
            }
            pair("Organization", token.organization());
            lines.claim("Token name", token.name());
            pair("Project", token.project());
            pair("Workflow", token.workflow());
            pair("Scope", isWhole(token) ? Optional.of("whole organization") : token.scope(), "", token.scopeId(), "");
            lines.fact("CI namespace", privately(token.namespaceId()));
            lines.claim("Repository", token.repository());
        }

        private boolean isWhole(Token token) {
            return token.scope().isEmpty()
                    && inspection.unreadableScope().isEmpty()
                    && token.organization().isPresent()
                    && !token.project().isPresent()
                    && !token.workflow().isPresent();
        }

        private void pair(String label, Token.Named named) {
            pair(label, named.name(), "(", named.id(), ")");
        }

        /** A name with its ID; either may be missing, and the ID redacted. */
        private void pair(String label, Optional<String> name, String before, Optional<String> anyId, String after) {
            Optional<String> id = privately(anyId);
            if (name.isPresent() && id.isPresent()) {
                lines.fact(label, TextLayout.cut(name.get()) + " " + before + TextLayout.cut(id.get()) + after);
            } else {
                lines.claim(label, name.isPresent() ? name : id);
            }
        }

        private Optional<String> privately(Optional<String> id) {
            return view.redact() ? Optional.empty() : id;
        }

        private void audience(Claims claims) {
            List<String> audience = claims.audience();
            Optional<Audience> matched = claims.matchedAudience();
            int shown = audience.size() > MAX_AUDIENCES + 1 ? MAX_AUDIENCES : audience.size();
            for (int i = 0; i < shown; i++) {
                String member = audience.get(i);
                boolean decides = audience.size() > 1
                        && matched.isPresent()
                        && member.equals(matched.get().value());
                lines.fact(i == 0 ? "Audience" : "", TextLayout.cut(member) + (decides ? "  (decides the kind)" : ""));
            }
            if (shown < audience.size()) {
                lines.fact("", "… and " + (audience.size() - shown) + " more");
            }
        }

        private void time(String label, Claims claims, String name) {
            Optional<Instant> time = claims.time(name);
            if (time.isPresent()) {
                lines.fact(label, Spans.rfc3339(time.get()) + " (" + Spans.distance(inspection.at(), time.get()) + ")");
            } else if (claims.has(name)) {
                lines.fact(label, "cannot be read: " + name + " is not a time");
            } else if (name.equals("exp")) {
                lines.fact(label, "never");
            }
        }

        private void key() {
            @Nullable Verification verification = inspection.verification();
            if (verification == null || verification.key().isEmpty()) {
                return;
            }
            VerificationKey key = verification.key().get();
            lines.fact("Key", key.description());
            lines.fact("Key ID", privately(key.kid()));
            lines.fact("Thumbprint", key.thumbprint());
            lines.fact(
                    "Certificate",
                    key.certificate()
                            .map(period -> Spans.rfc3339(period.from()) + " to " + Spans.rfc3339(period.until())
                                    + ", not checked"));
        }

        private String signature(DecodedToken decoded) {
            String algorithm = decoded.algorithm().orElse("no algorithm named");
            @Nullable Verification verification = inspection.verification();
            if (verification != null && decoded.signed()) {
                return algorithm + (verification.isGenuine() ? ", verified" : ", verification failed");
            }
            if (decoded.signed()) {
                return algorithm + ", not verified";
            }
            return algorithm.equals("none") ? "none" : algorithm + ", but it has no signature";
        }

        private void nothingFound() {
            Headline.title(lines, subject.diagnosis(), view);
            lines.blank();
            List<String> names = new ArrayList<>();
            for (Look look : search.looked()) {
                names.add(view.nameOf(look.origin()));
            }
            for (Look look : search.looked()) {
                lines.item(view.nameOf(look.origin()), lines.widest(names), look.why());
            }
            if (search.host().isPresent()) {
                lines.blank();
                lines.host(search.host());
            }
            lines.findings(subject.failures(), subject.findings());
        }
    }
}
