package dev.chainloop.token.advice;

import dev.chainloop.token.diagnosis.Cure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Rows in the order in which their steps are printed. Each has a condition, which is a question to the {@link State}: a row
 * that is {@code then} done ends the table, a row that is {@code also} done adds its steps, and the next is asked.
 */
final class Table extends Part {
    private final List<Row> rows;

    private Table(List<Row> rows) {
        this.rows = rows;
    }

    /** @param part what is done in such a state; made when its row's turn has come, so that no more is loaded than a plan needs */
    record Row(Function<State, Optional<Part>> part, boolean last) {}

    static Table rows(Row... rows) {
        return new Table(List.of(rows));
    }

    /** Parts of which each is done. */
    static Table all(Part... parts) {
        return new Table(Stream.of(parts).map(part -> always().also(part)).toList());
    }

    static Condition when(Predicate<State> condition) {
        return new Condition(condition);
    }

    static Condition unless(Predicate<State> condition) {
        return new Condition(condition.negate());
    }

    static Condition always() {
        return new Condition(state -> true);
    }

    /** The beginning of a row. */
    record Condition(Predicate<State> condition) {
        /** The last row in such a state. */
        Row then(Part part) {
            return then(() -> part);
        }

        Row then(Supplier<Part> part) {
            return new Row(made(part), true);
        }

        /** A row of several. */
        Row also(Part part) {
            return also(() -> part);
        }

        Row also(Supplier<Part> part) {
            return new Row(made(part), false);
        }

        /** In such a state there is nothing more to do. */
        Row end() {
            return then(() -> rows());
        }

        private Function<State, Optional<Part>> made(Supplier<Part> part) {
            return state -> condition.test(state) ? Optional.of(part.get()) : Optional.empty();
        }
    }

    /** The beginning of a row for a value that some states have. */
    static <T> Given<T> given(Function<State, Optional<T>> value) {
        return new Given<>(value);
    }

    /** A condition that gives the row a value. */
    record Given<T>(Function<State, Optional<T>> value) {
        Row then(Function<T, Part> part) {
            return new Row(state -> value.apply(state).map(part), true);
        }

        Row also(Function<T, Part> part) {
            return new Row(state -> value.apply(state).map(part), false);
        }
    }

    @Override
    List<Step> steps(State state) {
        List<Step> steps = new ArrayList<>();
        for (Row row : rows) {
            Optional<Part> part = row.part.apply(state);
            if (part.isPresent()) {
                steps.addAll(part.get().steps(state));
                if (row.last) {
                    return steps;
                }
            }
        }
        return steps;
    }

    /** A part that is done on a condition, a phrase that follows "if". */
    static Part provided(String condition, Part part) {
        return provided(state -> condition, part);
    }

    /** The same with a condition that depends on the state; an empty one is none. */
    static Part provided(Function<State, String> condition, Part part) {
        return new Part() {
            @Override
            List<Step> steps(State state) {
                return Step.provided(condition.apply(state), part.steps(state));
            }
        };
    }

    /** A part that belongs to another cure than the one that led to it. */
    static Part as(Cure cure, Part part) {
        return new Part() {
            @Override
            List<Step> steps(State state) {
                return part.steps(state.as(cure));
            }
        };
    }
}
