package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.JsonNumber;
import dev.chainloop.token.core.Spans;
import dev.chainloop.token.source.SourceKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules about what a token's claims say, and how it is encoded. */
final class TokenRules {
    private static final int MAX_AUDIENCES = 8;
    private static final long DAY = 86_400;

    private static final String OWN_ISSUER = "cp.chainloop";

    /** The registered claims that are strings, and those that are times (RFC 7519 section 4.1). */
    private static final List<String> STRINGS = List.of("iss", "sub", "jti");

    private static final List<String> TIMES = List.of("exp", "nbf", "iat");

    private final Inspection inspection;
    private final DecodedToken decoded;
    private final Claims claims;
    private final Optional<Audience> matched;
    private final List<Finding> findings;

    TokenRules(Inspection inspection, DecodedToken decoded, List<Finding> findings) {
        this.inspection = inspection;
        this.decoded = decoded;
        this.claims = decoded.claims();
        this.matched = claims.matchedAudience();
        this.findings = findings;
    }

    void expired() {
        if (inspection.expired().orElse(false)) {
            Instant expiry = inspection.time("exp").orElseThrow();
            findings.add(new Finding(
                    Rule.EXPIRED,
                    "It expired " + Spans.distance(inspection.at(), expiry) + "; the server refuses it.",
                    renewal()));
        }
    }

    void notYetValid() {
        Optional<Instant> start = inspection.time("nbf");
        if (start.isPresent() && inspection.at().isBefore(start.get())) {
            findings.add(new Finding(
                    Rule.NOT_YET_VALID,
                    "It becomes valid " + Spans.distance(inspection.at(), start.get())
                            + " (nbf); until then the server refuses it.",
                    Cure.SET_CLOCK));
        }
    }

    void expiresSoon() {
        Optional<Long> left = inspection.secondsToExpiry();
        if (left.isPresent()
                && matched.isPresent()
                && !inspection.expired().orElse(false)
                && left.get() < matched.get().soon()) {
            findings.add(new Finding(
                    Rule.EXPIRES_SOON,
                    "It expires in " + Spans.length(left.get())
                            + (left.get() < DAY ? ", perhaps before a job that uses it ends." : "."),
                    renewal()));
        }
    }

    void identityMissing() {
        if (matched.isPresent() && inspection.token() == null) {
            Audience audience = matched.get();
            String claim = audience.identityClaim();
            findings.add(new Finding(
                    Rule.IDENTITY_MISSING,
                    "Its audience " + audience.value() + " makes it a token of kind " + audience.word() + ", but "
                            + claim + ", the claim that identifies it, " + fault(claim) + ".",
                    renewal()));
        }
    }

    private Cure renewal() {
        return Cure.renewal(matched);
    }

    private String fault(String claim) {
        if (!claims.has(claim)) {
            return "is missing";
        }
        return claims.get(claim) instanceof String ? "is empty" : "is not a string";
    }

    void unknownAudience() {
        Optional<Lookalike> like = matched.isPresent() || isFromCi() ? Optional.empty() : Lookalike.of(claims);
        if (isFromCi() && matched.isEmpty()) {
            unknownAudience(
                    "It is a CI provider's token, issued for " + audiences()
                            + "; Chainloop accepts only those issued for the audience chainloop"
                            + (inspection.isFrom(SourceKind.GITLAB) ? ", and the CLI silently ignores others." : "."),
                    Cure.REQUEST_AUDIENCE);
        } else if (like.isPresent()) {
            unknownAudience(
                    like.get().isOfAnIssuer()
                            ? capitalized(like.get().what) + ", for " + audiences()
                                    + "; Chainloop accepts only its own tokens, and those of GitHub and GitLab."
                            : "By its audience " + like.get().what + ".",
                    like.get().cure);
        } else if (matched.isEmpty()) {
            boolean cased = claims.audience().stream().anyMatch(TokenRules::differsInCase);
            unknownAudience(
                    !claims.has("aud")
                            ? "It has no aud claim, so Chainloop cannot tell what it is for."
                            : claims.audience().isEmpty()
                                    ? "Its aud claim names no audience."
                                    : "Chainloop accepts none of its audiences: " + audiences() + "."
                                            + (cased
                                                    ? " Audiences are compared exactly, and Chainloop's are in lower"
                                                            + " case."
                                                    : ""),
                    Cure.GET_TOKEN);
        }
    }

