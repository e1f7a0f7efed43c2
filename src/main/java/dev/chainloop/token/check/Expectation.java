package dev.chainloop.token.check;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.core.Spans;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Rule;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an option can require of a token: a row each, in the order in which they are checked and in which help lists them.
 * A new one is a constant here; the switches then demand what it contradicts, and its method, which says what is wrong.
 */
public enum Expectation implements Keyword {
    TYPE(Value.KINDS, "Require one of these:"),
    ORG(Value.NAME, "Require an API token of this organization."),
    PROJECT(Value.NAME, "Require an API token that works in this project."),
    ISSUER(Value.ISSUER, "Require exactly this issuer."),
    MIN_REMAINING(Value.SPAN, "Require this much time left, such as 30m, 2h or 7d."),
    MAX_REMAINING(Value.SPAN, "Require an expiry within this time, such as 90d."),
    WARN_REMAINING(Value.SPAN, "Only warn below this, such as 14d; the job runs."),
    REQUIRE_EXP(Value.NONE, "Require an expiry."),
    FAIL_ON(Value.SEVERITY, "Fail on error (the default), or on warning as well."),
    ALLOW_FEDERATED(Value.NONE, "Also pass in a job that requests a federated token.");

    /** What an option takes; the command line reads a span as seconds, and a word as the constant that it means. */
    public enum Value {
        NONE,
        KINDS,
        NAME,
        ISSUER,
        SPAN,
        SEVERITY
    }

    private final Value value;
    private final String help;

    Expectation(Value value, String help) {
        this.value = value;
        this.help = help;
    }

    public Value value() {
        return value;
    }

    /** What its option does. */
    public String help() {
        return help;
    }

    /** Why no token can meet it together with the others, for a usage error; empty when one can. */
    public Optional<String> contradiction(Expectations others) {
        Set<Audience> types = others.types();
        return switch (this) {
            case ORG, PROJECT ->
                types.isEmpty() || types.stream().anyMatch(Audience::hasScope)
                        ? Optional.empty()
                        : Optional.of(
                                "--" + word() + " can be met by an API token only, but --type takes " + words(types));
            case MAX_REMAINING ->
                others.most() == 0
                        ? Optional.of("--max-remaining takes more than 0s")
                        : others.most() < others.least()
                                ? Optional.of(
                                        "--max-remaining is shorter than --min-remaining, so no token can meet both")
                                : Optional.empty();
            case TYPE, ISSUER, MIN_REMAINING, WARN_REMAINING, REQUIRE_EXP, FAIL_ON, ALLOW_FEDERATED -> Optional.empty();
        };
    }

    /** Reports what is wrong with a token, if anything is. */
    void judge(Check check, Object wanted) {
        switch (this) {
            case TYPE -> type(check, check.expectations.types());
            case ORG -> organization(check, (String) wanted);
            case PROJECT -> project(check, (String) wanted);
            case ISSUER -> issuer(check, (String) wanted);
            case MIN_REMAINING -> minRemaining(check, (long) wanted);
            case MAX_REMAINING -> maxRemaining(check, (long) wanted);
            case REQUIRE_EXP -> requireExp(check, REQUIRE_EXP, "a token that expires");
            case WARN_REMAINING, FAIL_ON, ALLOW_FEDERATED -> {} // They are not about the token by itself.
        }
    }

    private static void type(Check check, Set<Audience> wanted) {
        Optional<Audience> kind = check.kind();
        boolean said = check.told.contains(Rule.UNKNOWN_AUDIENCE) || check.told.contains(Rule.IDENTITY_MISSING);
        if (kind.isPresent() ? !wanted.contains(kind.get()) : !said) {
            String found = kind.map(one -> "this is " + one.one()).orElse("there is no typed token");
            String ordered = words(EnumSet.copyOf(wanted));
            check.unmet("type", "a token of type " + ordered, kind.map(Audience::word), found);
        }
    }

    private static void organization(Check check, String name) {
        String wanted = "organization " + check.named(name);
        if (!(check.inspection.token() instanceof ApiToken api)) {
            check.unscoped("org", wanted);
        } else if (!api.organization().isMeantBy(name)) {
            Optional<String> own = nameOf(api.organization());
            String found = quoted(api.organization())
                    .map(one -> "this token is for " + one)
                    .orElse("this token names no organization");
            check.unmet("org", wanted, own, found);
        }
    }

