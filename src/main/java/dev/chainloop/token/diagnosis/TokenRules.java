package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.JsonNumber;
import dev.chainloop.token.core.Spans;
import dev.chainloop.token.source.SourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules about what a token's claims say. */
final class TokenRules {
    private static final long HOUR = 3600;

    /** A nightly job hears of it before a weekend. */
    private static final long THREE_DAYS = 259_200;

    /** A token made to live no longer is made for one run, and needs no successor. */
    private static final long SHORT_LIFE = 7_200;

    /**
     * What the server reads into fields for attestations ({@code pkg/jwt/apitoken}, {@code pkg/jwt/robotaccount}); the last two
     * later than v1.106.1.
     */
    private static final String[] FIELDS = ("jti iss sub org_id org_name token_name project_id project_name workflow_id"
                    + " workflow_name scope scope_type scope_id")
            .split(" ", -1);

    private static final String[] ROBOT_FIELDS = {"jti", "iss", "sub", "org_id", "workflow_id"};

    private final Candidate token;
    private final Claims claims;
    private final Optional<Audience> matched;
    private final boolean robot;
    private final List<Finding> findings;

    TokenRules(Candidate token, List<Finding> findings) {
        this.token = token;
        this.claims = token.claims();
        this.matched = token.matched();
        this.robot = token.isRobot();
        this.findings = findings;
    }

    void apply() {
        expiry();
        notYetValid();
        clockSkew();
        identityMissing();
        unknownAudience();
        mixedAudience();
        scopeInconsistent();
        oddClaim();
    }

    private void add(Rule rule, String headline, Cure cure) {
        findings.add(new Finding(rule, headline, Optional.of(cure)));
    }

    private Cure renewal() {
        return Cure.renewal(matched);
    }

    private void mixedAudience() {
        List<Audience> known = new ArrayList<>();
        for (Audience one : Audience.values()) {
            if (claims.audience().contains(one.value())) {
                known.add(one);
            }
        }
        if (known.size() > 1) {
            findings.add(new Finding(
                    Rule.MIXED_AUDIENCE,
                    "it names audiences of " + known.size() + " kinds",
                    Optional.of(Cure.CHECK_CONTROL_PLANE),
                    "Here it counts as " + known.get(0).word() + ", the first in the fixed order (Chainloop #2828); the"
                            + " Chainloop CLI reads only the first one of the token, "
                            + token.audience().get(0) + ". The server issues no such token."));
        }
    }

    /** What nobody knows, no gate takes for a project's. */
    private void scopeInconsistent() {
        Optional<String> obscure = token.unreadableScope().isEmpty() ? token.obscureScope() : Optional.empty();
        if (obscure.isPresent() && token.api().isPresent()) {
            String more = "Newer control planes refuse such a token.";
            findings.add(new Finding(Rule.SCOPE_INCONSISTENT, obscure.get(), Optional.of(renewal()), more));
        }
    }

    private void expiry() {
        Optional<Instant> expiry = token.time("exp");
        if (claims.isLongPast("exp")) {
            add(Rule.EXPIRED, "it has expired: the server takes an exp that is no time for long past", renewal());
        }
        if (expiry.isEmpty()) {
            return;
        }
        long left = token.secondsToExpiry().orElseThrow();
        Optional<Instant> issued = token.time("iat");
        boolean ofOneRun =
                issued.isPresent() && !expiry.get().isAfter(issued.get().plusSeconds(SHORT_LIFE));
        if (expiry.get().getEpochSecond() == 0) {
            String headline = "it expires at 0 (exp): attestation commands take it for expired, all others for endless";
            findings.add(new Finding(Rule.EXPIRED, Severity.WARNING, headline, Optional.of(renewal())));
        } else if (token.expired().orElse(false)) {
            String headline = "it expired " + Spans.distance(token.at(), expiry.get()) + "; the server refuses it";
            add(Rule.EXPIRED, headline, renewal());
        } else if (matched.isPresent() && left < soon(matched.get()) && !ofOneRun) {
            findings.add(endsSoon(token, left));
        }
    }