    private void unknownAudience(String message, Cure cure) {
        findings.add(new Finding(Rule.UNKNOWN_AUDIENCE, message, cure));
    }

    static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static boolean differsInCase(String member) {
        return Arrays.stream(Audience.values()).anyMatch(one -> one.value().equalsIgnoreCase(member));
    }

    /** Whether it has a claim that only GitHub's and GitLab's tokens for jobs have. */
    private boolean isFromCi() {
        return claims.text("iss").orElse("").startsWith("https://")
                && (claims.has("repository_owner_id") || claims.has("namespace_id"));
    }

    private String audiences() {
        List<String> all = claims.audience();
        if (all.isEmpty()) {
            return "no audience";
        }
        int more = all.size() - MAX_AUDIENCES;
        return more <= 0
                ? String.join(", ", all)
                : String.join(", ", all.subList(0, MAX_AUDIENCES)) + " and " + more + " more";
    }

    void mixedAudience() {
        int known = 0;
        for (Audience audience : Audience.values()) {
            known += claims.audience().contains(audience.value()) ? 1 : 0;
        }
        if (known > 1) {
            Audience picked = matched.orElseThrow();
            findings.add(new Finding(
                    Rule.MIXED_AUDIENCE,
                    "It names audiences of " + known + " kinds. Here it counts as " + picked.word()
                            + ", because "
                            + picked.value() + " comes first in the fixed order (Chainloop #2828); the Chainloop CLI"
                            + " reads only the first one, " + claims.audience().get(0)
                            + ". The server issues no such token.",
                    Cure.CHECK_CONTROL_PLANE));
        }
    }

    void oddAudience() {
        if (claims.get("aud") instanceof Collection<?> members && !allStrings(members)) {
            findings.add(new Finding(
                    Rule.ODD_AUDIENCE,
                    "Its aud claim has a member that is not a string; the server then finds no audience in it at all.",
                    Cure.CHECK_CONTROL_PLANE));
        }
    }

    private static boolean allStrings(Collection<?> members) {
        for (Object member : members) {
            if (!(member instanceof String)) {
                return false;
            }
        }
        return true;
    }

    void foreignIssuer() {
        Optional<String> issuer = claims.text("iss");
        if (matched.isPresent() && matched.get() != Audience.GENERIC && !issuer.equals(Optional.of(OWN_ISSUER))) {
            findings.add(new Finding(
                    Rule.FOREIGN_ISSUER,
                    (issuer.isPresent() ? "Its issuer is " + issuer.get() : noIssuer())
                            + "; every token of kind "
                            + matched.get().word() + " that Chainloop issues has the issuer " + OWN_ISSUER + ".",
                    renewal()));
        }
    }

    private String noIssuer() {
        return claims.get("iss") == null || claims.get("iss") instanceof String
                ? "It names no issuer"
                : "Its issuer is not a string";
    }

    void selfIssuedFederated() {
        if (matched.equals(Optional.of(Audience.GENERIC)) && claims.text("iss").equals(Optional.of(OWN_ISSUER))) {
            findings.add(new Finding(
                    Rule.SELF_ISSUED_FEDERATED,
                    "Its audience chainloop is for tokens of CI providers, but its issuer is " + OWN_ISSUER
                            + ". Nobody issues such a token, and no such provider is enrolled.",
                    Cure.GET_TOKEN));
        }
    }

    void scopeInconsistent() {
        @Nullable String fault = inspection.token() instanceof ApiToken api ? scopeFault(api) : null;
        if (fault != null) {
            String message = fault + " The server may refuse it, or interpret it differently.";
            findings.add(new Finding(Rule.SCOPE_INCONSISTENT, message, renewal()));
        }
    }

