package dev.chainloop.token.explain;

import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.explain.Cause.Weight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The causes of a message as they are found, and what clears the token here, if anything does. */
final class Causes {
    private final List<Cause> first = new ArrayList<>();
    private final List<Cause> causes = new ArrayList<>();
    private Optional<Alibi> alibi = Optional.empty();

    void certain(String sentence, @Nullable Cure cure) {
        add(new Cause(Weight.CERTAIN, sentence, cure));
    }

    void likely(String sentence, @Nullable Cure cure) {
        add(new Cause(Weight.LIKELY, sentence, cure));
    }

    void hidden(String sentence, @Nullable Cure cure) {
        add(new Cause(Weight.NOT_VISIBLE, sentence, cure));
    }

    /** What is left when all else that can be seen is in order. */
    void left(String sentence, @Nullable Cure cure) {
        add(new Cause(Weight.LEFT, sentence, cure));
    }

    /** What did not cause it, a noun phrase with the reason after a colon. */
    void ruledOut(String phrase) {
        add(Cause.ruledOut(phrase));
    }

    void add(Cause cause) {
        if (!causes.contains(cause)) {
            causes.add(cause);
        }
    }

    /** What a reader is told before the causes: about which token, and which command, the message is. */
    void addFirst(Cause cause) {
        first.add(cause);
    }

    /** The token here did not cause it, and nothing found before counts; a later alibi replaces an earlier one. */
    void clear(Alibi found) {
        alibi = Optional.of(found);
        causes.clear();
    }

    boolean isCleared() {
        return alibi.isPresent();
    }

    /** Whether something is known for certain, if only that it was not the token here. */
    boolean isCertain() {
        return isCleared() || causes.stream().anyMatch(cause -> cause.weight() == Weight.CERTAIN);
    }

    boolean isEmpty() {
        return causes.isEmpty();
    }

    /** The causes without the alibi. */
    List<Cause> found() {
        return List.copyOf(causes);
    }

    /** All that a reader is told: which token the message is about, then the causes, the surest first. */
    List<Cause> told() {
        List<Cause> told = new ArrayList<>(causes);
        told.sort(Comparator.comparing(Cause::weight));
        told.addAll(0, first);
        alibi.map(Alibi::cause).ifPresent(cause -> told.add(0, cause));
        return told;
    }
}
