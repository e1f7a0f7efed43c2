package dev.chainloop.token.render;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.Durations;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Phrases;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.source.Surroundings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is said first: which token it is, and the worst of what is wrong with it, or when it expires.
 *
 * @param text a clause without a full stop, in lower case unless it begins with a name, not yet sanitized
 * @param more what else is to be said of the worst, sentences
 * @param rest the remarks that are still to be said
 */
record Headline(String text, List<String> more, List<Finding> rest) {
    static Headline of(Diagnosis diagnosis, List<Finding> remarks, ViewOptions view) {
        List<Finding> rest = new ArrayList<>(remarks);
        for (int i = 0; i < remarks.size(); i++) {
            Finding remark = remarks.get(i);
            if (remark.severity() != Severity.INFO || remark.id() == Rule.NO_TOKEN) {
                rest.remove(i);
                Candidate used = diagnosis.used();
                String subject = used.token().isPresent() ? subject(diagnosis, view) : "the token";
                String text = used.jwt().isPresent() ? said(subject, remark, used) : remark.headline();
                return new Headline(text, remark.more(), rest);
            }
        }
        return new Headline(ofUsed(diagnosis, view), List.of(), rest);
    }

    /** What a finding says about a subject; a finding that is not about the token names it only if nothing else does. */
    static String said(String subject, Finding finding, Candidate used) {
        String clause = finding.headline();
        if (used.kind().isPresent()
                && !subject.startsWith("your ")
                && clause.startsWith("it is " + used.kind().get().one())) {
            return "the token" + clause.substring(2); // Its subject says that already.
        }
        if (clause.startsWith("it ")) {
            int named = clause.startsWith("it is for project ") ? subject.lastIndexOf(", project ") : -1;
            return sentence(named < 0 ? subject : subject.substring(0, named), clause.substring(3));
        }
        if (used.token().isPresent() && used.token().get().name().isPresent()) {
            return subject + ": " + clause;
        }
        return clause.startsWith("its ") ? "the token's " + clause.substring(4) : clause;
    }

    /** The token in use and the state of its expiry. */
    static String ofUsed(Diagnosis diagnosis, ViewOptions view) {
        Candidate used = diagnosis.used();
        return used.jwt().isEmpty() ? subject(diagnosis, view) : sentence(subject(diagnosis, view), state(used));
    }

    private static String subject(Diagnosis diagnosis, ViewOptions view) {
        return isOwnLogin(diagnosis) && !view.redact() ? "your login" : subject(diagnosis.used(), view);
    }

    /** Whether the reader logged in: a person is at the terminal, and the token is in the CLI's own config file. */
    static boolean isOwnLogin(Diagnosis diagnosis) {
        Candidate used = diagnosis.used();
        if (!used.kind().equals(Optional.of(Audience.USER)) || used.origin().isEmpty()) {
            return false;
        }
        Surroundings here = diagnosis.evidence().here();
        return here.place().isAttended()
                && here.sudo().isEmpty()
                && here.config().isPresent()
                && here.config().get().toString().equals(used.origin().get().name());
    }

    /** Any token and the state of its expiry. */
    static String ofToken(Candidate one, ViewOptions view) {
        return sentence(subject(one, view), state(one));
    }

    /** A subject that ends in an apposition needs its second comma. */
    private static String sentence(String subject, String predicate) {
        return subject + (subject.contains(", ") ? ", " : " ") + predicate;
    }

    private static String subject(Candidate used, ViewOptions view) {
        return used.token().isPresent() ? title(used, used.token().get(), view) : used.status().title;
    }

    /** What kind of token, whose, and for what. */
    private static String title(Candidate used, Token token, ViewOptions view) {
        String start = token.audience().noun();
        if (!token.audience().isIssuedByChainloop()) {
            // Filtered before it may be cut.
            Optional<String> issuer =
                    Optional.of(view.apply(used.shown(Optional.of(token.id())).orElseThrow()));
            return start + named(" of ", token.repository().isPresent() ? token.repository() : issuer);
        }
        Optional<String> name = token.name();
        return start
                + (name.isPresent()
                        ? " " + Phrases.quoted(TextLayout.cut(name.get()))
                        : named(" ", view.unlessPublic(Optional.of(token.id()))))
                + named(" of ", token.organization().name())
                + named(", project ", known(token.project(), view))
                + named(", workflow ", known(token.workflow(), view))
                + (token instanceof ApiToken api && api.isOfInstance() ? ", the whole instance" : "");
    }

    private static Optional<String> known(Token.Named named, ViewOptions view) {
        return named.name().isPresent() ? named.name() : view.unlessPublic(named.id());
    }

    private static String named(String what, Optional<String> name) {
        return name.isPresent() ? what + TextLayout.cut(name.get()) : "";
    }

    /** Whether it has expired, or when it does. */
    private static String state(Candidate used) {
        Instant now = used.at();
        Optional<Instant> expiry = used.time("exp");
        if (used.isExpiryZero()) {
            return "has exp 0";
        }
        if (used.isExpired()) {
            return "expired " + (expiry.isPresent() ? Durations.distance(now, expiry.get()) : "long ago");
        }
        Optional<Instant> start = used.time("nbf");
        if (start.isPresent() && now.isBefore(start.get())) {
            return "is not valid yet, starts " + Durations.distance(now, start.get());
        }
        if (expiry.isPresent()) {
            return "expires " + Durations.distance(now, expiry.get());
        }
        Claims claims = used.claims();
        if (claims.isFarAhead("exp")) {
            return "expires in the far future";
        }
        return claims.has("exp") ? "has an expiry that cannot be read" : "never expires";
    }
}
