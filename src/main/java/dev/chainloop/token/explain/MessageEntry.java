package dev.chainloop.token.explain;

import static dev.chainloop.token.diagnosis.Stage.ALGORITHM;
import static dev.chainloop.token.diagnosis.Stage.AUDIENCE;
import static dev.chainloop.token.diagnosis.Stage.FORM;
import static dev.chainloop.token.diagnosis.Stage.SIGNATURE;
import static dev.chainloop.token.diagnosis.Stage.TYPES;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Stage;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a message.
 *
 * @param stages where the server stopped that says it; none where the token has no part in it
 * @param only the one kind of token that gets it; empty when others do, too
 * @param meaning what it means, sentences
 * @param unseen what nobody can see here, a sentence
 * @param cure what would make it right if no finding says more
 */
record MessageEntry(
        Layer layer, List<Stage> stages, Optional<Audience> only, String meaning, Optional<String> unseen, Cure cure) {
    /** What makes the server hand a token on to the one that checks CI providers' tokens, which says then what is wrong. */
    static final List<Stage> BY_A_SECOND_TRY = List.of(FORM, SIGNATURE, TYPES, ALGORITHM, AUDIENCE);

    /** What only the key tells. */
    static final String SECRET = "Whether another installation issued it, or the server's secret has changed since.";

    static MessageEntry at(List<Stage> stages, String meaning, String unseen, Cure cure) {
        return at(Optional.empty(), stages, meaning, Optional.of(unseen), cure);
    }

    static MessageEntry at(List<Stage> stages, String meaning, Cure cure) {
        return at(Optional.empty(), stages, meaning, Optional.empty(), cure);
    }

    static MessageEntry ofKind(Audience only, List<Stage> stages, String meaning, String unseen, Cure cure) {
        return at(Optional.of(only), stages, meaning, Optional.of(unseen), cure);
    }

    static MessageEntry ofKind(Audience only, List<Stage> stages, String meaning, Cure cure) {
        return at(Optional.of(only), stages, meaning, Optional.empty(), cure);
    }

    private static MessageEntry at(
            Optional<Audience> only, List<Stage> stages, String meaning, Optional<String> unseen, Cure cure) {
        // It takes a token that has not expired and has the right signature to get as far as its audience.
        Layer layer = stages.get(0).compareTo(AUDIENCE) < 0 ? Layer.AUTHENTICATION : Layer.AUTHORIZATION;
        return new MessageEntry(layer, stages, only, meaning, unseen, cure);
    }

    /** The token has no part in it, although it seems so. */
    static MessageEntry beside(Layer layer, String meaning, Cure cure) {
        return new MessageEntry(layer, List.of(), Optional.empty(), meaning, Optional.empty(), cure);
    }

    /** The same where a kind of token says what is unseen, and helps. */
    MessageEntry but(String otherUnseen, Cure otherCure) {
        return new MessageEntry(layer, stages, only, meaning, Optional.of(otherUnseen), otherCure);
    }

    MessageEntry but(Cure otherCure) {
        return new MessageEntry(layer, stages, only, meaning, unseen, otherCure);
    }
}
