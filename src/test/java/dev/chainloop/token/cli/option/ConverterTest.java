package dev.chainloop.token.cli.option;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Machine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Durations in every spelling, and the width of texts. */
class ConverterTest {
    @ParameterizedTest
    @CsvSource({"'', 80", "0, 80", "-1, 80", "x, 80", "59, 60", "61, 61", "99, 99", "101, 100"})
    void textsAreAsWideAsIsReadable(String variable, int width) {
        Environment environment = new Environment(Map.of("COLUMNS", variable), false, new Machine());
        assertEquals(width, ViewOptions.columns(environment, true));
    }

    @ParameterizedTest
    @CsvSource({
        "0s, 0",
        "90s, 90",
        "10m, 600",
        "1h30m, 5400",
        "7d, 604800",
        "1d2h3m4s, 93784",
        "4 min 9 s, 249",
        "999999999d, 86399999913600",
        "PT10M, 600",
        "PT1H30M, 5400",
        "P7D, 604800",
        "pt10m, 600",
        "PT0.9S, 0",
    })
    void aSpanIsReadAsSeconds(String text, long seconds) throws UsageException {
        assertEquals(seconds, Converter.DURATION.convert(text));
    }

    static final List<String> ANYTHING_ELSE_IS_REFUSED_WITHOUT_BEING_SHOWN =
            List.of((", ,10,m,4 minutes,4 min9,1.5h,-10m,1h-30m,30m1h,1m1m,1w,1h30,"
                            + "٣m,PT31556889864403199S,PT100000000000001S,PT,P,PT-10M,-PT10M,P1Y,P1M,"
                            + "PT10,PT99999999999999999999S")
                    .split(","));

    @ParameterizedTest
    @FieldSource("ANYTHING_ELSE_IS_REFUSED_WITHOUT_BEING_SHOWN")
    void anythingElseIsRejectedWithoutBeingShown(String text) {
        UsageException e = assertThrows(UsageException.class, () -> Converter.DURATION.convert(text));
        assertEquals(
                "takes a duration with its unit, such as 90s, 10m, 1h30m, 7d, \"4 min 9 s\" or PT10M", e.getMessage());
    }
}
