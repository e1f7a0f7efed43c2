package dev.chainloop.token.cli.option;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Expectations;
import dev.chainloop.token.diagnosis.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** The options for what is required of a token. */
public final class ExpectationOptions {
    private static final List<Audience> KINDS = List.of(Audience.values());
    private static final String ALSO = ", or their AUTH_TYPE_ names";

    private final Choice<Audience> type = Option.named("--type")
            .choice(
                    "TYPE[,TYPE…]",
                    KINDS,
                    ALSO,
                    "Require one of these kinds (`kind` in the JSON output): " + Choice.oneOf(KINDS) + ALSO + ".");
    private final Choice<Audience> notType = Option.named("--not-type")
            .choice("TYPE[,TYPE…]", KINDS, ALSO, "Refuse these kinds: " + Choice.oneOf(KINDS) + ".");
    private final OptionSpec org = Option.named("--org").text("NAME|ID", "Require an API token of this organization.");
    private final OptionSpec project =
            Option.named("--project").text("NAME|ID", "Require an API token that works in this project.");
    private final OptionSpec workflow =
            Option.named("--workflow").text("NAME|ID", "Require an API token that works for this workflow.");
    private final Choice<ScopeMatch> scopeMatch = scopeMatch("--scope-match");
    private final Choice<ScopeMatch> scope = scopeMatch("--scope");
    private final OptionSpec issuer = Option.named("--issuer").text("URL", "Require exactly this issuer.");
    private final OptionSpec audience =
            Option.named("--audience").text("NAME", "Require this audience, compared exactly.");
    private final DurationOption leeway = new DurationOption(
            "--leeway", "Tolerate clock differences of up to this much, such as 30s; none by" + " default.");
    private final DurationOption minRemaining = new DurationOption(
            "--min-remaining", "Require at least this much remaining lifetime: 90s, 10m, 1h30m, 7d or PT10M.");
    private final OptionSpec requireExp = Option.named("--require-exp").flag("Require an expiry.");
    private final OptionSpec allowFederated = Option.named("--allow-federated")
            .flag("Also pass without a stored token in a CI job where attestation commands would use a federated one.");
    private final Choice<Severity> failOn;
    private final boolean knownKind;
    private final Optional<Severity> failOnByDefault;

    private ExpectationOptions(boolean knownKind, Optional<Severity> failOnByDefault, String failOnDescription) {
        this.knownKind = knownKind;
        this.failOnByDefault = failOnByDefault;
        this.failOn = Option.named("--fail-on")
                .choice("SEVERITY", List.of(Severity.ERROR, Severity.WARNING), failOnDescription);
    }

    /** For a token that will be used: its kind must be known, and findings of severity error fail it. */
    public static ExpectationOptions ofUse() {
        return new ExpectationOptions(
                true,
                Optional.of(Severity.ERROR),
                "Fail on a finding of this severity or worse: error (the default) or warning.");
    }

    /** For a token that must be genuine; its kind and findings count only if asked for. */
    public static ExpectationOptions ofOrigin() {
        return new ExpectationOptions(
                false,
                Optional.empty(),
                "Also fail on a finding of this severity or worse: error or warning; by default, on none.");
    }

    List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>(List.of(
                type.option(),
                notType.option(),
                org,
                project,
                workflow,
                scopeMatch.option(),
                issuer,
                audience,
                minRemaining.option(),
                requireExp,
                leeway.option(),
                failOn.option()));
        if (knownKind) {
            options.add(allowFederated);
        }
        return options;
    }

    /** The old name of an option. */
    OptionSpec hidden() {
        return scope.option();
    }

    /** The required issuer; {@code --discover} fetches its keys. */
    public OptionSpec issuer() {
        return issuer;
    }

    /**
     * What was asked for.
     *
     * @param genuine whether a key must have signed the token
     * @throws UsageException when a value is not allowed
     */
    public Expectations expectations(boolean genuine) throws UsageException {
        return new Expectations(
                genuine,
                knownKind,
                Option.isSet(allowFederated),
                type.values(),
                notType.values(),
                Option.value(org),
                Option.value(project),
                Option.value(workflow),
                exactScope(),
                Option.value(issuer),
                Option.value(audience),
                leeway.seconds().orElse(0L),
                minRemaining.seconds(),
                Option.isSet(requireExp),
                failOn.isGiven() ? failOn.value() : failOnByDefault);
    }

    private boolean exactScope() throws UsageException {
        Optional<ScopeMatch> named = scopeMatch.isGiven() ? scopeMatch.value() : scope.value();
        if (scopeMatch.isGiven() && scope.isGiven()) {
            throw new UsageException("--scope is the old name of --scope-match; use only one of them");
        }
        if (named.isPresent() && org.getValue() == null && project.getValue() == null && workflow.getValue() == null) {
            throw new UsageException("--scope-match needs --org, --project or --workflow");
        }
        return named.equals(Optional.of(ScopeMatch.EXACT));
    }

    private static Choice<ScopeMatch> scopeMatch(String name) {
        return Option.named(name)
                .choice(
                        "any|exact",
                        List.of(ScopeMatch.values()),
                        "any (the default) accepts a token whose scope is wider than --org, --project or --workflow;"
                                + " exact does not.");
    }

    /** Whether the token's scope may be wider than what was asked for. */
    private enum ScopeMatch implements Keyword {
        ANY("any"),
        EXACT("exact");

        private final String word;

        ScopeMatch(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }
}
