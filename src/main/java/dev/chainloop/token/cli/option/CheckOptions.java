package dev.chainloop.token.cli.option;

import dev.chainloop.token.check.Expectation;
import dev.chainloop.token.check.Expectations;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.verification.Verifier;
import dev.chainloop.token.verification.Verifier.Form;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** The options of {@code check} and {@code verify} for what is required of a token, and for the key that signed it. */
public final class CheckOptions {
    private static final List<Audience> KINDS = List.of(Audience.values());

    private final Map<Expectation, OptionSpec> options = new EnumMap<>(Expectation.class);
    private final Map<Form, OptionSpec> keys = new EnumMap<>(Form.class);
    private final boolean verify;

    /** For {@code verify}, which insists on a key, or for {@code check}. */
    public CheckOptions(boolean verify) {
        this.verify = verify;
        for (Expectation one : Expectation.values()) {
            options.put(one, option(one, one.help()));
        }
        key(Form.SECRET_FILE, "Use this file's secret, without a final newline.");
        key(Form.KEY_FILE, "Use the PEM key, certificate or JWK in this file.");
        key(Form.KEY_SET, "Use the JWK set in this file.");
    }

    private static OptionSpec option(Expectation expectation, String help) {
        String name = "--" + expectation.word();
        return switch (expectation.value()) {
            case NONE -> Options.flag(help, name);
            case KINDS ->
                Options.valued(
                                "TYPE[,TYPE…]",
                                value -> Converters.words(KINDS, value),
                                help + " " + Converters.oneOf(KINDS) + ".",
                                name)
                        .completionCandidates(Keyword.words(KINDS))
                        .build();
            case NAME -> Options.value("NAME|ID", Converters::name, help, name);
            case ISSUER -> Options.value("URL", Converters::issuer, help, name);
            case SPAN -> Options.value("SPAN", Converters::duration, help, name);
            case SEVERITY -> Options.word("SEVERITY", List.of(Severity.ERROR, Severity.WARNING), help, name);
        };
    }

    /** No secret is ever an option's value, because other users can see command lines. */
    private void key(Form form, String description) {
        keys.put(form, Options.file("FILE|-", Converters::notEmpty, description, form.option()));
    }

    public List<OptionSpec> keys() {
        return List.copyOf(keys.values());
    }

    /** Those for what is required. */
    public List<OptionSpec> options() {
        return List.copyOf(options.values());
    }

    /** Which key was named, if any; to verify, there must be one. */
    public Optional<Verifier.Key> key() throws UsageException {
        List<Verifier.Key> named = new ArrayList<>();
        keys.forEach((form, option) ->
                Options.<String>value(option).ifPresent(value -> named.add(new Verifier.Key(form, value))));
        if (named.size() > 1) {
            throw new UsageException(named.get(0).form().option() + " and "
                    + named.get(1).form().option() + " cannot be used together: give only one key");
        }
        if (verify && named.isEmpty()) {
            throw new UsageException(
                    "there is no key to verify the signature with; give one with --secret-file, --key or --jwks");
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
        Map<Expectation, Object> values = new EnumMap<>(Expectation.class);
        values.put(Expectation.FAIL_ON, Severity.ERROR);
        for (Map.Entry<Expectation, OptionSpec> one : options.entrySet()) {
            Optional<Object> value = Options.value(one.getValue());
            if (value.isPresent() && !value.get().equals(false)) {
                values.put(one.getKey(), value.get());
            }
        }
        Expectations expectations = new Expectations(genuine, values);
        for (Expectation one : values.keySet()) {
            Optional<String> contradiction = one.contradiction(expectations);
            if (contradiction.isPresent()) {
                throw new UsageException(contradiction.get());
            }
        }
        return expectations;
    }
}
