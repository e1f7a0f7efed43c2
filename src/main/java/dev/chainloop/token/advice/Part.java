package dev.chainloop.token.advice;

import java.util.List;

/** A part of a plan: a {@link StepRow}, or a {@link Table} of parts. */
abstract class Part {
    /** The part's steps in a state, in their order; none where it has nothing to say. */
    abstract List<Step> steps(State state);
}
