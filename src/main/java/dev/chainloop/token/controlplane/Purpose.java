package dev.chainloop.token.controlplane;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a token is for, which decides which calls have to accept it. */
public enum Purpose implements Keyword {
    /** Attestations: {@code chainloop attestation …}. */
    ATTESTATION("attestation", false, true),
    /** Every other command. */
    COMMANDS("commands", true, false),
    /** Both. */
    ALL("all", true, true);

    private static final String ROBOT_AUDIENCE = "attestations.chainloop";

    private final String word;
    private final boolean commands;
    private final boolean attestation;

    Purpose(String word, boolean commands, boolean attestation) {
        this.word = word;
        this.commands = commands;
        this.attestation = attestation;
    }

    @Override
    public String word() {
        return word;
    }

    /**
     * What a kind of token is for, unless the user says otherwise.
     *
     * @param kind the kind; empty when it is unknown, and then the server is asked about everything
     * @param audience the token's audiences; that of the former robot accounts is for attestations
     */
    public static Purpose of(Optional<Audience> kind, List<String> audience) {
        if (kind.isEmpty()) {
            return audience.contains(ROBOT_AUDIENCE) ? ATTESTATION : ALL;
        }
        return switch (kind.get()) {
            case GENERIC -> ATTESTATION;
            case USER, API_TOKEN -> COMMANDS;
        };
    }

    /** The calls to make with a token of a kind, in order. */
    List<Question> questions(Optional<Audience> kind) {
        List<Question> questions = new ArrayList<>();
        if (commands) {
            questions.add(Question.CURRENT);
            if (kind.equals(Optional.of(Audience.USER))) {
                questions.add(Question.LIST_MEMBERSHIPS);
            }
        }
        if (attestation) {
            questions.add(Question.GET_CONTRACT);
        }
        return questions;
    }
}
