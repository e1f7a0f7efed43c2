package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --lines} with the heap and the limits that the launcher gives it. */
class ManyLinesIT {
    @TempDir
    Path home;

    private CliRun.Result script(String script) throws Exception {
        return LauncherRun.in(home).script(script);
    }

    /** Each line's answer is a kilobyte in JSON. */
    @Test
    void emptyLinesDoNotFillTheHeap() throws Exception {
        CliRun.Result result =
                script("head -c 35000 /dev/zero | tr '\\0' '\\n' | $L --lines -o json | wc -l | tr -d ' '");
        assertEquals("", result.err());
        assertEquals("35000\n", result.out());
    }

    /** Each of their characters is six in JSON. */
    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void longTokensOfWhatHasToBeEscapedDoNotFillTheHeap(String format) throws Exception {
        CliRun.Result result =
                script("payload() { printf '{\"aud\":\"chainloop\",\"iss\":\"'; head -c 780000 /dev/zero |"
                        + " tr '\\0' '\\177'; printf '\"}'; }\n"
                        + "token=\"e30.$(payload | base64 | tr -d '\\n=' | tr '+/' '-_').\"\n"
                        + "for i in 1 2 3 4 5 6; do printf '%s\\n' \"$token\"; done | $L --lines -o " + format
                        + " | wc -l | tr -d ' '");
        assertEquals("", result.err());
        assertEquals("6\n", result.out());
    }
}
