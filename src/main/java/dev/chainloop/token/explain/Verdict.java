package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Demand;
import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.Situation;
import dev.chainloop.token.controlplane.Answers;
import dev.chainloop.token.controlplane.Endpoint;
import dev.chainloop.token.controlplane.Question;
import dev.chainloop.token.controlplane.Reply;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.http.UnreachableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane said about the token, and what that means.
 *
 * @param outcome how it went
 * @param endpoint the control plane; {@code null} when nothing was asked
 * @param answers its answers; {@code null} when it could not be asked
 * @param refusal the answer that refuses the token; {@code null} when there is none. If the token is accepted all the
 *     same, it refuses attestations to a person
 * @param causes the causes of a refusal, the most certain first
 * @param plan what to do
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
        Optional<Plan> plan,
        @Nullable Fault fault,
        List<String> notAsked,
        List<String> sideEffects,
        @Nullable Duration clock) {

    private static final long CLOCK_SECONDS = 60;

    /** Nothing was sent, because of a fault; {@code null} if the token cannot be read, which is reported elsewhere. */
    public static Verdict notAsked(@Nullable Fault fault) {
        return without(Outcome.NOT_ASKED, null, null, Optional.empty(), fault);
    }

    /** The control plane tells about itself; there is no token to ask about. */
    public static Verdict greeted(Diagnosis diagnosis, Endpoint endpoint, Answers answers) {
        return without(Outcome.NOT_ASKED, endpoint, answers, Plan.of(diagnosis), null);
    }

    /** A machine could not be asked; it is the control plane, if its address is known. */
    public static Verdict unreachable(@Nullable Endpoint endpoint, String other, UnreachableException why) {
        String name = endpoint != null ? endpoint.address().toString() : other;
        Fault fault = new Fault("unreachable", name + " " + why.what(), why.remedy());
        return without(Outcome.UNREACHABLE, endpoint, null, Optional.empty(), fault);
    }

    private static Verdict without(
            Outcome outcome,
            @Nullable Endpoint endpoint,
            @Nullable Answers answers,
            Optional<Plan> plan,
            @Nullable Fault fault) {
        return new Verdict(outcome, endpoint, answers, null, List.of(), plan, fault, List.of(), List.of(), null);
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
        Outcome outcome = Outcome.ACCEPTED;
        @Nullable Fault fault = null;
        if (refusal != null) {
            Refusal known = new Refusal(diagnosis, refusal, answers.version());
            causes.addAll(known.causes());
            refusal = known.reply();
            boolean judged = !causes.isEmpty()
                    || refusal.code() == Reply.UNAUTHENTICATED
                    || refusal.code() == Reply.PERMISSION_DENIED;
            if (causes.isEmpty() && judged) {
                causes.add(new Cause(
                        Cause.Weight.CERTAIN,
                        "The control plane refuses it with a message that is not known here.",
                        Cure.ASK_ADMINISTRATOR));
            }
            outcome = !judged
                    ? Outcome.UNREACHABLE
                    : isForCommandsOnly(inspection, refusal, causes) ? Outcome.ACCEPTED : Outcome.REFUSED;
            if (!judged) {
                fault = new Fault(
                        "unreachable",
                        endpoint.address() + " fails with an error of its own, which says nothing about the token: "
                                + (refusal.message().isEmpty() ? "" : refusal.message() + ", ") + "gRPC code "
                                + refusal.code(),
                        "Try again later, or tell the administrator of the control plane.");
            }
        }
        Situation situation = Situation.here(diagnosis.evidence(), Demand.like(inspection));
        List<Cure> cures =
                causes.stream().map(Cause::cure).filter(Objects::nonNull).toList();
        return new Verdict(
                outcome,
                endpoint,
                answers,
                refusal,
                causes,
                Plan.of(situation, cures),
                fault,
                outcome == Outcome.ACCEPTED ? unasked(answers) : List.of(),
                sideEffects(inspection, answers),
                clock(answers));
    }

    /** Whether a person's token is accepted for commands, and only attestations refuse it, for lack of rights. */
    private static boolean isForCommandsOnly(Inspection inspection, Reply refusal, List<Cause> causes) {
        boolean rights = causes.stream()
                .anyMatch(cause -> cause.cure() == Cure.ASK_FOR_ROLE || cause.cure() == Cure.CHOOSE_ORGANIZATION);
        return rights
                && refusal.question() == Question.GET_CONTRACT
                && inspection.kind().equals(Optional.of(Audience.USER));
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
        return inspection.kind().equals(Optional.of(Audience.GENERIC))
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
        ACCEPTED,
        REFUSED,
        /** The control plane could not be asked, or could not judge the token. */
        UNREACHABLE,
        /** Nothing was sent: there is no token, or none that can be sent. */
        NOT_ASKED
    }
}
