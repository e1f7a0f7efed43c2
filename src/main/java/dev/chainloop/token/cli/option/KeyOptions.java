package dev.chainloop.token.cli.option;

import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.verification.Verifier;
import dev.chainloop.token.verification.Verifier.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options for the key that verifies the signature. No secret is ever an option's value, because other users can see
 * command lines.
 */
public final class KeyOptions {
    private final OptionSpec secretFile = Option.named(Form.SECRET_FILE.option())
            .text("FILE", "Use the secret in this file; a trailing newline is ignored.");
    private final OptionSpec secretVariable =
            Option.named(Form.SECRET_VARIABLE.option()).text("NAME", "Use the secret in this environment variable.");
    private final OptionSpec key = Option.named(Form.KEY_FILE.option())
            .text("FILE", "Use the key in this file: PEM with PUBLIC KEY or CERTIFICATE, or a JSON Web Key.");
    private final OptionSpec set = Option.named(Form.KEY_SET.option())
            .text("FILE|-|URL", "Use the JWK set in this file, or at this HTTPS URL. A URL goes online.");

    /** The options in picocli's model. */
    public List<OptionSpec> options() {
        return List.of(secretFile, secretVariable, key, set);
    }

    /** Which key was named, if any. */
    public Optional<Verifier.Key> key(ViewOptions view) throws UsageException {
        List<Verifier.Key> named = new ArrayList<>();
        add(named, Form.SECRET_FILE, secretFile, view);
        add(named, Form.SECRET_VARIABLE, secretVariable, view);
        add(named, Form.KEY_FILE, key, view);
        add(named, Form.KEY_SET, set, view);
        if (named.size() > 1) {
            throw new UsageException(named.get(0).form().option() + " and "
                    + named.get(1).form().option() + " cannot be used together: give only one key");
        }
        return named.stream().findFirst();
    }

    private static void add(List<Verifier.Key> named, Form form, OptionSpec option, ViewOptions view)
            throws UsageException {
        Optional<String> value = Option.value(option);
        if (value.isEmpty()) {
            return;
        }
        if (form == Form.SECRET_VARIABLE && !value.get().matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new UsageException(form.option() + " takes a variable's name, not its value");
        }
        named.add(new Verifier.Key(form, value.get(), view.shellWord(value.get())));
    }

    /**
     * Which key was named.
     *
     * @throws UsageException when none was
     */
    public Verifier.Key required(ViewOptions view) throws UsageException {
        Optional<Verifier.Key> named = key(view);
        if (named.isEmpty()) {
            throw new UsageException("there is no key to verify the signature with; give one with --secret-file,"
                    + " --secret-env, --key or --jwks");
        }
        return named.get();
    }
}
