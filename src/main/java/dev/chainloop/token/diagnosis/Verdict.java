package dev.chainloop.token.diagnosis;

import dev.chainloop.token.controlplane.Answers;
import dev.chainloop.token.controlplane.Endpoint;
import dev.chainloop.token.controlplane.Question;
import dev.chainloop.token.controlplane.Reply;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.http.UnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane said about the token, and what that means.
 *
 * @param outcome how it went
 * @param endpoint the control plane; {@code null} when nothing was asked
 * @param answers its answers; {@code null} when it could not be asked
 * @param refusal the answer that refuses the token; {@code null} when there is none. Of an accepted token, it is the
 *     one that refuses attestations to a person
 * @param causes the causes of a refusal, the most certain first
 * @param remedy what to do; empty when there is nothing to do
 * @param fault why there is no verdict; {@code null} when there is one
 * @param notAsked what an acceptance does not cover
 * @param sideEffects what asking changed
 * @param clock how far the server's clock is ahead of this machine's; {@code null} when that is a minute at most, or
 *     unknown
 */
public record Verdict(
        Outcome outcome,
        @Nullable Endpoint endpoint,
        @Nullable Answers answers,
        @Nullable Reply refusal,
        List<Cause> causes,
        String remedy,
        @Nullable Fault fault,
        List<String> notAsked,
        List<String> sideEffects,
        @Nullable Duration clock) {

    private static final long CLOCK_SECONDS = 60;

    /** What a person lacks who may not run attestations, but may run other commands. */
    private static final Set<KnownMessage> RIGHTS =
            EnumSet.of(KnownMessage.NOT_ALLOWED, KnownMessage.PROJECT_ROLE, KnownMessage.VIEWER);

    /** Nothing was sent, and why; a token that cannot be read is reported elsewhere. */
    public static Verdict notAsked(@Nullable Fault fault) {
        return new Verdict(Outcome.NOT_ASKED, null, null, null, List.of(), "", fault, List.of(), List.of(), null);
    }

    /** The control plane could not be asked. */
    public static Verdict unreachable(@Nullable Endpoint endpoint, UnreachableException why) {
        String name = endpoint != null ? endpoint.address().toString() : "the control plane";
        Fault fault = new Fault("unreachable", name + " " + why.what(), why.remedy());
        return new Verdict(Outcome.UNREACHABLE, endpoint, null, null, List.of(), "", fault, List.of(), List.of(), null);
    }

    /** Reads the answers for the token of a diagnosis. */
    public static Verdict of(Diagnosis diagnosis, Endpoint endpoint, Answers answers) {
        Inspection inspection = diagnosis.inspection();
        @Nullable
        Reply refusal = answers.replies().stream()
                .filter(reply -> !reply.accepts())
                .findFirst()
                .orElse(null);
        List<Cause> causes = new ArrayList<>();
        String remedy = "";
        Outcome outcome = Outcome.ACCEPTED;
        @Nullable Fault fault = null;
        if (refusal != null) {
            Optional<Refusal> known = Refusal.of(refusal);
            List<MessageMatch> matches = MessageMatch.findAll(refusal.message());
            int code = refusal.code();
            if (known.isPresent()) {
                outcome = refused(inspection, refusal, known.get().isOfRights());
                causes.addAll(known.get().causes(refusal, inspection, answers.version()));
                remedy = known.get().remedy(refusal, diagnosis, answers.version());
            } else if (!matches.isEmpty()) {
                outcome = refused(
                        inspection, refusal, RIGHTS.contains(matches.get(0).message()));
                Explanation explanation = Explanation.ofAnswer(diagnosis, matches);
                causes.addAll(explanation.causes());
                remedy = explanation.remedy();
            } else if (code == Reply.UNAUTHENTICATED || code == Reply.PERMISSION_DENIED) {
                outcome = Outcome.REFUSED;
                remedy = "This message is not known here; the administrator of the control plane can say more.";
            } else {
                outcome = Outcome.UNREACHABLE;
                fault = new Fault(
                        "unreachable",
                        endpoint.address() + " fails with an error of its own, which says nothing about the token: "
                                + (refusal.message().isEmpty() ? "" : refusal.message() + ", ") + "gRPC code " + code,
                        "Try again later, or tell the administrator of the control plane.");
            }
        }
        return new Verdict(
                outcome,
                endpoint,
                answers,
                refusal,
                causes,
                remedy,
                fault,
                outcome == Outcome.ACCEPTED ? unasked(answers) : List.of(),
                sideEffects(inspection, answers),
                clock(answers));
    }

    /** A person's token that only attestations refuse, for want of a role or a membership, is accepted for commands. */
    private static Outcome refused(Inspection inspection, Reply refusal, boolean ofRights) {
        return ofRights && refusal.question() == Question.GET_CONTRACT && inspection.isKind(Audience.USER)
                ? Outcome.ACCEPTED
                : Outcome.REFUSED;
    }

    private static List<String> unasked(Answers answers) {
        List<Question> asked = answers.replies().stream().map(Reply::question).toList();
        List<String> unasked = new ArrayList<>();
        if (!asked.contains(Question.GET_CONTRACT)) {
            unasked.add("whether its organization is suspended");
        }
        if (!asked.contains(Question.LIST_MEMBERSHIPS)) {
            unasked.add("the allow-list");
        }
        unasked.add("what it may do");
        return unasked;
    }

    private static List<String> sideEffects(Inspection inspection, Answers answers) {
        boolean accepted =
                !answers.replies().isEmpty() && answers.replies().get(0).accepts();
        if (!accepted || inspection.token() == null) {
            return List.of();
        }
        if (inspection.token() instanceof ApiToken) {
            return List.of("The server recorded the API token's use, as it does for every command.");
        }
        return inspection.isKind(Audience.GENERIC)
                ? List.of("The server passed the token on to the verifier of federated tokens.")
                : List.of();
    }

    private static @Nullable Duration clock(Answers answers) {
        Optional<Instant> server = answers.serverTime();
        if (server.isEmpty()) {
            return null;
        }
        Duration ahead = Duration.between(answers.at(), server.get());
        return ahead.abs().toSeconds() > CLOCK_SECONDS ? ahead : null;
    }

    /** How asking the control plane went. */
    public enum Outcome implements Keyword {
        /** It accepts the token. */
        ACCEPTED("accepted"),
        /** It refuses the token. */
        REFUSED("refused"),
        /** It could not be asked, or could not judge the token. */
        UNREACHABLE("unreachable"),
        /** Nothing was sent: there is no token, or none that can be sent. */
        NOT_ASKED("not-asked");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }
}
