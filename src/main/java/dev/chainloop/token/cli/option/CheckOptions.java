package dev.chainloop.token.cli.option;

import dev.chainloop.token.check.Expectations;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.ShellWord;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.verification.Verifier;
import dev.chainloop.token.verification.Verifier.Form;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;

/** The options of {@code check} and {@code verify} for what is required of a token, and for the key that signed it. */
public final class CheckOptions {
    private static final List<Audience> KINDS = List.of(Audience.values());
    private static final String ALSO = ", or their AUTH_TYPE_ names";

    private final OptionSpec type = Option.named("--type")
            .offering(Keyword.words(KINDS))
            .value(
                    "TYPE[,TYPE…]",
                    value -> Converters.words(KINDS, ALSO, value),
                    "Require one of these kinds: " + Option.oneOf(KINDS) + ALSO + ".");
    private final OptionSpec org =
            Option.named("--org").value("NAME|ID", Converters::name, "Require an API token of this organization.");
    private final OptionSpec project = Option.named("--project")
            .value("NAME|ID", Converters::name, "Require an API token that works in this project.");
    private final OptionSpec exactScope =
            Option.named("--exact-scope").flag("Require exactly the scope of --org or --project.");
    private final OptionSpec issuer =
            Option.named("--issuer").value("URL", Converters::issuer, "Require exactly this issuer.");
    private final OptionSpec minRemaining =
            Option.named("--min-remaining").duration("Require this much time left, such as 30m, 2h or 7d.");
    private final OptionSpec warnRemaining =
            Option.named("--warn-remaining").duration("Warn, and pass, below this lifetime, such as 14d.");
    private final OptionSpec requireExp = Option.named("--require-exp").flag("Require an expiry.");
    private final OptionSpec allowFederated = Option.named("--allow-federated")
            .flag("Also pass without a stored token in a CI job where attestation commands would use a federated one.");
    private final OptionSpec failOn;
    private final Map<Form, OptionSpec> keys = new EnumMap<>(Form.class);
    private final boolean verify;

    /** For {@code verify}, where kind and findings count only if asked for; or else for {@code check}. */
    public CheckOptions(boolean verify) {
        this.verify = verify;
        this.failOn = Option.named("--fail-on")
                .word(
                        "SEVERITY",
                        List.of(Severity.ERROR, Severity.WARNING),
                        verify
                                ? "Also fail on error, or on warning as well; by default, on neither."
                                : "Fail on error (the default), or on warning as well.");
        key(Form.SECRET_FILE, "FILE", "Use this file's secret, without a final newline.");
        key(Form.SECRET_VARIABLE, "NAME", "Use the secret in this environment variable.");
        key(Form.KEY_FILE, "FILE", "Use the PEM key, certificate or JWK in this file.");
        key(Form.KEY_SET, "FILE|-|URL", "Use this JWK set; an HTTPS URL goes online.");
    }

    /** No secret is ever an option's value, because other users can see command lines. */
    private void key(Form form, String label, String description) {
        keys.put(form, Option.named(form.option()).value(label, Converters::notEmpty, description));
    }

    public List<OptionSpec> keys() {
        return List.copyOf(keys.values());
    }

    public List<OptionSpec> expectations() {
        List<OptionSpec> options = new ArrayList<>(
                List.of(type, org, project, exactScope, issuer, minRemaining, warnRemaining, requireExp, failOn));
        if (!verify) {
            options.add(allowFederated);
        }
        return options;
    }

    /** Which key was named, if any; to verify, there must be one. */
    public Optional<Verifier.Key> key(ViewOptions view) throws UsageException {
        List<Verifier.Key> named = new ArrayList<>();
        keys.forEach((form, option) -> Option.<String>value(option)
                .ifPresent(value -> named.add(new Verifier.Key(form, value, view.shellWord(value)))));
        if (named.size() > 1) {
            throw new UsageException(named.get(0).form().option() + " and "
                    + named.get(1).form().option() + " cannot be used together: give only one key");
        }
        if (verify && named.isEmpty()) {
            throw new UsageException("there is no key to verify the signature with; give one with --secret-file,"
                    + " --secret-env, --key or --jwks");
        }
        for (Verifier.Key key : named) {
            if (key.form() == Form.SECRET_VARIABLE && !ShellWord.isName(key.value())) {
                throw new UsageException(key.form().option() + " takes a variable's name, not its value");
            }
        }
        return named.stream().findFirst();
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
        Set<Audience> types = Option.<Set<Audience>>value(type).orElse(Set.of());
        if (!types.isEmpty() && !types.contains(Audience.API_TOKEN)) {
            for (OptionSpec named : List.of(org, project)) {
                if (named.getValue() != null) {
                    throw new UsageException(named.longestName() + " can be met by an API token only, but --type takes "
                            + Option.oneOf(List.copyOf(types)));
                }
            }
        }
        return new Expectations(
                genuine,
                !verify,
                Option.isSet(allowFederated),
                types,
                Option.value(org),
                Option.value(project),
                Option.isSet(exactScope),
                Option.value(issuer),
                Option.value(minRemaining),
                Option.value(warnRemaining),
                Option.isSet(requireExp),
                Option.<Severity>value(failOn).or(() -> verify ? Optional.empty() : Optional.of(Severity.ERROR)));
    }
}