    static Finding endsSoon(Candidate token, long left) {
        Cure renewal = Cure.renewal(token.matched());
        return new Finding(Rule.EXPIRES_SOON, "it expires in " + Spans.length(left), Optional.of(renewal));
    }

    /** Below so many seconds a token ends soon. A CI provider's is for its job, however long that may take. */
    private static long soon(Audience kind) {
        return switch (kind) {
            case USER -> HOUR;
            case API_TOKEN -> THREE_DAYS;
            case GENERIC -> 0;
        };
    }

    private void notYetValid() {
        Optional<Instant> start = token.time("nbf");
        if (claims.isFarAhead("nbf")) {
            add(Rule.NOT_YET_VALID, "it becomes valid after the year 9999 (nbf); the server refuses it", renewal());
        }
        if (start.isPresent() && token.at().isBefore(start.get())) {
            String when = Spans.distance(token.at(), start.get());
            add(
                    Rule.NOT_YET_VALID,
                    "it becomes valid " + when + " (nbf); until then the server refuses it",
                    Cure.SET_CLOCK);
        }
    }

    /** Clocks differ by seconds, and the server does not look at iat. */
    private void clockSkew() {
        Optional<Instant> issued = token.time("iat");
        if (issued.isPresent() && !issued.get().isBefore(token.at().plusSeconds(60))) {
            String when = Spans.distance(token.at(), issued.get());
            add(
                    Rule.CLOCK_SKEW,
                    "according to its iat claim, it will be issued " + when
                            + ", so this machine's clock or the issuer's is wrong",
                    Cure.SET_CLOCK);
        }
    }

    private void identityMissing() {
        if (matched.isPresent() && token.token().isEmpty()) {
            Audience audience = matched.get();
            String claim = audience.identityClaim();
            boolean empty = claims.get(claim) instanceof String;
            String fault = !claims.has(claim) ? "is missing" : empty ? "is empty" : "is not a string";
            boolean odd = audience == Audience.API_TOKEN && claims.get(claim) != null && !empty;
            findings.add(new Finding(
                    Rule.IDENTITY_MISSING,
                    robot ? Severity.WARNING : Severity.ERROR,
                    Optional.of(odd || audience == Audience.GENERIC ? Stage.AUDIENCE : Stage.IDENTITY),
                    "its audience " + audience.value() + " makes it a token of kind " + audience.word() + ", but "
                            + claim + ", the claim that identifies it, " + fault,
                    List.of(),
                    Optional.of(renewal())));
        }
    }

    private void unknownAudience() {
        if (matched.isPresent()) {
            return;
        }
        // Who has a key pair does not have the server's secret.
        Stage stage = robot
                ? Stage.IDENTITY
                : token.isForeign() && token.jwt().orElseThrow().isPaired() ? Stage.SIGNATURE : Stage.AUDIENCE;
        String message;
        Cure cure = Cure.GET_TOKEN;
        if (robot) {
            message =
                    "by its audience it is a robot account's token, which the CLI dropped in v0.91.0; the server still"
                            + " accepts it for attestations";
            cure = Cure.CREATE_API_TOKEN;
        } else if (isFromCi()) {
            message = "it is a CI provider's token, issued for " + audiences()
                    + "; Chainloop accepts only those issued for \"chainloop\""
                    + (token.isFrom(SourceKind.GITLAB) ? ", and the CLI silently ignores others" : "");
            cure = Cure.REQUEST_AUDIENCE;
        } else if (token.isForeign()) {
            message =
                    "it is a token of the issuer " + token.shown(token.issuer()).orElse("") + ", with "
                            + (claims.audience().isEmpty() ? "" : "the audience ") + audiences()
                            + "; Chainloop accepts only its own tokens, and those of GitHub and GitLab";
            cure = Cure.CREATE_API_TOKEN;
        } else if (claims.audience().isEmpty()) {
            message = "it names no audience, so Chainloop cannot tell what it is for";
        } else {
            message = "Chainloop accepts none of its audiences: " + audiences();
        }
        Severity severity = robot ? Severity.WARNING : Severity.ERROR;
        findings.add(new Finding(
                Rule.UNKNOWN_AUDIENCE, severity, Optional.of(stage), message, List.of(), Optional.of(cure)));
    }

