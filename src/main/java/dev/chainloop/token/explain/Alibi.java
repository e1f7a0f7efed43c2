package dev.chainloop.token.explain;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Phrases;
import dev.chainloop.token.diagnosis.Stage;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.source.SourceKind;
import java.util.List;
import java.util.Optional;

/** Why the token here is not the cause of a message. */
final class Alibi {
    private Alibi() {}

    /**
     * The reason, a clause; empty if it may be the cause.
     *
     * @param found whether something is wrong with it at the message's stages
     * @param shownEmpty whether a job's log shows that the job set the variable to an empty value
     */
    static Optional<String> of(Diagnosis diagnosis, MessageMatch match, boolean found, boolean shownEmpty) {
        Candidate token = diagnosis.used();
        KnownMessage message = match.message();
        List<Stage> stages = match.stages();
        Optional<Finding> stop = diagnosis.stop();
        if (message == KnownMessage.GITLAB_DROPPED && !token.isFrom(SourceKind.GITLAB)) {
            return Optional.of("it is not the one in $GITLAB_OIDC");
        }
        if (stop.isPresent() && stop.get().isBefore(stages.get(0))) {
            return Optional.of(stop.get().fault() + ", and the server would have said so");
        }
        Optional<Audience> only = message.only();
        if (only.isPresent() && !token.kind().equals(only)) {
            String known = token.isMatched(only.get()) ? " that the server would know" : "";
            return Optional.of("it is not " + only.get().one() + known);
        }
        Optional<String> passed = stages.get(stages.size() - 1).passed;
        return switch (message) {
            case ISSUER_NOT_FOUND -> otherIssuer(token, match.name());
            case WRONG_SCOPE -> otherScope(token.api().orElseThrow(), match);
            case TOKEN_MISSING, TOKEN_NOT_HANDED_IN ->
                // The CLI sends no GitLab token in which it finds a fault.
                unless(token.status() == Status.NONE || shownEmpty || token.isFrom(SourceKind.GITLAB), passed);
            case NO_ID_TOKEN -> unless(token.status() == Status.NONE || shownEmpty, passed);
            case ORGANIZATION_GONE ->
                // Every other token names its organization, or its user has one.
                unless(
                        token.isOfInstance() || !match.text().startsWith("current"),
                        Optional.of("it is not for the whole instance"));
            case PROJECT_MISSING, RIGHTS -> {
                boolean wide = token.api().isPresent() && token.api().get().isOfOrganization();
                boolean may = wide && (message == KnownMessage.PROJECT_MISSING || match.isOfContracts());
                yield unless(!may, Optional.of("it is for the whole organization, whose tokens may do this"));
            }
            case PEOPLE_ONLY -> unless(!token.isMatched(Audience.USER), Optional.of("it is a user token"));
            case LINE_END_IN_TOKEN -> unless(found, Optional.of("it contains no line break"));
            case ROBOT_ACCOUNT -> unless(found, Optional.of("it is not a robot account token"));
            case AUTH_TYPE_UNKNOWN -> unless(found || token.isMatched(Audience.GENERIC), passed);
            default -> unless(found || message.unseen(match.kind(token)).isPresent(), passed);
        };
    }

    private static Optional<String> unless(boolean suspect, Optional<String> alibi) {
        return suspect ? Optional.empty() : alibi;
    }

    private static Optional<String> otherIssuer(Candidate token, Optional<String> named) {
        Optional<String> own = token.issuer();
        if (named.isEmpty() || own.orElse("").equalsIgnoreCase(named.get())) {
            return Optional.empty();
        }
        String issuer = own.isPresent()
                ? "it has the issuer " + token.shown(own).orElseThrow()
                : token.jwt().isPresent() ? "it names no issuer" : "no issuer can be read in it";
        return Optional.of(
                issuer + ", but the message names " + token.shown(named).orElseThrow());
    }

    private static Optional<String> otherScope(ApiToken api, MessageMatch match) {
        if (match.text().endsWith("product")) {
            return unless(api.isOfProduct(), Optional.of("it is not limited to a product"));
        }
        String what = match.limited();
        Optional<String> own = match.limit(api).name();
        Optional<String> named = match.name();
        if (own.isPresent() && named.isPresent() && !own.equals(named)) {
            String project = Phrases.quoted(own.get());
            return Optional.of(
                    "it is for the " + what + " " + project + ", and the message names " + Phrases.quoted(named.get()));
        }
        boolean unnamed = what.equals("project") && (api.isOfProject() || api.isOfProduct());
        return unless(match.limit(api).isPresent() || unnamed, Optional.of("it is not limited to a " + what));
    }
}
