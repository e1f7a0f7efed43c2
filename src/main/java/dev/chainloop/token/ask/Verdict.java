package dev.chainloop.token.ask;

import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.PlanContext;
import dev.chainloop.token.advice.WantedToken;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.source.Host;
import java.io.File;
import java.util.List;
import java.util.Optional;

/**
 * What the control plane said about the token through the Chainloop CLI, and what that means.
 *
 * @param program the CLI that asked; empty when none was started
 * @param identity who it thinks sent the token; empty unless it accepts it
 * @param message the words of a refusal; hostile, but without a token
 * @param causes the causes of a refusal, the most certain first
 * @param fault why there is no verdict; empty if there is one, or if a fault of the token explains it
 */
public record Verdict(
        Outcome outcome,
        Optional<Program> program,
        Optional<Identity> identity,
        Optional<String> message,
        List<Cause> causes,
        Optional<Finding> fault) {

    /**
     * The CLI that asked.
     *
     * @param version its own version, as it prints it
     * @param server the control plane's version, as the CLI prints it
     */
    public record Program(File path, Optional<String> version, Optional<String> server) {}

    /**
     * Who the server thinks sent the token, as far as it says. Its texts are hostile.
     *
     * @param id the user's ID, or the API token's
     * @param email of a user only
     * @param organization where the user's commands work
     */
    public record Identity(
            Optional<String> id,
            Optional<String> email,
            Optional<String> name,
            Optional<String> organization,
            Optional<String> role) {}

    public enum Outcome implements Keyword {
        ACCEPTED,
        REFUSED,
        /** The control plane could not be asked, or could not judge the token. */
        UNREACHABLE,
        /** Nothing was started: there is no token, or the CLI would not send it. */
        NOT_ASKED
    }

    /** The control plane that was to answer; empty if nothing was to be asked, or if it is unknown. */
    public Optional<Host> host(Diagnosis diagnosis) {
        return outcome == Outcome.NOT_ASKED
                ? Optional.empty()
                : diagnosis.evidence().inputs().host();
    }

    public Optional<Plan> plan(Diagnosis diagnosis) {
        List<Cure> cures =
                causes.stream().flatMap(cause -> cause.cure().stream()).toList();
        PlanContext context = PlanContext.of(diagnosis, WantedToken.ANY.like(diagnosis.used()));
        return outcome == Outcome.NOT_ASKED ? Plan.of(diagnosis) : Plan.of(context.refused(), cures);
    }

    /** What asking has changed, sentences; empty when nothing was started. */
    public Optional<String> sideEffects(Candidate used) {
        String use = outcome == Outcome.ACCEPTED && used.api().isPresent()
                ? "the server records a use of the API token; "
                : "";
        String config =
                used.isGiven() ? "" : "the CLI may create its config file, or save or remove the organization in it; ";
        return program.map(started -> "Side effects: " + use + config + "the CLI starts its plugins.");
    }
}
