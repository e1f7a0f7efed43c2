package dev.chainloop.token.explain;

import dev.chainloop.token.diagnosis.Cure;

/**
 * What is known of a message, for a kind of token.
 *
 * @param meaning what it means, sentences
 * @param unseen what nobody can see here, a sentence; empty for nothing
 * @param cure what would make it right if no finding says more
 */
record Row(String meaning, String unseen, Cure cure) {
    Row(String meaning, Cure cure) {
        this(meaning, "", cure);
    }
}
