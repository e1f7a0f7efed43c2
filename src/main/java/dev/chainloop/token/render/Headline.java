package dev.chainloop.token.render;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Spans;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is said first: which token it is, and the worst of what is wrong with it, or when it ends.
 *
 * @param text a phrase or sentence without a full stop, not yet sanitized
 * @param more what else is to be said of the worst, sentences; empty for nothing
 * @param rest the remarks that it leaves to be said
 */
record Headline(String text, String more, List<Remark> rest) {
    /** The headline for a token, or for the lack of one. */
    static Headline of(Inspection inspection, List<Remark> remarks, ViewOptions view) {
        String subject = subject(inspection, view);
        @Nullable Remark worst = null;
        for (Remark remark : remarks) {
            boolean none = inspection.status() == Status.NONE && remark.id().equals(Rule.NO_TOKEN.word());
            worst = worst == null && (remark.isError() || none) ? remark : worst;
        }
        boolean timed = inspection.decoded() != null && (worst == null || isOfTime(worst));
        List<Remark> rest = new ArrayList<>();
        for (Remark remark : remarks) {
            if (timed ? !isOfTime(remark) : !remark.equals(worst)) {
                rest.add(remark);
            }
        }
        if (timed || worst == null) {
            return new Headline(ofToken(inspection, view), "", rest);
        }
        return new Headline(
                inspection.decoded() == null ? worst.headline() : subject + ": " + continued(worst.headline()),
                worst.more(),
                rest);
    }

    /** Whether the state of the expiry says it by itself. */
    private static boolean isOfTime(Remark remark) {
        return List.of(Rule.EXPIRED.word(), Rule.NOT_YET_VALID.word(), Rule.EXPIRES_SOON.word(), "exp", "nbf")
                .contains(remark.id());
    }

    /** A sentence behind a colon. */
    static String continued(String sentence) {
        boolean plain = sentence.startsWith("It")
                || sentence.startsWith("By ")
                || sentence.startsWith("The")
                || sentence.startsWith("No ")
                || sentence.startsWith("Expected ");
        return plain ? Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1) : sentence;
    }

    /** The token and the state of its expiry, in an answer about something else. */
    static String ofToken(Inspection inspection, ViewOptions view) {
        return inspection.decoded() == null
                ? subject(inspection, view)
                : subject(inspection, view) + ": " + state(inspection);
    }

    private static String subject(Inspection inspection, ViewOptions view) {
        return switch (inspection.status()) {
            case TYPED -> title(inspection, Objects.requireNonNull(inspection.token()), view);
            case UNRECOGNIZED -> "Unrecognized token";
            case NONE -> "No token found";
            case MALFORMED -> "Not a token";
            case ERROR -> "No answer";
        };
    }

    /** What kind of token, whose, and for what. */
    private static String title(Inspection inspection, Token token, ViewOptions view) {
        String noun = token.audience().noun();
        String start = Character.toUpperCase(noun.charAt(0)) + noun.substring(1);
        if (!token.audience().isIssuedByChainloop()) {
            Optional<String> issuer = inspection.shown(Optional.of(token.id()), view.redact());
            return start + named(" of ", token.repository().isPresent() ? token.repository() : issuer);
        }
        String id = view.redact() ? "" : " " + TextLayout.cut(token.id());
        Optional<String> name = token.name();
        return start
                + (name.isPresent() ? " " + Form.quoted(TextLayout.cut(name.get())) : id)
                + named(" of ", token.organization().name())
                + named(", project ", known(token.project(), view))
                + named(", workflow ", known(token.workflow(), view))
                + (token instanceof ApiToken api && api.isOfInstance() ? ", the whole instance" : "");
    }

    private static Optional<String> known(Token.Named named, ViewOptions view) {
        return named.name().isPresent() || view.redact() ? named.name() : named.id();
    }

    private static String named(String what, Optional<String> name) {
        return name.isPresent() ? what + TextLayout.cut(name.get()) : "";
    }

    private static String state(Inspection inspection) {
        Instant now = inspection.at();
        Optional<Instant> expiry = inspection.time("exp");
        if (inspection.expired().orElse(false)) {
            return "expired " + (expiry.isPresent() ? Spans.distance(now, expiry.get()) : "long ago");
        }
        Optional<Instant> start = inspection.time("nbf");
        if (start.isPresent() && now.isBefore(start.get())) {
            return "not valid yet, starts " + Spans.distance(now, start.get());
        }
        if (expiry.isPresent()) {
            return "expires " + Spans.distance(now, expiry.get());
        }
        Claims claims = Objects.requireNonNull(inspection.decoded()).claims();
        if (claims.isFarAhead("exp")) {
            return "expires in the far future";
        }
        return claims.has("exp") ? "its expiry cannot be read" : "never expires";
    }
}