    /** What contradicts what, a sentence; {@code null} if nothing does. */
    private static @Nullable String scopeFault(ApiToken token) {
        boolean organization = token.organization().isPresent();
        boolean project = token.project().isPresent();
        if (token.workflow().isPresent() && !project) {
            return "It names a workflow, but no project that it belongs to.";
        }
        return switch (token.scope().orElse("")) {
            case "INSTANCE_ADMIN", "instance" ->
                organization || project
                        ? "Its scope is the whole instance, but it names "
                                + (project ? "a project." : "an organization.")
                        : null;
            case "organization" -> organizationFault(token, organization, project, "an organization");
            case "product" -> organizationFault(token, organization, project, "a product");
            case "project" -> projectFault(token, organization, project);
            default -> null;
        };
    }

    private static @Nullable String organizationFault(
            ApiToken token, boolean organization, boolean project, String scope) {
        if (!organization) {
            return "Its scope is " + scope + ", but it names no organization.";
        }
        if (project) {
            return "Its scope is " + scope + ", but it names a project.";
        }
        return scope.equals("an organization")
                        && differ(token.scopeId(), token.organization().id())
                ? "Its scope is an organization, but not the one that it names."
                : null;
    }

    private static @Nullable String projectFault(ApiToken token, boolean organization, boolean project) {
        if (!organization || !project) {
            return "Its scope is a project, but it names no " + (project ? "organization." : "project.");
        }
        return differ(token.scopeId(), token.project().id())
                ? "Its scope is a project, but not the one that it names."
                : null;
    }

    private static boolean differ(Optional<String> a, Optional<String> b) {
        return a.isPresent() && b.isPresent() && !a.get().equalsIgnoreCase(b.get());
    }

    void oddClaim() {
        List<String> odd = new ArrayList<>();
        for (String name : STRINGS) {
            if (!(claims.get(name) instanceof String) && claims.has(name) && !isMissingIdentity(name)) {
                odd.add(name + " is not a string");
            }
        }
        Object audience = claims.get("aud");
        if (claims.has("aud") && !(audience instanceof String) && !(audience instanceof Collection)) {
            odd.add("aud is neither a string nor an array");
        }
        for (String name : TIMES) {
            if (claims.has(name) && claims.time(name).isEmpty()) {
                odd.add(oddTime(name));
            }
        }
        if (!odd.isEmpty()) {
            findings.add(new Finding(
                    Rule.ODD_CLAIM,
                    "Claims of an unexpected type or range: " + String.join(", ", odd) + ". " + serverOnOddTimes(),
                    renewal()));
        }
    }

    private String oddTime(String name) {
        String unit = unit(name);
        if (!unit.isEmpty()) {
            return name + " is in " + unit + ", not in seconds";
        }
        return claims.get(name) instanceof String ? name + " is a string" : name + " is not a time in seconds";
    }

    private String serverOnOddTimes() {
        if (!unit("exp").isEmpty()) {
            return "The server reads it as a year in the far future, so the token practically never expires.";
        }
        return claims.get("exp") instanceof String
                ? "Some of the server's calls accept such an exp, others do not."
                : "The server may refuse the whole token.";
    }

    /** The unit of a time that is not in seconds; its number of digits tells, since no valid time in seconds has so many. */
    private String unit(String name) {
        if (!(claims.get(name) instanceof JsonNumber number) || !number.text().matches("[0-9]+")) {
            return "";
        }
        return switch (number.text().length()) {
            case 13 -> "milliseconds";
            case 16 -> "microseconds";
            case 19 -> "nanoseconds";
            default -> "";
        };
    }

    private boolean isMissingIdentity(String name) {
        return inspection.token() == null
                && matched.isPresent()
                && matched.get().identityClaim().equals(name);
    }

    void oddEncoding() {
        if (decoded.spareBits()) {
            findings.add(new Finding(
                    Rule.ODD_ENCODING,
                    "Unused bits are set at the end of a segment. The Chainloop CLI accepts them, but no encoder sets"
                            + " them, so the token was edited by hand or damaged.",
                    Cure.STORE_WHOLE));
        }
    }

    void clockSkew() {
        Optional<Instant> issued = inspection.time("iat");
        if (issued.isPresent() && inspection.at().isBefore(issued.get())) {
            findings.add(new Finding(
                    Rule.CLOCK_SKEW,
                    "According to its iat claim, it will be issued " + Spans.distance(inspection.at(), issued.get())
                            + ", so this machine's clock or the issuer's is wrong.",
                    Cure.SET_CLOCK));
        }
    }
}
