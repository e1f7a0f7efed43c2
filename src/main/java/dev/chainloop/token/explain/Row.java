package dev.chainloop.token.explain;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message, for a kind of token.
 *
 * @param meaning what it means, sentences
 * @param layer where it arises, which decides who gets it
 * @param only the one kind of token that gets it; {@code null} when others do, too
 * @param rules those whose findings cause it
 * @param unseen what nobody can see here, a sentence; empty for nothing
 * @param cure what would make it right if none of the rules found anything
 */
record Row(String meaning, Layer layer, @Nullable Audience only, List<Rule> rules, String unseen, Cure cure) {

    /** Whoever sent a token that is refused, or none, gets it. */
    static Row anyone(String meaning, List<Rule> rules, String unseen, Cure cure) {
        return new Row(meaning, Layer.AUTHENTICATION, null, rules, unseen, cure);
    }

    /** It takes a token that has not expired and has the right signature to get it. */
    static Row genuine(String meaning, List<Rule> rules, String unseen, Cure cure) {
        return new Row(meaning, Layer.AUTHORIZATION, null, rules, unseen, cure);
    }

    static Row genuine(String meaning, String unseen, Cure cure) {
        return genuine(meaning, List.of(), unseen, cure);
    }

    /** It takes one of a kind. */
    static Row genuine(Audience only, String meaning, String unseen, Cure cure) {
        return new Row(meaning, Layer.AUTHORIZATION, only, List.of(), unseen, cure);
    }

    /** The token has no part in it, although it seems so. */
    static Row accusing(Layer layer, String meaning, List<Rule> rules, Cure cure) {
        return new Row(meaning, layer, null, rules, "", cure);
    }
}
