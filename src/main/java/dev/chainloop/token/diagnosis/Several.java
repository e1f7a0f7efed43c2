package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.core.Spans;
import dev.chainloop.token.source.Look;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tokens of a value that holds more than one, in their order.
 *
 * @param glued whether they stand there with nothing in between
 * @param claims what each says
 */
public record Several(boolean glued, List<Claims> claims, Instant at) {
    private static final Parser PARSER = new Parser();
    private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth", "fifth");

    public static Several of(Look.Found found, Instant at) {
        List<Claims> claims = new ArrayList<>();
        for (Look.Found piece : found.pieces()) {
            try {
                claims.add(PARSER.decode(piece.secret()).claims());
            } catch (MalformedTokenException e) {
                return new Several(found.isGlued(), List.of(), at);
            }
        }
        return new Several(found.isGlued(), claims, at);
    }

    /** The number, from 1, of the only one that has not expired; 0 where there is no such one. */
    public int alive() {
        List<Claims> alive = claims.stream().filter(one -> !isDead(one)).toList();
        return alive.size() == 1 && claims.size() <= ORDINALS.size() ? claims.indexOf(alive.get(0)) + 1 : 0;
    }

    public String aliveInWords() {
        return ORDINALS.get(alive() - 1);
    }

    /** Whether none of them can work. */
    public boolean areDead() {
        return !claims.isEmpty() && claims.stream().allMatch(this::isDead);
    }

    private boolean isDead(Claims one) {
        return PARSER.type(one).isEmpty()
                || one.time("exp").filter(end -> !at.isBefore(end)).isPresent();
    }

    /** What is known of each, after a colon; empty where nothing is, or they are many. */
    String described() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < claims.size() && i < ORDINALS.size(); i++) {
            all.add("the " + ORDINALS.get(i) + end(claims.get(i)));
        }
        return all.size() < 2 || all.size() < claims.size() ? "" : ": " + String.join(", ", all);
    }

    private String end(Claims one) {
        String kind = PARSER.type(one)
                .map(token -> " (" + token.audience().one() + ")")
                .orElse("");
        Optional<Instant> end = one.time("exp");
        return kind
                + end.map(time -> (at.isBefore(time) ? " expires " : " expired ") + Spans.distance(at, time))
                        .orElse(" never expires");
    }
}
