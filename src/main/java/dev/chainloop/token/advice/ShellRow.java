package dev.chainloop.token.advice;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is known of a {@link Shell}, as its row is written: patterns in which {@code %s} stands for a name, then for a value. */
final class ShellRow {
    /** What a plan needs of a shell; the methods of {@link Shell} say what each is. */
    enum Way {
        LOCATE,
        EXPORTING,
        REREAD,
        UNEXPORTED,
        EXPORT_UNEXPORTED,
        TRIM,
        UNSET,
        EXPORT_VARIABLE,
        EXPORT_OUTPUT,
        EXPORT_WORD,
        CAPTURE,
        EXPORT_TOKEN,
        OUTPUT,
        AND,
        OR,
        RUN_WITHOUT,
        READ,
        CONTINUATION
    }

    /** What most shells have, or any can run. */
    private static final Map<Way, String> USUAL = Map.of(
            Way.AND, "%s &&\n  %s",
            Way.OR, "%s ||\n  %s",
            Way.RUN_WITHOUT, "env -u %s %s",
            Way.READ, "cat %2$s | %1$s");

    private final List<String> names;
    private final Map<Way, String> ways = new EnumMap<>(USUAL);

    private ShellRow(List<String> names) {
        this.names = names;
    }

    /** By the names of its programs. */
    static ShellRow of(String... names) {
        return new ShellRow(List.of(names));
    }

    ShellRow with(Way way, String pattern) {
        ways.put(way, pattern);
        return this;
    }

    boolean isNamed(String program) {
        return names.contains(program);
    }

    /** How the shell says it; empty where it cannot. */
    String say(Way way, Object... words) {
        return ways.getOrDefault(way, "").formatted(words);
    }
}
