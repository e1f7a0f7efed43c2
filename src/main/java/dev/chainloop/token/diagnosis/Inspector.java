package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.source.CiSystem;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.FileAccess;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.source.SearchResult;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceRequest;
import dev.chainloop.token.verification.KeyException;
import dev.chainloop.token.verification.Verifier;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The way from a request to a diagnosis, for every command: find, decode, type, diagnose. */
public final class Inspector {
    private static final Parser PARSER = new Parser();

    private final Search search;
    private final Environment environment;

    /** An inspector that finds tokens by a search in an environment. */
    public Inspector(Search search, Environment environment) {
        this.search = search;
        this.environment = environment;
    }

    /**
     * Finds the token that was asked for, and diagnoses it.
     *
     * @param at the instant by which times are judged
     */
    public Diagnosis inspect(SourceRequest request, Instant at) {
        SearchResult found = search.run(request);
        Inspection inspection = inspect(found, at);
        String config = configName(inspection);
        return Diagnosis.of(new Evidence(
                inspection,
                found,
                CiSystem.of(environment),
                config.isEmpty() ? "" : ShellWord.ofPath(config, environment.home()),
                !config.isEmpty() && FileAccess.isOpenToOthers(Path.of(config))));
    }

    /** Diagnoses a token by itself, as one of many: where it came from counts for nothing. */
    public static Diagnosis inspect(Look look, Instant at) {
        SearchResult found = new SearchResult(List.of(look), new ConfigReading.Missing(""), true);
        return Diagnosis.of(new Evidence(inspect(found, at), found, Optional.empty(), "", false));
    }

    /**
     * Diagnoses a token anew with a judgement on its signature, if there is one to judge.
     *
     * @throws KeyException when there is no key to judge by
     */
    public static Diagnosis verify(Diagnosis diagnosis, Verifier verifier) throws KeyException {
        Evidence evidence = diagnosis.evidence();
        Optional<DecodedToken> decoded = evidence.inspection().decoded();
        Optional<Look.Found> found = evidence.search().found();
        if (decoded.isEmpty() || found.isEmpty()) {
            return diagnosis;
        }
        try {
            return Diagnosis.of(evidence.with(
                    verifier.verify(found.get().secret(), decoded.get().claims())));
        } catch (MalformedTokenException e) {
            throw new IllegalStateException("it was decoded before");
        }
    }

    private static Inspection inspect(SearchResult search, Instant at) {
        Optional<Look> deciding = search.deciding();
        if (deciding.isEmpty()) {
            return Inspection.without(Status.NONE, Optional.empty(), at, Optional.empty());
        }
        Look look = deciding.get();
        if (look instanceof Look.Found found) {
            return inspect(found, at, search.asked());
        }
        if (look instanceof Look.Unreadable unreadable) {
            Fault fault = new Fault("source-unreadable", unreadable.why(), unreadable.remedy());
            return Inspection.without(Status.ERROR, Optional.of(look.origin()), at, Optional.of(fault));
        }
        return Inspection.without(Status.NONE, Optional.empty(), at, Optional.empty());
    }

    /** Decodes and types one token, and finds nothing wrong with it yet. */
    static Inspection inspect(Look.Found found, Instant at, boolean asked) {
        Optional<Origin> origin = Optional.of(found.origin());
        try {
            DecodedToken decoded = PARSER.decode(found.secret());
            Optional<Token> token = PARSER.type(decoded.claims());
            return new Inspection(
                    token.isPresent() ? Status.TYPED : Status.UNRECOGNIZED,
                    origin,
                    Optional.of(decoded),
                    token,
                    Optional.of(Fingerprint.of(found.secret())),
                    at,
                    Optional.empty(),
                    Optional.empty());
        } catch (MalformedTokenException e) {
            SourceKind kind = found.origin().kind();
            Fault fault = new Fault("malformed", "not a JWT: " + e.getMessage(), kind.remedyOfMalformed(asked));
            return Inspection.without(Status.MALFORMED, origin, at, Optional.of(fault));
        }
    }

    /** The config file's path when the token is from there. */
    private static String configName(Inspection inspection) {
        Optional<Origin> origin = inspection.origin();
        return origin.isPresent() && origin.get().kind() == SourceKind.CONFIG
                ? origin.get().name()
                : "";
    }
}
