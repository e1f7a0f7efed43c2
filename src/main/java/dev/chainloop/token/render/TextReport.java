package dev.chainloop.token.render;

import dev.chainloop.token.check.Check;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.FederatedToken;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Spans;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.explain.Verdict;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.verification.Verification;
import dev.chainloop.token.verification.VerificationKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The inspection for a person at a terminal: a headline, then the facts. */
final class TextReport implements Report {
    @Override
    public Answer render(Subject subject, ViewOptions view) {
        if (subject.check().isEmpty()) {
            return Answer.of(new Page(subject.diagnosis(), view).inspection(subject.whole()) + plan(subject, view));
        }
        Check.Result check = subject.check().get();
        if (subject.verified()) {
            return Answer.of(new Page(subject.diagnosis(), check, view).verification(check) + plan(subject, view));
        }
        Inspection inspection = subject.diagnosis().inspection();
        // stderr reports a fault.
        return Answer.of(
                inspection.fault() != null
                        ? ""
                        : new Page(subject.diagnosis(), check, view).check(check.passed()) + plan(subject, view));
    }

    /** What to do is the last on the screen; beside a fault, stderr says it. */
    private static String plan(Subject subject, ViewOptions view) {
        return subject.diagnosis().inspection().fault() != null ? "" : PlanReport.text(subject.plan(), view);
    }

    /** The line's number, the outcome of a check, the headline, the fingerprint, and what was found. */
    @Override
    public LineReport lines(ViewOptions view) {
        return (number, diagnosis, check) -> {
            Inspection inspection = diagnosis.inspection();
            if (inspection.status() == Status.NONE) {
                return number + "  no token";
            }
            List<String> columns = new ArrayList<>();
            columns.add(String.valueOf(number));
            if (check.isPresent()) {
                Palette palette = view.palette();
                columns.add(check.get().passed() ? palette.good("passed") : palette.bad("failed"));
            }
            columns.add(inspection.fault() != null ? inspection.fault().message() : Headline.of(inspection, view));
            if (inspection.fingerprint() != null) {
                columns.add(inspection.fingerprint());
            }
            List<String> ids = ids(diagnosis, check);
            if (!ids.isEmpty()) {
                columns.add(ids.toString());
            }
            return String.join("  ", columns);
        };
    }

    private static List<String> ids(Diagnosis diagnosis, Optional<Check.Result> check) {
        List<String> ids = new ArrayList<>();
        if (check.isPresent()) {
            for (Check.Failure failure : check.get().failures()) {
                if (!failure.expectation().equals("findings")) {
                    ids.add(failure.expectation());
                }
            }
        }
        for (Finding finding : diagnosis.findings()) {
            ids.add(finding.rule().id());
        }
        return ids;
    }

    @Override
    public Answer verdict(Diagnosis diagnosis, Verdict verdict, ViewOptions view) {
        return Answer.of(AskReport.text(diagnosis, verdict, view));
    }

    @Override
    public String sources(Survey survey, ViewOptions view) {
        return SourcesReport.text(survey, view);
    }

