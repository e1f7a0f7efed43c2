package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.testing.TokenMint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Chainloop's pull request #2828 reads {@code aud} as a set and picks by a fixed priority, where the CLI looks at the
 * first member only.
 */
class PullRequest2828Test {
    private static final Token API_TOKEN = new ApiToken(
            "token-id",
            new ApiToken.Named(Optional.of("org-id"), Optional.empty()),
            Optional.empty(),
            new ApiToken.Named(Optional.empty(), Optional.empty()),
            new ApiToken.Named(Optional.empty(), Optional.empty()),
            Optional.empty(),
            Optional.empty());

    private final Parser parser = new Parser();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"user-auth.chainloop\",\"api-token-auth.chainloop\"",
                "\"api-token-auth.chainloop\",\"user-auth.chainloop\"",
                "\"unknown\",\"user-auth.chainloop\",\"api-token-auth.chainloop\"",
                "\"chainloop\",\"api-token-auth.chainloop\",\"user-auth.chainloop\"",
            })
    void aTokenOfMixedAudiencesIsAnApiToken(String audience) throws MalformedTokenException {
        assertEquals(Optional.of(API_TOKEN), parser.parse(mixed(audience)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"user-auth.chainloop\",\"chainloop\"", "\"chainloop\",\"x\",\"user-auth.chainloop\""})
    void aUserGoesBeforeTheGenericAudience(String audience) throws MalformedTokenException {
        assertEquals(Optional.of(new UserToken("user-id")), parser.parse(mixed(audience)));
    }

    @Test
    void unknownAudiencesAreNilAndStillShown() throws MalformedTokenException {
        String token = mixed("\"unknown1\",\"unknown2\"");
        assertEquals(Optional.empty(), parser.parse(token));
        Claims claims = parser.decode(token).claims();
        assertEquals(List.of("unknown1", "unknown2"), claims.audience());
        assertEquals(Optional.empty(), claims.matchedAudience());
        assertEquals(Optional.of("user-id"), claims.text("user_id"));
    }

    private static String mixed(String audience) {
        return TokenMint.token("{\"aud\":[" + audience
                + "],\"jti\":\"token-id\",\"org_id\":\"org-id\",\"user_id\":\"user-id\",\"iss\":\"cp.chainloop\"}");
    }
}
