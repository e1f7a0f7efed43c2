package dev.chainloop.token.explain;

import dev.chainloop.token.source.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What only the logs of a place have, which tells where a message arose; the first mark that is found counts. */
record LogMark(Place place, Pattern mark) {
    static final List<LogMark> ALL = all();

    private static List<LogMark> all() {
        List<LogMark> own = new ArrayList<>();
        List<LogMark> shared = new ArrayList<>();
        for (Place place : Place.values()) {
            add(own, place, place.logMark());
            add(shared, place, place.perhapsLogMark());
        }
        own.addAll(shared);
        return own;
    }

    private static void add(List<LogMark> marks, Place place, String mark) {
        if (!mark.isEmpty()) {
            marks.add(new LogMark(place, Pattern.compile(mark)));
        }
    }

    /** The place that a text is from, if it carries a mark. */
    static Optional<Place> of(String text) {
        return ALL.stream()
                .filter(one -> one.mark.matcher(text).find())
                .map(LogMark::place)
                .findFirst();
    }
}