    @Override
    public String explanation(Explained explained, ViewOptions view) {
        return ExplainReport.text(explained, view);
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

        private final List<Check.Failure> failures;
        private final List<Finding> findings;
        private final Inspection inspection;
        private final List<Look> looks;
        private final Optional<Host> host;
        private final ViewOptions view;
        private final Palette palette;
        private final TextLayout lines;

        Page(Diagnosis diagnosis, ViewOptions view) {
            this(diagnosis, List.of(), diagnosis.findings(), view);
        }

        Page(Diagnosis diagnosis, Check.Result check, ViewOptions view) {
            this(diagnosis, check.failures(), check.others(), view);
        }

        private Page(Diagnosis diagnosis, List<Check.Failure> failures, List<Finding> findings, ViewOptions view) {
            this.failures = failures;
            this.findings = findings;
            this.inspection = diagnosis.inspection();
            this.looks = diagnosis.evidence().search().looked();
            this.host = diagnosis.evidence().search().host();
            this.view = view;
            this.palette = view.palette();
            this.lines = new TextLayout(view);
        }

        /** Whether the check passed, for which token, and every expectation that is not met. */
        String check(boolean passed) {
            lines.line(passed ? palette.good("Check passed") : palette.bad("Check failed"));
            lines.line(Headline.of(inspection, view));
            if (inspection.origin() != null) {
                lines.blank();
                lines.fact("Source", view.nameOf(inspection.origin()));
            }
            lines.fact("Fingerprint", inspection.fingerprint());
            if (inspection.verification() != null && inspection.verification().isGenuine()) {
                lines.fact("Signature", "verified");
            }
            found();
            return lines.toString();
        }

        /** The verdict, and what is wrong with the token before other findings. */
        String verification(Check.Result check) {
            if (inspection.verification() != null) {
                lines.line(verdict(inspection.verification(), check, palette));
            }
            return inspection(false);
        }

        private static String verdict(Verification verification, Check.Result result, Palette palette) {
            if (!verification.isGenuine()) {
                return palette.bad("Not genuine");
            }
            return result.passed() ? palette.good("Genuine") : palette.bad("Genuine, but not accepted");
        }

        String inspection(boolean claims) {
            switch (inspection.status()) {
                case TYPED, UNRECOGNIZED -> decoded(Objects.requireNonNull(inspection.decoded()), claims);
                case NONE -> nothingFound();
                case MALFORMED, ERROR -> {} // stderr reports a fault.
            }
            return lines.toString();
        }

        private void decoded(DecodedToken decoded, boolean whole) {
            Claims claims = decoded.claims();
            lines.line(Headline.of(inspection, view));
            lines.blank();
            if (inspection.token() != null) {
                typed(inspection.token());
            }
            audience(claims);
            lines.fact("Issuer", cut(claims.text("iss")));
            lines.fact("Subject", cut(privately(claims.text("sub"))));
            time("Issued", claims, "iat");
            time("Not before", claims, "nbf");
            time("Expires", claims, "exp");
            lines.fact("Source", view.nameOf(Objects.requireNonNull(inspection.origin())));
            host();
            lines.fact("Fingerprint", inspection.fingerprint());
            lines.fact("Signature", signature(decoded));
            key();
            found();
            if (whole) {
                lines.blank();
                lines.line(palette.strong("Header"));
                lines.raw(JsonWriter.indented(decoded.header()));
                lines.line(palette.strong("Claims"));
                lines.raw(JsonWriter.indented(claims.asMap()));
            }
        }

        private void typed(Token token) {
            lines.fact("Type", token.audience().noun() + " (" + token.audience().authType() + ")");
            if (!view.redact()) {
                lines.fact("ID", TextLayout.cut(token.id()));
            }
            if (token instanceof ApiToken api) {
                pair(
                        "Organization",
                        api.organization().name(),
                        "(",
                        api.organization().id(),
                        ")");
                lines.fact("Token name", cut(api.name()));
                pair("Project", api.project().name(), "(", api.project().id(), ")");
                pair("Workflow", api.workflow().name(), "(", api.workflow().id(), ")");
                pair("Scope", isWhole(api) ? Optional.of("whole organization") : api.scope(), "", api.scopeId(), "");
            } else if (token instanceof FederatedToken federated) {
                lines.fact("CI namespace", privately(federated.namespaceId()));
                lines.fact("Repository", cut(federated.repository()));
            }
        }

        /** Whether it is for its whole organization. */
        private static boolean isWhole(ApiToken api) {
            return api.scope().isEmpty()
                    && api.organization().isPresent()
                    && !api.project().isPresent()
                    && !api.workflow().isPresent();
        }

        /** A name with its ID; either may be missing, and the ID redacted. */
        private void pair(String label, Optional<String> name, String before, Optional<String> anyId, String after) {
            Optional<String> id = privately(anyId);
            if (name.isPresent() && id.isPresent()) {
                lines.fact(label, TextLayout.cut(name.get()) + " " + before + TextLayout.cut(id.get()) + after);
            } else {
                lines.fact(label, cut(name.isPresent() ? name : id));
            }
        }

        private static Optional<String> cut(Optional<String> claim) {
            return claim.isPresent() ? Optional.of(TextLayout.cut(claim.get())) : claim;
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
                lines.fact(label, Times.rfc3339(time.get()) + " (" + Spans.distance(inspection.at(), time.get()) + ")");
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
            Optional<VerificationKey.Period> certificate = key.certificate();
            if (certificate.isPresent()) {
                lines.fact(
                        "Certificate",
                        Times.rfc3339(certificate.get().from()) + " to "
                                + Times.rfc3339(certificate.get().until()) + ", not checked");
            }
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

        private void host() {
            if (host.isPresent()) {
                lines.fact(
                        "Control plane",
                        host.get().address() + " (" + host.get().from() + ")");
            }
        }

        private void nothingFound() {
            lines.line(Headline.of(inspection, view));
            lines.blank();
            Map<String, String> rows = new LinkedHashMap<>();
            for (Look look : looks) {
                rows.put(view.nameOf(look.origin()), why(look));
            }
            lines.table(rows);
            if (host.isPresent()) {
                lines.blank();
                host();
            }
            found();
        }

        /** What is wrong with the token, and the findings. */
        private void found() {
            if (!failures.isEmpty()) {
                lines.blank();
                for (Check.Failure failure : failures) {
                    lines.mark(Severity.ERROR, failure.message());
                }
                for (Finding finding : findings) {
                    lines.finding(finding);
                }
            } else {
                lines.findings(findings);
            }
        }

        private static String why(Look look) {
            if (look instanceof Look.Absent absent) {
                return absent.why();
            }
            if (look instanceof Look.Blank blank) {
                return blank.why();
            }
            return look instanceof Look.Unreadable unreadable ? unreadable.why() : "not used";
        }
    }
}
