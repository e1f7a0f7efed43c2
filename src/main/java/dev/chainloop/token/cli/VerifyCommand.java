package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.AtOption;
import dev.chainloop.token.cli.option.ExpectationOptions;
import dev.chainloop.token.cli.option.FieldOption;
import dev.chainloop.token.cli.option.KeyOptions;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.verification.Verifier;
import java.util.List;
import java.util.Optional;

/** {@code verify}: whether a given key signed a token, and whether it is within its validity period. */
final class VerifyCommand implements Command {
    private final SourceOptions source = SourceOptions.ofOneSource();
    private final ExpectationOptions expected = ExpectationOptions.ofOrigin();
    private final KeyOptions key = new KeyOptions();
    private final OutputOptions output = OutputOptions.ofEveryFormat().withQuiet();
    private final FieldOption field = new FieldOption();
    private final AtOption at = new AtOption();

    @Override
    public Parameters parameters() {
        return new Parameters()
                .token(source)
                .key(key)
                .expectations(expected)
                .output(output, field.option())
                .others(at.option());
    }

    @Override
    public ExitCode run(World world, Console console)
            throws UsageException, Request.UnreadableKeyException, Console.OutputException {
        Request request = Request.of(source, at, output, world);
        Verifier verifier = new Verifier(key.required(request.view()), world.environment(), world.stdin(), console);
        return new Gate(
                        request,
                        Optional.of(verifier),
                        expected.expectations(true),
                        field.names(request.format()),
                        output.isQuiet())
                .run(world, console, true);
    }

    @Override
    public List<String> examples() {
        return List.of(
                "chainloop-token verify --secret-file secret    signed with this secret?",
                "chainloop-token verify --key issuer.pem --type federated",
                "chainloop-token verify --jwks https://gitlab.com/oauth/discovery/keys");
    }

    @Override
    public ExitMeanings exits() {
        return new ExitMeanings(
                "the token is genuine, within its validity period, and meets every expectation",
                "it is not, or there is no token",
                "the token is not a JWT",
                "a source or the key cannot be read");
    }
}
