package dev.chainloop.token.render;

import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.source.Look;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The distinct tokens of some files, for a person: which each is, when it ends, and where it stands. */
public final class TokenList {
    private static final int MOST_TOKENS = 1_000;
    private static final int MOST_PLACES = 3;

    private final Instant now;
    private final ViewOptions view;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private boolean full;

    /** None yet; {@code now} is the instant at which times are evaluated. */
    public TokenList(Instant now, ViewOptions view) {
        this.now = now;
        this.view = view;
    }

    private record Entry(Inspection inspection, List<String> places) {}

    /** Adds a token in compact serialization, if it is a JWT, with the place where it was found. */
    public void add(String compact, String file, long line, long column) {
        String fingerprint = Fingerprint.of(compact);
        @Nullable Entry entry = entries.get(fingerprint);
        if (entry == null) {
            Inspection inspection =
                    Inspector.inspect(Look.ofLine(compact), now, view.redact()).inspection();
            full |= entries.size() == MOST_TOKENS;
            if (inspection.decoded() == null || full) {
                return;
            }
            entry = new Entry(inspection, new ArrayList<>());
            entries.put(fingerprint, entry);
        }
        if (entry.places.size() <= MOST_PLACES) {
            entry.places.add(Sanitizer.line(file) + ":" + line + ":" + column);
        }
    }

    /** As text after a blank line; empty when there is none. */
    public String text() {
        if (entries.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n" + view.palette().strong("Tokens") + "\n");
        for (Entry entry : entries.values()) {
            List<String> shown = entry.places.subList(0, Math.min(MOST_PLACES, entry.places.size()));
            text.append("  ")
                    .append(Headline.whole(entry.inspection, view))
                    .append("\n    ")
                    .append(entry.inspection.fingerprint())
                    .append(", ")
                    .append(String.join(", ", shown))
                    .append(shown.size() < entry.places.size() ? " and more\n" : "\n");
        }
        return text.append(full ? "  … and more\n" : "").toString();
    }
}
