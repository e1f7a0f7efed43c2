package dev.chainloop.token.advice;

import dev.chainloop.token.advice.Step.Where;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.core.UserToken;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The live tokens in a text, as far as their unverified claims tell. */
public final class Leaks {
    private static final int MOST = 5;
    private static final Parser PARSER = new Parser();

    private final Instant now;
    private final Map<String, ApiToken> tokens = new LinkedHashMap<>();
    private Instant lastLogin = Instant.MIN;

    /** None yet; those that have expired by then will be passed over. */
    public Leaks(Instant now) {
        this.now = now;
    }

    /** Adds a token in compact serialization, if it is a live one of Chainloop's. */
    public void add(String compact) {
        try {
            Claims claims = PARSER.decode(compact).claims();
            Optional<Token> token = PARSER.type(claims);
            Instant end = claims.time("exp").orElse(Instant.MAX);
            if (token.isEmpty() || !now.isBefore(end)) {
                return;
            }
            if (token.get() instanceof ApiToken api) {
                tokens.putIfAbsent(api.id(), api);
            } else if (token.get() instanceof UserToken && end.isAfter(lastLogin)) {
                lastLogin = end;
            }
        } catch (MalformedTokenException e) {
            // Then it is none of Chainloop's.
        }
    }

    /** What is to be done about them; a forged token can bear the ID of a live one. */
    List<Step> steps(Supply supply) {
        List<Step> steps = new ArrayList<>();
        int count = tokens.size();
        if (count > 0) {
            String which = count == 1 ? "the API token" : "the " + count + " API tokens";
            String what = "revoke " + which + " in the text" + (count > MOST ? ", of which these are the first" : "")
                    + "; anyone can forge one with the ID of yours";
            List<Step> revoke = List.of(
                    supply.revoke(what, tokens.values().stream().limit(MOST).toList()));
            steps.addAll(Step.provided(count == 1 ? "it is genuine" : "they are genuine", revoke));
        }
        if (lastLogin.isAfter(now)) {
            String end =
                    lastLogin.equals(Instant.MAX) ? "forever" : "until " + lastLogin.truncatedTo(ChronoUnit.SECONDS);
            steps.add(supply.say(Where.HERE, "The login in the text cannot be revoked; it works " + end));
        }
        return steps;
    }
}