    /**
     * Whether it is a token of GitHub's or GitLab's for a job: by the issuer, by a claim that only one of them writes, or as
     * a GitLab job has it in {@code $GITLAB_OIDC}.
     */
    private boolean isFromCi() {
        String issuer = claims.text("iss").orElse("");
        return (issuer.startsWith("https://") || issuer.startsWith("http://"))
                && (issuer.startsWith("https://token.actions.")
                        || claims.get("repository_owner_id") != null
                        || claims.get("namespace_id") != null
                        || claims.get("project_path") != null
                        || token.isFrom(SourceKind.GITLAB));
    }

    private String audiences() {
        List<String> quoted = new ArrayList<>();
        for (String one : token.audience()) {
            quoted.add(Form.quoted(one));
        }
        return quoted.isEmpty() ? "no audience" : Form.some(quoted);
    }

    private void oddClaim() {
        List<String> always = new ArrayList<>();
        List<String> attesting = new ArrayList<>();
        List<String> otherwise = new ArrayList<>();
        // For attestations, the server reads the claims of all but users into fields.
        boolean fields = robot || matched.equals(Optional.of(Audience.API_TOKEN));
        for (String name : List.of("exp", "nbf")) {
            if (claims.has(name) && !(claims.get(name) instanceof JsonNumber)) {
                String odd = name + " is not a number" + (claims.get(name) instanceof String ? " but a string" : "");
                (fields && isNumberOfField(claims.get(name)) ? otherwise : always).add(odd);
            }
        }
        if (fields && !(claims.get("iat") instanceof JsonNumber) && !isNumberOfField(claims.get("iat"))) {
            attesting.add("iat is not a number");
        }
        for (String name : robot ? ROBOT_FIELDS : fields ? FIELDS : new String[0]) {
            // That the identity is no string is said otherwise.
            boolean said = matched.isPresent() && name.equals(matched.get().identityClaim());
            if (claims.get(name) != null && !(claims.get(name) instanceof String) && !said) {
                attesting.add(name + " is not a string");
            }
        }
        if ((fields || matched.isPresent()) && claims.get("aud") instanceof Collection<?> all) {
            for (Object member : all) {
                if (!(member instanceof String)) {
                    attesting.add("aud has a member that is not a string");
                    break;
                }
            }
        }
        if (!attesting.isEmpty()) {
            always.addAll(otherwise);
            otherwise.clear();
        }
        oddClaim(always, Severity.ERROR, Optional.of(Stage.TYPES), "The server refuses the token.");
        oddClaim(attesting, Severity.WARNING, Optional.of(Stage.AUDIENCE), "Attestation commands refuse the token.");
        oddClaim(
                otherwise,
                Severity.WARNING,
                Optional.of(Stage.TYPES),
                "All but attestation commands refuse the token.");
        if (claims.isFarAhead("exp") && claims.get("exp") instanceof JsonNumber number) {
            // No time in seconds that this tool can show has so many digits.
            boolean milliseconds = number.text().length() == 13;
            oddClaim(
                    List.of("exp is " + (milliseconds ? "in milliseconds, not in seconds" : "not a time in seconds")),
                    Severity.WARNING,
                    Optional.empty(),
                    "The server reads it as a far year, so the token practically never expires.");
        }
    }

    private void oddClaim(List<String> odd, Severity severity, Optional<Stage> stage, String server) {
        if (!odd.isEmpty()) {
            String headline = "Claims of an unexpected type or range: " + String.join(", ", odd);
            findings.add(
                    new Finding(Rule.ODD_CLAIM, severity, stage, headline, List.of(server), Optional.of(renewal())));
        }
    }

    /** Whether Go reads a value into a field for a time although it is no number: null, and a number in quotes. */
    private static boolean isNumberOfField(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return value == null;
        }
        try {
            Double.parseDouble(text);
            return "-0123456789".indexOf(text.charAt(0)) >= 0 && Character.isDigit(text.charAt(text.length() - 1));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
