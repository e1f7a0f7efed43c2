package dev.chainloop.token.cli.option;

import dev.chainloop.token.check.Expectations;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;

/** The options for what is required of a token. */
public final class ExpectationOptions {
    private static final List<Audience> KINDS = List.of(Audience.values());
    private static final String ALSO = ", or their AUTH_TYPE_ names";

    private final OptionSpec type = Option.named("--type")
            .words(
                    "TYPE[,TYPE…]",
                    KINDS,
                    ALSO,
                    "Require one of these kinds (`kind` in the JSON output): " + Option.oneOf(KINDS) + ALSO + ".");
    private final OptionSpec org = Option.named("--org").text("NAME|ID", "Require an API token of this organization.");
    private final OptionSpec project =
            Option.named("--project").text("NAME|ID", "Require an API token that works in this project.");
    private final OptionSpec exactScope = Option.named("--exact-scope")
            .flag("Require exactly the scope of --org or --project, neither wider nor narrower.");
    private final OptionSpec issuer = Option.named("--issuer").text("URL", "Require exactly this issuer.");
    private final OptionSpec minRemaining = Option.named("--min-remaining")
            .duration("Require at least this much remaining lifetime: 90s, 10m, 1h30m, 7d or PT10M.");
    private final OptionSpec warnRemaining = Option.named("--warn-remaining")
            .duration("Warn, and pass, when less lifetime than this remains, such as 14d.");
    private final OptionSpec requireExp = Option.named("--require-exp").flag("Require an expiry.");
    private final OptionSpec allowFederated = Option.named("--allow-federated")
            .flag("Also pass without a stored token in a CI job where attestation commands would use a federated one.");
    private final OptionSpec failOn;
    private final boolean knownKind;
    private final Optional<Severity> failOnByDefault;

    private ExpectationOptions(boolean knownKind, Optional<Severity> failOnByDefault, String failOnDescription) {
        this.knownKind = knownKind;
        this.failOnByDefault = failOnByDefault;
        this.failOn = Option.named("--fail-on")
                .word("SEVERITY", List.of(Severity.ERROR, Severity.WARNING), failOnDescription);
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

    /** The options in picocli's model. */
    public List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>(
                List.of(type, org, project, exactScope, issuer, minRemaining, warnRemaining, requireExp, failOn));
        if (knownKind) {
            options.add(allowFederated);
        }
        return options;
    }

    /**
     * What was asked for.
     *
     * @param genuine whether a key must have signed the token
     * @throws UsageException when a value is not allowed
     */
    public Expectations expectations(boolean genuine) throws UsageException {
        if (Option.isSet(exactScope) && org.getValue() == null && project.getValue() == null) {
            throw new UsageException("--exact-scope needs --org or --project");
        }
        return new Expectations(
                genuine,
                knownKind,
                Option.isSet(allowFederated),
                Option.<Set<Audience>>value(type).orElse(Set.of()),
                Option.value(org),
                Option.value(project),
                Option.isSet(exactScope),
                Option.value(issuer),
                Option.value(minRemaining),
                Option.value(warnRemaining),
                Option.isSet(requireExp),
                Option.<Severity>value(failOn).or(() -> failOnByDefault));
    }
}
