package dev.chainloop.token.controlplane;

import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.JsonObjectReader;
import dev.chainloop.token.http.HttpGet;
import dev.chainloop.token.http.Patience;
import dev.chainloop.token.http.UnreachableException;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Surroundings;
import io.jsonwebtoken.io.DeserializationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GitHub's token service, from which a job requests a federated token as the Chainloop CLI does; nothing keeps the token. */
public record Mint(Environment environment, Patience patience) {
    public static final String NAME = "GitHub's token service";

    private static final String ISSUER = "https://token.actions.githubusercontent.com";
    private static final String CHECK = "Run this in a job of GitHub Actions that has `permissions: id-token: write`;"
            + " a container in the job also needs its variables CI, GITHUB_REPOSITORY, GITHUB_RUN_ID and both"
            + " ACTIONS_ID_TOKEN_REQUEST_….";

    /** Requests a token, once; only where the Chainloop CLI would. */
    public String token() throws UnreachableException {
        if (!Surroundings.canMint(environment)) {
            throw new UnreachableException("cannot be asked: this is not a job that may request a token", CHECK);
        }
        String url = environment.nonEmpty("ACTIONS_ID_TOKEN_REQUEST_URL").orElse("") + "&audience=chainloop";
        String bearer = environment.nonEmpty("ACTIONS_ID_TOKEN_REQUEST_TOKEN").orElse("");
        try {
            byte[] answer = new HttpGet(environment::nonEmpty, 64 << 10, patience)
                    .body(new URI(url), Map.of("Authorization", "bearer " + bearer));
            if (new JsonObjectReader().read(answer).get("value") instanceof String token && !token.isBlank()) {
                return token;
            }
        } catch (URISyntaxException e) {
            throw new UnreachableException("cannot be asked: its URL is malformed", CHECK);
        } catch (DeserializationException e) {
            // Reported below.
        }
        throw new UnreachableException("answers without a token", CHECK);
    }

    /** Why the Chainloop CLI silently drops such a token; none when it sends it. */
    public static List<String> flaws(Claims claims) {
        List<String> flaws = new ArrayList<>();
        if (!claims.text("iss").equals(Optional.of(ISSUER))) {
            flaws.add("its issuer is not " + ISSUER);
        }
        for (String name : List.of("job_workflow_ref", "runner_environment")) {
            if (claims.text(name).isEmpty()) {
                flaws.add("it has no " + name);
            }
        }
        return flaws;
    }
}
