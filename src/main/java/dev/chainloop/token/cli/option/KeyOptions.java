package dev.chainloop.token.cli.option;

import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.verification.Algorithm;
import dev.chainloop.token.verification.KeyRequest;
import dev.chainloop.token.verification.KeyRing;
import dev.chainloop.token.verification.SecretEncoding;
import dev.chainloop.token.verification.Verifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options for the key that verifies the signature. No secret is ever an option's value, because other users can see
 * command lines.
 */
public final class KeyOptions {
    private static final List<Algorithm> ALGORITHMS = List.of(Algorithm.values());

    private final OptionSpec secretFile =
            Option.named("--secret-file").text("FILE", "Use the secret in this file; a trailing newline is ignored.");
    private final OptionSpec secretVariable =
            Option.named("--secret-env").text("NAME", "Use the secret in this environment variable.");
    private final Choice<SecretEncoding> secretEncoding = Option.named("--secret-encoding")
            .choice(
                    "WORD",
                    List.of(SecretEncoding.values()),
                    "How the secret is encoded: raw (the default), base64 or hex.");
    private final OptionSpec key = Option.named("--key")
            .text("FILE", "Use the key in this file: PEM with PUBLIC KEY or CERTIFICATE, or a JSON Web Key.");
    private final OptionSpec set = Option.named("--jwks").text("FILE", "Use the JWK set in this file.");
    private final OptionSpec setUrl =
            Option.named("--jwks-url").text("URL", "Use the JWK set at this HTTPS URL. Goes online.");
    private final OptionSpec discover = Option.named("--discover")
            .flag("Use the keys published by the issuer given with --issuer (OpenID Connect discovery). Goes online.");
    private final OptionSpec authorities = Option.named("--ca")
            .text("FILE", "With --jwks-url or --discover: trust only the certificate authorities in this PEM file.");
    private final Choice<Algorithm> algorithms = Option.named("--alg")
            .choice("NAME[,NAME…]", ALGORITHMS, "Accept only these algorithms: " + Choice.oneOf(ALGORITHMS) + ".");
    private final OptionSpec issuer;
    private final boolean withIssuer;

    /** With an option of its own for the issuer that {@code --discover} contacts. */
    public KeyOptions() {
        this.issuer = Option.named("--issuer").text("URL", "Require exactly this issuer.");
        this.withIssuer = true;
    }

    /** For commands that have such an option already. */
    public KeyOptions(OptionSpec issuer) {
        this.issuer = issuer;
        this.withIssuer = false;
    }

    List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>(List.of(
                secretFile,
                secretVariable,
                secretEncoding.option(),
                key,
                set,
                setUrl,
                discover,
                authorities,
                algorithms.option()));
        if (withIssuer) {
            options.add(issuer);
        }
        return options;
    }

    /**
     * A verifier for the key that was named.
     *
     * @throws UsageException when none was, or when what was named contradicts itself
     */
    public Verifier verifier(KeyRing ring, ViewOptions view) throws UsageException {
        Optional<KeyRequest> request = request(view);
        if (request.isEmpty()) {
            throw new UsageException(
                    "there is no key to verify the signature with; give one with --secret-file, --secret-env,"
                            + " --key, --jwks,"
                            + " --jwks-url or --discover");
        }
        return verifier(request.get(), ring);
    }

    /**
     * Like {@link #verifier}, but empty when no key was named.
     *
     * @throws UsageException when what was named contradicts itself
     */
    public Optional<Verifier> verifierIfAny(KeyRing ring, ViewOptions view) throws UsageException {
        Optional<KeyRequest> request = request(view);
        if (request.isEmpty() && withIssuer && issuer.getValue() != null) {
            throw new UsageException("--issuer needs a key");
        }
        return request.isEmpty() ? Optional.empty() : Optional.of(verifier(request.get(), ring));
    }

    private Verifier verifier(KeyRequest request, KeyRing ring) throws UsageException {
        return new Verifier(ring, request, algorithms.values());
    }

    private Optional<KeyRequest> request(ViewOptions view) throws UsageException {
        List<OptionSpec> named = new ArrayList<>();
        for (OptionSpec option : List.of(secretFile, secretVariable, key, set, setUrl, discover)) {
            if (isGiven(option)) {
                named.add(option);
            }
        }
        if (named.size() > 1) {
            throw new UsageException(named.get(0).longestName() + " and "
                    + named.get(1).longestName() + " cannot be used together: give only one key");
        }
        checkCompanions(!named.isEmpty());
        return named.isEmpty() ? Optional.empty() : Optional.of(namedRequest(view));
    }

    private void checkCompanions(boolean hasKey) throws UsageException {
        if (secretEncoding.isGiven() && !isGiven(secretFile) && !isGiven(secretVariable)) {
            throw new UsageException("--secret-encoding needs --secret-file or --secret-env");
        }
        if (isGiven(authorities) && !isGiven(setUrl) && !isGiven(discover)) {
            throw new UsageException("--ca needs --jwks-url or --discover");
        }
        if (algorithms.isGiven() && !hasKey) {
            throw new UsageException("--alg needs a key");
        }
    }

    private KeyRequest namedRequest(ViewOptions view) throws UsageException {
        if (isGiven(secretFile)) {
            return new KeyRequest.SecretFile(path(secretFile), encoding());
        }
        if (isGiven(secretVariable)) {
            return new KeyRequest.SecretVariable(variable(), encoding());
        }
        if (isGiven(key)) {
            Path file = path(key);
            return new KeyRequest.KeyFile(
                    file, KeyRequest.isStdin(file) ? "/dev/stdin" : view.shellWord(file.toString()));
        }
        if (isGiven(set)) {
            return new KeyRequest.SetFile(path(set));
        }
        Optional<Path> trusted = isGiven(authorities) ? Optional.of(path(authorities)) : Optional.empty();
        if (isGiven(setUrl)) {
            return new KeyRequest.SetUrl(url(), trusted);
        }
        Optional<String> trustedIssuer = Option.value(issuer);
        if (trustedIssuer.isEmpty()) {
            throw new UsageException("--discover needs --issuer: a token must not choose whom to trust");
        }
        return new KeyRequest.Discovery(trustedIssuer.get(), trusted);
    }

    private SecretEncoding encoding() throws UsageException {
        return secretEncoding.value().orElse(SecretEncoding.RAW);
    }

    private String variable() throws UsageException {
        String name = Option.value(secretVariable).orElseThrow();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                throw new UsageException("--secret-env takes a variable's name, not its value");
            }
        }
        return name;
    }

    private URI url() throws UsageException {
        try {
            return new URI(Option.value(setUrl).orElseThrow());
        } catch (URISyntaxException e) {
            throw new UsageException("--jwks-url takes an HTTPS URL");
        }
    }

    private static Path path(OptionSpec option) throws UsageException {
        try {
            return Path.of(Option.value(option).orElseThrow());
        } catch (InvalidPathException e) {
            throw new UsageException(option.longestName() + " has a file name that cannot be encoded in this locale");
        }
    }

    private static boolean isGiven(OptionSpec option) {
        Object value = option.getValue();
        return value != null && !value.equals(false);
    }
}
