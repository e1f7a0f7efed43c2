package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.DecodedToken;
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
    private static final long DAY = 86_400;

    /** A token made to live no longer is made for one run, and needs no successor. */
    private static final long SHORT_LIFE = 7_200;

    private static final String OWN_ISSUER = "cp.chainloop";
    private static final String ROBOT_ACCOUNT = "attestations.chainloop";
    private static final String FORMER_USER = "client.chainloop";

    private static final List<String> TIMES = List.of("exp", "nbf", "iat");

    private final Inspection inspection;
    private final Claims claims;
    private final Optional<Audience> matched;
    private final List<Finding> findings;

    TokenRules(Inspection inspection, DecodedToken decoded, List<Finding> findings) {
        this.inspection = inspection;
        this.claims = decoded.claims();
        this.matched = claims.matchedAudience();
        this.findings = findings;
    }

    void apply() {
        expiry();
        notYetValid();
        clockSkew();
        identityMissing();
        unknownAudience();
        mixedAudience();
        foreignIssuer();
        scopeInconsistent();
        oddClaim();
    }

    private void add(Rule rule, String message, @Nullable Cure cure) {
        findings.add(new Finding(rule, message, cure));
    }

    private Cure renewal() {
        return Cure.renewal(matched);
    }

    private void expiry() {
        Optional<Instant> expiry = inspection.time("exp");
        if (expiry.isEmpty()) {
            return;
        }
        long left = inspection.secondsToExpiry().orElseThrow();
        if (inspection.expired().orElse(false)) {
            String message = "It expired " + Spans.distance(inspection.at(), expiry.get()) + "; the server refuses it.";
            add(Rule.EXPIRED, message, renewal());
        } else if (matched.isPresent() && left < DAY && !isMadeForOneRun(matched.get(), expiry.get())) {
            String message = "It expires in " + Spans.length(left) + ", perhaps before a job that uses it ends.";
            add(Rule.EXPIRES_SOON, message, renewal());
        }
    }

    /** A CI provider's token is for its job, however long that may take. */
    private boolean isMadeForOneRun(Audience kind, Instant expiry) {
        Optional<Instant> issued = inspection.time("iat");
        return kind == Audience.GENERIC
                || (issued.isPresent() && !expiry.isAfter(issued.get().plusSeconds(SHORT_LIFE)));
    }

    private void notYetValid() {
        Optional<Instant> start = inspection.time("nbf");
        if (start.isPresent() && inspection.at().isBefore(start.get())) {
            String when = Spans.distance(inspection.at(), start.get());
            add(
                    Rule.NOT_YET_VALID,
                    "It becomes valid " + when + " (nbf); until then the server refuses it.",
                    Cure.SET_CLOCK);
        }
    }

    private void clockSkew() {
        Optional<Instant> issued = inspection.time("iat");
        if (issued.isPresent() && inspection.at().isBefore(issued.get())) {
            // Clocks differ by seconds, and the server does not look at iat.
            boolean small = issued.get().isBefore(inspection.at().plusSeconds(60));
            findings.add(new Finding(
                    Rule.CLOCK_SKEW,
                    small ? Severity.INFO : Severity.WARNING,
                    "According to its iat claim, it will be issued " + Spans.distance(inspection.at(), issued.get())
                            + ", so this machine's clock or the issuer's is wrong.",
                    small ? null : Cure.SET_CLOCK));
        }
    }

    private void identityMissing() {
        if (matched.isPresent() && inspection.token() == null) {
            Audience audience = matched.get();
            String claim = audience.identityClaim();
            String fault = !claims.has(claim)
                    ? "is missing"
                    : claims.get(claim) instanceof String ? "is empty" : "is not a string";
            add(
                    Rule.IDENTITY_MISSING,
                    "Its audience " + audience.value() + " makes it a token of kind " + audience.word() + ", but "
                            + claim + ", the claim that identifies it, " + fault + ".",
                    renewal());
        }
    }

    private void unknownAudience() {
        if (matched.isPresent()) {
            return;
        }
        if (claims.audience().contains(ROBOT_ACCOUNT)) {
            String message =
                    "By its audience it is a robot account's token, which the CLI dropped in v0.91.0; the server"
                            + " still accepts it for attestations.";
            add(Rule.UNKNOWN_AUDIENCE, message, Cure.CREATE_API_TOKEN);
        } else if (claims.audience().contains(FORMER_USER)) {
            String message =
                    "By its audience it is a user's token from before v0.55 or an old robot account's; neither is"
                            + " accepted any more.";
            add(Rule.UNKNOWN_AUDIENCE, message, Cure.GET_TOKEN);
        } else if (isFromCi()) {
            String message = "It is a CI provider's token, issued for " + audiences()
                    + "; Chainloop accepts only those issued for \"chainloop\""
                    + (inspection.isFrom(SourceKind.GITLAB) ? ", and the CLI silently ignores others." : ".");
            add(Rule.UNKNOWN_AUDIENCE, message, Cure.REQUEST_AUDIENCE);
        } else if (claims.text("iss")
                .filter(issuer -> !issuer.equals(OWN_ISSUER))
                .isPresent()) {
            add(Rule.UNKNOWN_AUDIENCE, ofAnother() + ", and is for " + audiences() + ".", Cure.CREATE_API_TOKEN);
        } else {
            String message = claims.audience().isEmpty()
                    ? "It names no audience, so Chainloop cannot tell what it is for."
                    : "Chainloop accepts none of its audiences: " + audiences() + ".";
            add(Rule.UNKNOWN_AUDIENCE, message, Cure.GET_TOKEN);
        }
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
                        || inspection.isFrom(SourceKind.GITLAB));
    }

    private boolean isServiceAccount() {
        return claims.text("sub").orElse("").startsWith("system:serviceaccount:");
    }

    private String ofAnother() {
        return "It is a token of "
                + (isServiceAccount()
                        ? "a Kubernetes service account"
                        : "the issuer " + claims.text("iss").orElse(""))
                + "; Chainloop accepts only its own tokens, and those of GitHub and GitLab";
    }

    private String audiences() {
        List<String> quoted = new ArrayList<>();
        for (String one : claims.audience()) {
            quoted.add(Form.quoted(one));
        }
        return quoted.isEmpty() ? "no audience" : Form.some(quoted);
    }

    private void mixedAudience() {
        int known = 0;
        for (Audience audience : Audience.values()) {
            known += claims.audience().contains(audience.value()) ? 1 : 0;
        }
        if (known > 1) {
            Audience picked = matched.orElseThrow();
            add(
                    Rule.MIXED_AUDIENCE,
                    "It names audiences of " + known + " kinds. Here it counts as " + picked.word()
                            + ", because "
                            + picked.value() + " comes first in the fixed order (Chainloop #2828); the Chainloop CLI"
                            + " reads only the first one, " + claims.audience().get(0)
                            + ". The server issues no such token.",
                    Cure.CHECK_CONTROL_PLANE);
        }
    }

    private void foreignIssuer() {
        if (matched.isEmpty()) {
            return;
        }
        Optional<String> issuer = claims.text("iss");
        boolean own = issuer.equals(Optional.of(OWN_ISSUER));
        if (matched.get() != Audience.GENERIC) {
            if (!own) {
                String whose = issuer.isPresent() ? "Its issuer is " + issuer.get() : "It names no issuer";
                add(
                        Rule.FOREIGN_ISSUER,
                        whose + "; every token of kind " + matched.get().word()
                                + " that Chainloop issues has the issuer " + OWN_ISSUER + ".",
                        renewal());
            }
        } else if (own || (isServiceAccount() && !isFromCi())) {
            String message = own
                    ? "Its audience chainloop is for tokens of CI providers, but its issuer is " + OWN_ISSUER
                            + ". Nobody issues such a token."
                    : ofAnother() + ".";
            Cure cure = own ? Cure.GET_TOKEN : Cure.CREATE_API_TOKEN;
            findings.add(new Finding(Rule.FOREIGN_ISSUER, Severity.ERROR, message, cure));
        }
    }

    private void scopeInconsistent() {
        // What cannot be read contradicts nothing.
        if (inspection.token() instanceof ApiToken api
                && inspection.unreadableScope().isEmpty()) {
            @Nullable String contradiction = contradiction(api);
            if (contradiction != null) {
                add(Rule.SCOPE_INCONSISTENT, contradiction + " Newer control planes refuse such a token.", renewal());
            }
        }
    }

    /**
     * What contradicts what, a sentence; {@code null} if nothing does. The rules are the server's own ({@code
     * pkg/jwt/apitoken}, after v1.106.1); {@code scope: INSTANCE_ADMIN} beside {@code scope_type: instance} is consistent.
     */
    private static @Nullable String contradiction(ApiToken token) {
        boolean organization = token.organization().isPresent();
        boolean project = token.project().isPresent();
        String scope = token.isOfInstance() ? "instance" : token.scope().orElse("");
        if (token.workflow().isPresent() && !project) {
            return "It names a workflow, but no project that it belongs to.";
        }
        String named = project ? "a project" : "";
        String fault = switch (scope) {
            case "instance" -> organization && !project ? "an organization" : named;
            case "organization", "product" -> organization ? named : "no organization";
            case "project" -> !organization ? "no organization" : project ? "" : "no project";
            default -> "";
        };
        return fault.isEmpty() ? null : "Its scope is of kind " + scope + ", but it names " + fault + ".";
    }

    private void oddClaim() {
        List<String> odd = new ArrayList<>();
        boolean refused = false;
        for (String name : TIMES) {
            if (claims.has(name) && claims.time(name).isEmpty()) {
                odd.add(oddTime(name));
                refused |= name.equals("nbf") || (name.equals("exp") && !claims.isFarAhead(name));
            }
        }
        for (String name : inspection.unreadableScope()) {
            odd.add(name + " is not a string");
        }
        if (matched.isPresent() && claims.get("aud") instanceof Collection<?> members && !areStrings(members)) {
            odd.add("aud has a member that is not a string");
        }
        if (!odd.isEmpty()) {
            String server = refused
                    ? "The server refuses the token."
                    : claims.isFarAhead("exp")
                            ? "The server reads it as a year in the far future, so the token practically never expires."
                            : "Some of the server's calls refuse the whole token.";
            findings.add(new Finding(
                    Rule.ODD_CLAIM,
                    refused ? Severity.ERROR : Severity.WARNING,
                    "Claims of an unexpected type or range: " + String.join(", ", odd) + ". " + server,
                    renewal()));
        }
    }

    private String oddTime(String name) {
        if (!(claims.get(name) instanceof JsonNumber number)) {
            return name + (claims.get(name) instanceof String ? " is a string" : " is not a number");
        }
        // No time in seconds that this tool can show has so many digits.
        boolean milliseconds = number.text().length() == 13 && claims.isFarAhead(name);
        return name + (milliseconds ? " is in milliseconds, not in seconds" : " is not a time in seconds");
    }

    private static boolean areStrings(Collection<?> members) {
        for (Object member : members) {
            if (!(member instanceof String)) {
                return false;
            }
        }
        return true;
    }

    static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
