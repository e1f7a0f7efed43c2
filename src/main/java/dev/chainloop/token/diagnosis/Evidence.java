package dev.chainloop.token.diagnosis;

import dev.chainloop.token.source.CiSystem;
import dev.chainloop.token.source.SearchResult;
import dev.chainloop.token.verification.Verification;
import java.util.Optional;

/**
 * What was seen: all that findings, checks and explanations rest on.
 *
 * @param inspection the token and the time
 * @param search what the sources held
 * @param ci the CI system that runs this, if any
 * @param configWord the config file's path as a word for a shell; empty unless the token is from there
 * @param configOpen whether every user of the machine can read the config file that the token is from
 */
public record Evidence(
        Inspection inspection, SearchResult search, Optional<CiSystem> ci, String configWord, boolean configOpen) {

    /** The same with a judgement on the token's signature. */
    Evidence with(Verification judgement) {
        return new Evidence(inspection.with(judgement), search, ci, configWord, configOpen);
    }
}