    private static void project(Check check, String name) {
        String wanted = "project " + check.named(name);
        if (!(check.inspection.token() instanceof ApiToken api)) {
            check.unscoped("project", wanted);
            return;
        }
        Optional<String> scope = check.diagnosis.shown(api.scope());
        String obscure = check.inspection.obscureScope();
        if (!obscure.isEmpty()) {
            check.unmet("project", wanted, scope, "what this token is for is not known: " + obscure);
        } else if (api.isOfInstance()) {
            check.unmet("project", wanted, scope, "this token is for the whole instance, not for a project");
        } else if (api.isOfProduct()) {
            String found = "this token is for a product, and which projects belong to it is not known offline";
            check.unmet("project", wanted, scope, found);
        } else if (api.isOfProject()) {
            if (!api.project().isMeantBy(name)) {
                Optional<String> own = nameOf(api.project());
                String found =
                        "this token is for project " + quoted(api.project()).orElse("one without a name");
                check.unmet("project", wanted, own, found);
            }
        } else if (api.workflow().isPresent()) {
            check.unmet("project", wanted, scope, "this token is for a workflow of a project that it does not name");
        } else if (!api.organization().isPresent()) {
            String found = "this token names no organization that the project could be part of";
            check.unmet("project", wanted, scope, found);
        }
    }

    private static void issuer(Check check, String wanted) {
        Optional<String> issuer = check.inspection.issuer();
        if (!issuer.equals(Optional.of(wanted))) {
            Optional<String> shown = check.diagnosis.shown(issuer);
            String found = shown.map(one -> "the issuer is " + one).orElse("it names no issuer");
            String expected =
                    "issuer " + check.diagnosis.shown(Optional.of(wanted)).orElseThrow();
            check.unmet("issuer", expected, shown, found, Cure.CHECK_CONTROL_PLANE);
        }
    }

    private static void minRemaining(Check check, long least) {
        Optional<Long> left = check.inspection.secondsToExpiry();
        long warned = check.expectations
                .value(WARN_REMAINING, Long.class)
                .filter(span -> span > least)
                .orElse(least);
        boolean warns = left.isPresent() && left.get() >= least && left.get() < warned;
        if (!warns) {
            check.told.add(Rule.EXPIRES_SOON);
        }
        boolean endless = check.inspection.decoded() != null && !check.hasClaim("exp");
        boolean expired = check.inspection.expired().orElse(false); // That is said anyway.
        if (endless || expired || (left.isPresent() && left.get() >= least)) {
            return;
        }
        String wanted = "at least " + Spans.length(least) + " left";
        Optional<String> span = left.map(Spans::length);
        String found = span.map(one -> "it expires in " + one).orElse("its expiry is not known");
        check.unmet("min-remaining", wanted, span.map(one -> one + " left"), found);
    }

    /** A token that is requested for the job lives for minutes. */
    private static void maxRemaining(Check check, long most) {
        Optional<Long> left = check.inspection.secondsToExpiry();
        String wanted = "at most " + Spans.length(most) + " left";
        if (left.isPresent() && left.get() > most) {
            String span = Spans.length(left.get());
            boolean alike = span.equals(Spans.length(most));
            String found = alike ? Spans.length(left.get() - most) + " later" : "in " + span;
            check.unmet("max-remaining", wanted, Optional.of(span + " left"), "it expires " + found);
        } else if (!check.minted && !check.expectations.has(REQUIRE_EXP)) {
            requireExp(check, MAX_REMAINING, wanted);
        }
    }

    private static void requireExp(Check check, Expectation expectation, String wanted) {
        boolean unreadable = check.hasClaim("exp");
        if (check.inspection.time("exp").isEmpty()) {
            Optional<String> own = unreadable ? Optional.of("an expiry that cannot be read") : Optional.empty();
            String found = unreadable
                    ? "its expiry cannot be read"
                    : check.inspection.decoded() != null ? "it never expires" : "its expiry is not known";
            check.unmet(expectation.word(), wanted, own, found);
        }
    }

    /** Its name; IDs are private. */
    private static Optional<String> nameOf(Token.Named named) {
        return named.name().or(() -> named.id().map(id -> "one without a name"));
    }

    private static Optional<String> quoted(Token.Named named) {
        return named.name().map(Form::quoted).or(() -> nameOf(named));
    }

    private static String words(Collection<Audience> kinds) {
        return kinds.stream().map(Audience::word).collect(Collectors.joining(" or "));
    }
}
