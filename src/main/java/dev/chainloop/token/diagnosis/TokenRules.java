package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.Durations;
import dev.chainloop.token.core.JsonNumber;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.verification.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules about a token by itself: what its claims say, and how it is signed. */
record TokenRules(
        Candidate token, Jwt jwt, Claims claims, Optional<Audience> matched, Cure renewal, List<Finding> findings) {
    private static final long HOUR = 3600;
    /** Three days, so that a Friday's nightly job still warns before the weekend. */
    private static final long THREE_DAYS = 259_200;

    /** A token created to expire within this time is made for one run, and needs no successor. */
    private static final long SHORT_LIFE = 7_200;

    /** What the server reads into fields for attestations ({@code pkg/jwt/apitoken}, {@code pkg/jwt/robotaccount}). */
    private static final String FIELDS = "jti iss sub token_name " + Candidate.SCOPE;

    private static final String ROBOT_FIELDS = "jti iss sub org_id workflow_id";

    private static final int MOST_NAMES = 8;

    private static final String ODD = "it has claims of an unexpected type or range: ";

    private static final String KNOWN = "The tokens that the CLI sends today have the audience "
            + Audience.API_TOKEN.value() + ", " + Audience.USER.value() + " or " + Audience.GENERIC.value() + ".";

    void apply() {
        expiry();
        notYetValid();
        clockSkew();
        identityMissing();
        unknownAudience();
        mixedAudience();
        scopeInconsistent();
        oddClaim();
        signature();
    }

    private void add(Rule rule, String headline, Cure cure, String... more) {
        findings.add(Finding.of(rule, headline, cure, more));
    }

    private void mixedAudience() {
        List<String> known = new ArrayList<>();
        String first = "does not know it";
        for (String value : claims.audience()) {
            for (Audience one : Audience.values()) {
                boolean same = one.value().equals(value);
                first = same && value.equals(claims.audience().get(0)) ? "treats it as " + one.one() : first;
                if (same && !known.contains(value)) {
                    known.add(value);
                }
            }
        }
        if (known.size() > 1) {
            String headline = "its aud claim has " + known.size() + " known audiences: " + String.join(", ", known);
            String counts = "It counts as " + matched.orElseThrow().one()
                    + " here: api-token comes before user, and user before federated (Chainloop #2828).";
            String read = "The Chainloop CLI reads only the first, "
                    + token.audience().get(0) + ", and " + first + ". No Chainloop server issues such a token.";
            add(Rule.MIXED_AUDIENCE, headline, Cure.CHECK_CONTROL_PLANE, counts, read);
        }
    }

    /** An unknown scope never satisfies {@code --project}. */
    private void scopeInconsistent() {
        Optional<String> obscure = token.unreadableScope().isEmpty() ? token.obscureScope() : Optional.empty();
        if (obscure.isPresent() && token.api().isPresent()) {
            String type = claims.text("scope_type").orElse("");
            boolean instance = claims.text("scope").equals(Optional.of("INSTANCE_ADMIN"));
            // They read no other pair of claims against each other.
            boolean refused =
                    !type.isEmpty() && (!Candidate.SCOPES.contains(type) || instance != type.equals("instance"));
            String[] newer = refused ? new String[] {"Newer control planes refuse such a token."} : new String[0];
            add(Rule.SCOPE_INCONSISTENT, obscure.get(), renewal, newer);
        }
    }

    private void expiry() {
        Optional<Instant> expiry = token.time("exp");
        if (claims.isLongPast("exp")) {
            add(Rule.EXPIRED, "it has expired: its exp is not a time, and the server reads it as long past", renewal);
        }
        if (expiry.isEmpty()) {
            return;
        }
        long left = token.secondsToExpiry().orElseThrow();
        Optional<Instant> issued = token.time("iat");
        boolean ofOneRun =
                issued.isPresent() && !expiry.get().isAfter(issued.get().plusSeconds(SHORT_LIFE));
        if (token.isExpiryZero()) {
            String headline =
                    "it has exp 0, which attestation commands treat as expired and all others as never expiring";
            findings.add(Finding.of(Rule.EXPIRED, headline, renewal).weighed(Severity.WARNING));
        } else if (token.isExpired()) {
            String when = Durations.distance(token.at(), expiry.get());
            add(Rule.EXPIRED, "it expired " + when, renewal);
        } else if (matched.isPresent() && left < soon(matched.get()) && !ofOneRun) {
            findings.add(endsSoon(token, left));
        }
    }

    static Finding endsSoon(Candidate token, long left) {
        return Finding.of(
                Rule.EXPIRES_SOON, "it expires soon, in " + Durations.length(left), Cure.renewal(token.matched()));
    }

    /** With fewer seconds left, a token expires soon. A CI provider's token is for its job, however long that may take. */
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
            add(Rule.NOT_YET_VALID, "it becomes valid after the year 9999 (nbf); the server refuses it", renewal);
        }
        if (start.isPresent() && token.at().isBefore(start.get())) {
            String when = Durations.distance(token.at(), start.get());
            String headline = "it becomes valid " + when + " (nbf); until then the server refuses it";
            add(Rule.NOT_YET_VALID, headline, Cure.SET_CLOCK);
        }
    }

    /** Clocks differ by seconds, and the server does not look at iat. */
    private void clockSkew() {
        Optional<Instant> issued = token.time("iat");
        if (issued.isPresent() && !issued.get().isBefore(token.at().plusSeconds(60))) {
            String when = Durations.distance(token.at(), issued.get());
            String wrong = ", so this machine's clock or the issuer's is wrong";
            add(Rule.CLOCK_SKEW, "its iat claim says that it will be issued " + when + wrong, Cure.SET_CLOCK);
        }
    }

    private void identityMissing() {
        if (matched.isPresent() && token.token().isEmpty()) {
            Audience audience = matched.get();
            String claim = audience.identityClaim();
            boolean empty = claims.get(claim) instanceof String;
            String fault = !claims.has(claim) ? "is missing" : empty ? "is empty" : "is not a string";
            boolean odd = audience == Audience.API_TOKEN && claims.get(claim) != null && !empty;
            String headline = "its audience " + audience.value() + " makes it a token of kind " + audience.word()
                    + ", but " + claim + ", its identity claim, " + fault;
            findings.add(Finding.of(Rule.IDENTITY_MISSING, headline, renewal)
                    .at(odd || audience == Audience.GENERIC ? Stage.AUDIENCE : Stage.IDENTITY)
                    .weighed(token.isRobot() ? Severity.WARNING : Severity.ERROR));
        }
    }

    private void unknownAudience() {
        if (matched.isPresent()) {
            return;
        }
        if (token.isRobot()) {
            String headline =
                    "its audience makes it a robot account token; the CLI dropped these in v0.91.0, but the server"
                            + " still accepts them for attestations";
            findings.add(Finding.of(Rule.UNKNOWN_AUDIENCE, headline, Cure.CREATE_API_TOKEN)
                    .at(Stage.IDENTITY)
                    .weighed(Severity.WARNING));
            return;
        }
        // A token signed with a key pair was not signed with the server's secret.
        Stage stage = token.isForeign() && jwt.isPaired() ? Stage.SIGNATURE : Stage.AUDIENCE;
        boolean none = claims.audience().isEmpty();
        String headline;
        Cure cure = Cure.GET_TOKEN;
        if (isFromCi()) {
            headline = "it is a CI provider's token, issued for " + audiences()
                    + "; Chainloop accepts only those issued for \"chainloop\""
                    + (token.isFrom(SourceKind.GITLAB) ? ", and the CLI silently ignores others" : "");
            cure = Cure.REQUEST_AUDIENCE;
        } else if (token.isForeign()) {
            headline = "it comes from the issuer " + token.shown(token.issuer()).orElse("") + ", with "
                    + (none ? "" : "the audience ") + audiences()
                    + "; Chainloop accepts only its own tokens and those of GitHub and GitLab";
            cure = Cure.CREATE_API_TOKEN;
        } else {
            headline = none
                    ? "it has no audience, so Chainloop cannot tell what it is for"
                    : "it has no audience that Chainloop accepts, only " + audiences();
        }
        findings.add(Finding.of(Rule.UNKNOWN_AUDIENCE, headline, cure, KNOWN).at(stage));
    }

    /**
     * Whether GitHub or GitLab made the token for a job: by the issuer, by a claim that only one of them writes, or because
     * it is in a GitLab job's {@code $GITLAB_OIDC}.
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

    /** The first of its audiences, and how many more there are. */
    private String audiences() {
        List<String> quoted = new ArrayList<>();
        for (String one : token.audience()) {
            quoted.add(Phrases.quoted(one));
        }
        int more = quoted.size() - MOST_NAMES;
        String first = String.join(", ", quoted.subList(0, Math.min(quoted.size(), MOST_NAMES)));
        return quoted.isEmpty() ? "no audience" : first + (more > 0 ? " and " + more + " more" : "");
    }

    private void oddClaim() {
        List<String> odd = new ArrayList<>();
        boolean all = true; // Whether all commands but attestations accept it.
        boolean attestations = true;
        // For attestations, the server reads the claims of all but user tokens into fields.
        boolean fields = token.isRobot() || matched.equals(Optional.of(Audience.API_TOKEN));
        for (String name : List.of("exp", "nbf")) {
            if (claims.has(name) && !(claims.get(name) instanceof JsonNumber)) {
                odd.add(name + " is not a number" + (claims.get(name) instanceof String ? " but a string" : ""));
                all = false;
                attestations &= fields && isNumberOfField(claims.get(name)) && !isOutOfTime(name);
            }
        }
        int read = odd.size();
        if (fields && !(claims.get("iat") instanceof JsonNumber) && !isNumberOfField(claims.get("iat"))) {
            odd.add("iat is not a number");
        }
        for (String name : fields ? (token.isRobot() ? ROBOT_FIELDS : FIELDS).split(" ", -1) : new String[0]) {
            // Another finding says that the identity is not a string.
            boolean said = matched.isPresent() && name.equals(matched.get().identityClaim());
            if (claims.get(name) != null && !(claims.get(name) instanceof String) && !said) {
                odd.add(name + " is not a string");
            }
        }
        if ((fields || matched.isPresent()) && claims.get("aud") instanceof Collection<?> members) {
            for (Object member : members) {
                if (!(member instanceof String)) {
                    odd.add("aud has an entry that is not a string");
                    break;
                }
            }
        }
        attestations &= odd.size() == read;
        if (!odd.isEmpty()) {
            String who = all ? " for attestation commands" : attestations ? " for all but attestation commands" : "";
            String newer = all && !token.isRobot() ? " Control planes after v1.106.1 refuse it for all commands." : "";
            String refuse = "The server refuses the token" + who + "." + newer;
            findings.add(Finding.of(Rule.ODD_CLAIM, ODD + String.join(", ", odd), renewal, refuse)
                    .at(all ? Stage.AUDIENCE : Stage.TYPES)
                    .weighed(who.isEmpty() ? Severity.ERROR : Severity.WARNING));
        }
        if (claims.isFarAhead("exp") && claims.get("exp") instanceof JsonNumber number) {
            // No time in seconds that this tool can show has so many digits.
            boolean milliseconds = number.text().length() == 13;
            String unit = milliseconds ? "in milliseconds, not in seconds" : "not a time in seconds";
            String far = "The server reads it as a date in the far future, so the token practically never expires.";
            add(Rule.ODD_CLAIM, ODD + "exp is " + unit, renewal, far);
        }
    }

    /** Whether the time in quotes makes the server refuse the token, if it reads that time. */
    private boolean isOutOfTime(String name) {
        if (!(claims.get(name) instanceof String text)) {
            return false;
        }
        double left = Double.parseDouble(text) - token.at().getEpochSecond();
        return name.equals("exp") ? left <= 0 : left > 0;
    }

    /** Whether Go reads a value that is not a number into a field for a time: null, and a number in quotes. */
    private static boolean isNumberOfField(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return value == null;
        }
        return text.matches("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?")
                && Double.isFinite(Double.parseDouble(text));
    }

    // ---------- its signature

    private void signature() {
        if (!jwt.decoded().signed() || jwt.algorithm().equalsIgnoreCase("none")) {
            String what = jwt.decoded().signed() ? "its algorithm is none" : "it has no signature";
            String headline = what + ": nothing vouches for its claims, and the server refuses it";
            Stage stage = algorithmStage() == Stage.FORM ? Stage.FORM : Stage.SIGNATURE;
            findings.add(Finding.of(Rule.UNSIGNED, headline, whole()).at(stage));
        } else {
            if (jwt.isDamaged()) {
                String named = token.shown(jwt.decoded().algorithm()).orElse("");
                String headline =
                        "its signature has " + jwt.signatureLetters() + " characters, but one made with " + named
                                + " has " + (jwt.isRsa() ? "at least 342" : "43")
                                + ": some are missing, or it is not a signature";
                add(Rule.SIGNATURE_LENGTH, headline, whole(), "The server refuses it.");
            }
            algorithm();
        }
        Optional<Verification> verification = jwt.verification();
        if (verification.isPresent() && !verification.get().isGenuine() && !jwt.isDamaged()) {
            // If a key was compared, the wrong key is the first suspect, not the token.
            boolean compared = verification.get().outcome() == Verification.Judgment.MISMATCH;
            Cure cure = compared ? Cure.GIVE_OTHER_KEY : Cure.CHECK_CONTROL_PLANE;
            add(Rule.SIGNATURE, verification.get().reason().orElseThrow(), cure);
        }
    }

    private void algorithm() {
        String named = token.shown(jwt.decoded().algorithm()).orElse("");
        boolean federated = token.isMatched(Audience.GENERIC);
        // It is another issuer's token, for something else.
        boolean foreign = matched.isEmpty() && !token.isRobot() && token.isForeign();
        String headline = "";
        if (jwt.algorithm().isEmpty()) {
            headline = "its header names no algorithm, so its signature cannot be checked";
        } else if (federated && !jwt.isPaired()) {
            headline =
                    "it has algorithm " + named + ", but CI providers sign with a key pair, not with a shared secret";
        } else if (!federated && !foreign && !jwt.algorithm().equals("HS256")) {
            headline = "it has algorithm " + named + ", but Chainloop uses HS256";
        }
        if (!headline.isEmpty()) {
            findings.add(Finding.of(Rule.ALGORITHM, headline, renewal).at(algorithmStage()));
        }
    }

    /** Where the server stops for an algorithm other than HS256. */
    private Stage algorithmStage() {
        // Without a key pair or a secret, it is none, or an algorithm that golang-jwt does not know.
        return jwt.isPaired() ? Stage.SIGNATURE : jwt.algorithm().startsWith("HS") ? Stage.ALGORITHM : Stage.FORM;
    }

    /** The whole token, unless that is useless, too. */
    private Cure whole() {
        boolean useless = token.isExpired() || token.isMatched(Audience.GENERIC);
        return useless ? renewal : Cure.STORE_WHOLE;
    }
}
