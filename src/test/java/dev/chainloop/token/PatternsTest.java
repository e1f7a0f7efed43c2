package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every pattern of this tool, with a piece of text that is repeated up to a megabyte: one that is quadratic never ends, and one
 * with a group under a star overflows the stack.
 */
class PatternsTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final int SIZE = 1 << 20;

    private static final Map<String, String> HOSTILE = new TreeMap<>(Map.ofEntries(
            Map.entry("diagnosis.Malformed.ASSIGNMENT", "export CHAINLOOP_TOKEN"),
            Map.entry("diagnosis.Malformed.BEARER", "Bearer"),
            Map.entry("diagnosis.Malformed.FOREIGN", "= "),
            Map.entry("explain.LogLines.CONSEQUENCE", "exit attestation not yet "),
            Map.entry("explain.LogLines.LEVEL", "ER level"),
            Map.entry("explain.LogLines.OWN", "ERR"),
            Map.entry("explain.PlainText.BACKSLASHES", "\\"),
            Map.entry("explain.PlainText.BLANK", "\t"),
            Map.entry("explain.PlainText.LINE_END", "\r"),
            Map.entry("explain.PlainText.SEQUENCE", "[0;1"),
            Map.entry("explain.PlainText.UNSEEN", "\u0001"),
            Map.entry("explain.LogFacts.CALLED", "Complete job name: a / "),
            Map.entry("explain.LogFacts.COMMAND", "1:11 A= "),
            Map.entry("explain.LogFacts.ERROR", "npm denied: "),
            Map.entry("explain.LogFacts.PLAIN", "(a"),
            Map.entry("explain.LogFacts.NAMED", " --org a"),
            Map.entry("explain.LogFacts.ROW", "a: "),
            Map.entry("explain.LogFacts.VERSION", "chainloop v1.1."),
            Map.entry("explain.LogFacts.CONFIGURED", "but \"a\" is "),
            Map.entry("explain.LogFacts.HOST", "lookup a on a "),
            Map.entry("explain.LogFacts.JOURNAL", "Dec  2 11:11:11 a a"),
            Map.entry("explain.LogFacts.ROLE", " role=a:"),
            Map.entry("explain.LogFacts.TIME", "1:11\n"),
            Map.entry("explain.MessageSearch.NAME", ":a"),
            Map.entry("explain.MessageSearch.OF_JOB", "##teamcity::group")));

    @Test
    void noTextIsTooMuchForAPattern() throws Exception {
        Map<String, Pattern> patterns = patterns();
        assertEquals(new TreeSet<>(HOSTILE.keySet()), new TreeSet<>(patterns.keySet()));
        for (Map.Entry<String, Pattern> one : patterns.entrySet()) {
            String piece = HOSTILE.get(one.getKey());
            String text = piece.repeat(SIZE / piece.length());
            // Only against hanging.
            assertTimeoutPreemptively(Duration.ofMinutes(1), () -> all(one.getValue(), text), one.getKey());
        }
    }

    /** As they are used: searched for one after the other, and compared with the whole. */
    private static long all(Pattern pattern, String text) {
        return pattern.matcher(text).results().count() + (pattern.matcher(text).matches() ? 1 : 0);
    }

    /** By class and field; a pattern that is not a constant would be compiled at each use. */
    private static Map<String, Pattern> patterns() throws IOException, ReflectiveOperationException {
        Map<String, Pattern> patterns = new TreeMap<>();
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".class")).toList()) {
                String name =
                        CLASSES.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                if (name.startsWith("dev.chainloop.") && !name.endsWith("-info")) {
                    for (Field field : Class.forName(name, false, PatternsTest.class.getClassLoader())
                            .getDeclaredFields()) {
                        if (field.getType() == Pattern.class) {
                            field.setAccessible(true);
                            patterns.put(name.replace("dev.chainloop.token.", "") + "." + field.getName(), (Pattern)
                                    field.get(null));
                        }
                    }
                }
            }
        }
        return patterns;
    }
}
