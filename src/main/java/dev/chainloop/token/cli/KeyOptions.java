package dev.chainloop.token.cli;

import dev.chainloop.token.render.View;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that say which key judges a signature. No secret is ever an option's value: all users can see those. */
final class KeyOptions {
    private final OptionSpec secretFile = Option.named("--secret-file")
            .text("FILE", "The key is the secret in this file; a line end at its end is not part of it.");
    private final OptionSpec secretVariable =
            Option.named("--secret-env").text("NAME", "The key is the secret in this variable.");
    private final OptionSpec secretEncoding = Option.named("--secret-encoding")
            .choice("WORD", SecretEncoding.words(), "How the secret is written: raw (the default), base64 or hex.");
    private final OptionSpec key = Option.named("--key")
            .text("FILE", "The key is the one in this file: PEM with PUBLIC KEY or CERTIFICATE, or a JSON web key.");
    private final OptionSpec set = Option.named("--jwks").text("FILE", "The key is in the JWK set in this file.");
    private final OptionSpec setUrl =
            Option.named("--jwks-url").text("URL", "The key is in the JWK set there. Goes online.");
    private final OptionSpec discover = Option.named("--discover")
            .flag("The key is one that the token's issuer publishes, which --issuer must name. Goes online.");
    private final OptionSpec authorities = Option.named("--ca")
            .text("FILE", "With --jwks-url and --discover: trust the authorities in this PEM file, and no others.");
    private final OptionSpec algorithms = Option.named("--alg")
            .choice(
                    "NAME[,NAME…]",
                    Algorithm.words(),
                    "Accept these algorithms only. There are HS256, HS384, HS512, RS256, RS384, RS512, ES256, ES384, ES512,"
                            + " PS256, PS384, PS512 and EdDSA.");
    private final OptionSpec issuer = Option.named("--issuer").text("URL", "Its issuer is exactly this.");

    void addTo(CommandSpec spec) {
        for (OptionSpec option : options()) {
            spec.addOption(option);
        }
    }

    /** The options, for the help too. */
    List<OptionSpec> options() {
        return List.of(
                secretFile,
                secretVariable,
                secretEncoding,
                key,
                set,
                setUrl,
                discover,
                authorities,
                algorithms,
                issuer);
    }

    /** What verifies by the key that was named. */
    Verifier verifier(World world, View view) throws UsageException {
        Optional<KeyRequest> request = request(view);
        if (request.isEmpty()) {
            throw new UsageException(
                    "there is no key to judge by; name one with --secret-file, --secret-env, --key, --jwks,"
                            + " --jwks-url or --discover");
        }
        return verifier(request.get(), world);
    }

    /** The same; empty when no key was named. */
    Optional<Verifier> verifierIfAny(World world, View view) throws UsageException {
        Optional<KeyRequest> request = request(view);
        if (request.isEmpty() && issuer.getValue() != null) {
            throw new UsageException("--issuer goes with a key");
        }
        return request.isEmpty() ? Optional.empty() : Optional.of(verifier(request.get(), world));
    }

    private Verifier verifier(KeyRequest request, World world) throws UsageException {
        return new Verifier(new KeyRing(world.environment()), request, allowed());
    }

    Optional<String> issuer() throws UsageException {
        return Option.value(issuer);
    }

    private Optional<KeyRequest> request(View view) throws UsageException {
        List<OptionSpec> named = new ArrayList<>();
        for (OptionSpec option : List.of(secretFile, secretVariable, key, set, setUrl, discover)) {
            if (isGiven(option)) {
                named.add(option);
            }
        }
        if (named.size() > 1) {
            throw new UsageException(named.get(0).longestName() + " and "
                    + named.get(1).longestName() + " contradict each other: name one key");
        }
        checkCompanions(!named.isEmpty());
        return named.isEmpty() ? Optional.empty() : Optional.of(namedRequest(view));
    }

    private void checkCompanions(boolean hasKey) throws UsageException {
        if (isGiven(secretEncoding) && !isGiven(secretFile) && !isGiven(secretVariable)) {
            throw new UsageException("--secret-encoding goes with --secret-file or --secret-env");
        }
        if (isGiven(authorities) && !isGiven(setUrl) && !isGiven(discover)) {
            throw new UsageException("--ca goes with --jwks-url or --discover");
        }
        if (isGiven(algorithms) && !hasKey) {
            throw new UsageException("--alg goes with a key");
        }
    }

    private KeyRequest namedRequest(View view) throws UsageException {
        if (isGiven(secretFile)) {
            return new KeyRequest.SecretFile(path(secretFile), encoding());
        }
        if (isGiven(secretVariable)) {
            return new KeyRequest.SecretVariable(variable(), encoding());
        }
        if (isGiven(key)) {
            Path file = path(key);
            return new KeyRequest.KeyFile(file, view.shellWord(file.toString()));
        }
        if (isGiven(set)) {
            return new KeyRequest.SetFile(path(set));
        }
        Optional<Path> trusted = isGiven(authorities) ? Optional.of(path(authorities)) : Optional.empty();
        if (isGiven(setUrl)) {
            return new KeyRequest.SetUrl(url(), trusted);
        }
        Optional<String> trustedIssuer = issuer();
        if (trustedIssuer.isEmpty()) {
            throw new UsageException("--discover needs --issuer: a token cannot choose whom to trust");
        }
        return new KeyRequest.Discovery(trustedIssuer.get(), trusted);
    }

    private Set<Algorithm> allowed() throws UsageException {
        Set<Algorithm> allowed = EnumSet.noneOf(Algorithm.class);
        @Nullable String words = algorithms.getValue();
        if (words == null) {
            return allowed;
        }
        for (String word : words.split(",", -1)) {
            Optional<Algorithm> algorithm = Algorithm.ofWord(word);
            if (algorithm.isEmpty()) {
                throw new UsageException(
                        "--alg knows HS256, HS384, HS512, RS256, RS384, RS512, ES256, ES384, ES512, PS256,"
                                + " PS384, PS512 and EdDSA" + Nearest.hint(word, Algorithm.words()));
            }
            allowed.add(algorithm.get());
        }
        return allowed;
    }

    private SecretEncoding encoding() throws UsageException {
        @Nullable String word = secretEncoding.getValue();
        Optional<SecretEncoding> encoding = SecretEncoding.ofWord(word == null ? "raw" : word);
        if (word != null && encoding.isEmpty()) {
            throw new UsageException(
                    "--secret-encoding knows raw, base64 and hex" + Nearest.hint(word, SecretEncoding.words()));
        }
        return encoding.orElseThrow();
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
            throw new UsageException(option.longestName() + " has a file name that this locale cannot spell");
        }
    }

    private static boolean isGiven(OptionSpec option) {
        Object value = option.getValue();
        return value != null && !value.equals(false);
    }
}
