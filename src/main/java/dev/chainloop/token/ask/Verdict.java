package dev.chainloop.token.ask;

import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.source.Host;
import java.io.File;
import java.util.List;
import java.util.Optional;

/**
 * What the control plane said about the token through the Chainloop CLI, and what that means.
 *
 * @param outcome how it went
 * @param program the CLI that asked; empty when none was started
 * @param host the control plane; empty when none was asked
 * @param identity who it thinks sent the token; empty unless it accepts it
 * @param message the words of a refusal, if there is one; hostile, but without a token
 * @param causes the causes of a refusal, the most certain first
 * @param plan what to do
 * @param fault why there is no verdict; empty when there is one, and where the candidate's own trouble says it
 * @param sideEffects what asking has changed; empty when nothing was started
 */
public record Verdict(
        Outcome outcome,
        Optional<Program> program,
        Optional<Host> host,
        Optional<Identity> identity,
        Optional<String> message,
        List<Cause> causes,
        Optional<Plan> plan,
        Optional<Finding> fault,
        Optional<String> sideEffects) {

    /**
     * The CLI that asked.
     *
     * @param version its own, as it tells it
     * @param server the control plane's, as the CLI passes it on
     */
    public record Program(File path, Optional<String> version, Optional<String> server) {}

    /** How asking went. */
    public enum Outcome implements Keyword {
        ACCEPTED,
        REFUSED,
        /** The control plane could not be asked, or could not judge the token. */
        UNREACHABLE,
        /** Nothing was started: there is no token, or none that the CLI would send. */
        NOT_ASKED
    }

    /** Nothing was started. */
    static Verdict notAsked(Optional<Finding> fault, Optional<Plan> plan) {
        return new Verdict(
                Outcome.NOT_ASKED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                plan,
                fault,
                Optional.empty());
    }
}
