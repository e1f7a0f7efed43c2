package dev.chainloop.token;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.*;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.chainloop.token.testing.ShortTexts;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No pattern reads a text more often than its length allows. Each one of the project is found by itself: it has to be a
 * constant, or part of one.
 */
class PatternsTest {
    private static final String ROOT = "dev.chainloop.token";
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int LETTERS = 250;

    /** Twice the text may be read so much longer. */
    private static final double MOST = 2.5;

    /** What is read of a text of any length, such as 300 letters for each of the first lines. */
    private static final int CONSTANT = 1000;

    /** What may follow the repeated text, so that a match that has come so far fails. */
    private static final List<String> ENDS = List.of("\u0001", "x");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** The letters of a text, of which each that is read counts. */
    private static final class Counted implements CharSequence {
        final String text;
        long count;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            count++;
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }
    }

    /** How often letters are read of a text, and of one twice as long. */
    private record Cost(String text, String end, long once, long twice) {
        static Cost of(Pattern pattern, String text, String end, int letters) {
            return new Cost(text, end, reads(pattern, text, end, letters), reads(pattern, text, end, 2 * letters));
        }

        private static long reads(Pattern pattern, String text, String end, int letters) {
            Counted counted = new Counted(ShortTexts.repeated(text, letters) + end);
            Matcher matcher = pattern.matcher(counted);
            while (matcher.find()) {
                // To the end.
            }
            matcher.reset().lookingAt();
            matcher.reset().matches();
            return counted.count;
        }

        boolean isLinear() {
            return twice <= MOST * once + CONSTANT;
        }

        double growth() {
            return (double) twice / once;
        }
    }

    private static Stream<Cost> costs(Pattern pattern) {
        Stream<Cost> ended = ENDS.stream()
                .flatMap(end -> ShortTexts.SINGLE.stream().map(text -> Cost.of(pattern, text, end, LETTERS)));
        return Stream.concat(ended, ShortTexts.all().stream().map(text -> Cost.of(pattern, text, "", LETTERS)));
    }

    /** `explain` took 14 s for 32 KB of line ends. */
    @Test
    void noPatternIsWorseThanLinear() throws Exception {
        List<String> worse = new ArrayList<>();
        patterns()
                .forEach((name, pattern) -> costs(pattern)
                        .filter(cost -> !cost.isLinear())
                        .findFirst()
                        .ifPresent(cost -> worse.add(name + ": " + cost)));
        assertEquals(List.of(), worse);
    }

    /** A group that is repeated must not take a frame of the stack for each time. */
    @Test
    void noPatternFillsTheStack() throws Exception {
        assertEquals(List.of(), overflows(patterns()));
    }

    @Test
    void whatFillsTheStackIsNoticed() throws Exception {
        for (String pattern : List.of("(?:a|b)*", "(?:\\[|e|y|J)+", "(?:[^,]|,,)*x")) {
            assertNotEquals(List.of(), overflows(Map.of("", Pattern.compile(pattern))), pattern);
        }
    }

    /** A fourth of the usual stack takes a fourth of the letters. */
    private static List<String> overflows(Map<String, Pattern> patterns) throws InterruptedException {
        List<String> overflows = new ArrayList<>();
        Runnable search = () -> patterns.forEach((name, pattern) -> {
            for (String text : ShortTexts.SINGLE) {
                try {
                    Cost.reads(pattern, text, "", 5_000);
                } catch (StackOverflowError e) {
                    overflows.add(name + ": " + text);
                }
            }
        });
        Thread thread = new Thread(null, search, "small stack", 256 << 10);
        thread.start();
        thread.join();
        return overflows;
    }

    @Test
    void whatIsWorseThanLinearIsNoticed() {
        for (String pattern : List.of("(?m:^\\s*)::", "[.:]+$", "\\w+@", "(?s).*\\*")) {
            assertTrue(costs(Pattern.compile(pattern)).anyMatch(cost -> !cost.isLinear()), pattern);
        }
        assertTrue(costs(Pattern.compile("(?m:^)[ \\t]*+::")).allMatch(Cost::isLinear));
    }

    /** Then none can be forgotten here. */
    @Test
    void eachPatternIsAConstant() throws Exception {
        noClasses()
                .should()
                .callMethod(String.class, "matches", String.class)
                .orShould()
                .callMethod(String.class, "replaceAll", String.class, String.class)
                .orShould()
                .callMethod(String.class, "replaceFirst", String.class, String.class)
                .orShould()
                .callMethod(Pattern.class, "matches", String.class, CharSequence.class)
                .orShould()
                .callMethod(Pattern.class, "asPredicate")
                .orShould()
                .callMethod(Pattern.class, "asMatchPredicate")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Scanner")
                .check(CLASSES);
        List<String> elsewhere = compilations()
                .filter(call -> !call.getOrigin().getName().equals("<clinit>")
                        && !call.getOriginOwner().isEnum()
                        && !call.getOriginOwner().isRecord())
                .map(JavaAccess::getDescription)
                .toList();
        assertEquals(List.of(), elsewhere);
    }

    /** Text is split at one character, which Java does without a pattern, or at a constant. */
    @Test
    void stringsAreSplitAtOneCharacter() throws IOException {
        Pattern split = Pattern.compile(
                "(?<!SENTENCE_END|SEPARATORS?)\\.split\\((?!\"(?:[^\\\\\"]|\\\\n|\\\\\\\\.)\"|[a-z]+\\)|[a-z].*, -1\\)).*");
        List<String> others = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                split.matcher(Files.readString(file)).results().forEach(one -> others.add(file + ": " + one.group()));
            }
        }
        assertEquals(List.of(), others);
    }

    /** With {@code -Dpatterns.table=true}, prints for each pattern the text that it reads most of, and how often. */
    @Test
    void eachClassThatCompilesPatternsHasSome() throws Exception {
        Map<String, Pattern> patterns = patterns();
        List<String> without = compilations()
                .map(call -> call.getOriginOwner().getName())
                .distinct()
                .filter(owner -> patterns.keySet().stream().noneMatch(name -> name.startsWith(owner + ".")))
                .toList();
        assertEquals(List.of(), without);
        assertTrue(patterns.size() > 50, () -> "only " + patterns.keySet());
        if (Boolean.getBoolean("patterns.table")) {
            patterns.forEach((name, pattern) -> System.out.println(row(name, pattern)));
        }
    }

    private static String row(String name, Pattern pattern) {
        List<Cost> costs = costs(pattern).toList();
        Cost most = costs.stream()
                .max((one, other) -> Double.compare(one.twice, other.twice))
                .orElseThrow();
        Cost steepest = costs.stream()
                .filter(cost -> cost.once > CONSTANT)
                .max((one, other) -> Double.compare(one.growth(), other.growth()))
                .orElse(most);
        return String.format(
                "%-45s %8d %8d  %4.2f  %s",
                name.substring(ROOT.length() + 1), most.once, most.twice, steepest.growth(), shown(most));
    }

    private static String shown(Cost cost) {
        StringBuilder shown = new StringBuilder();
        (cost.text + (cost.end.isEmpty() ? "" : "…" + cost.end))
                .chars()
                .forEach(
                        c -> shown.append(c > ' ' && c < 127 || c == '…' ? "" + (char) c : String.format("<%02x>", c)));
        return shown.toString();
    }

    private static Stream<JavaAccess<?>> compilations() {
        return CLASSES.stream()
                .flatMap(one -> one.getAccessesFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(Pattern.class)
                        && call.getTarget().getName().equals("compile"));
    }

    /** All patterns that static fields hold, by the names of the fields that lead to them. */
    private static Map<String, Pattern> patterns() throws Exception {
        Map<String, Pattern> patterns = new TreeMap<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (JavaClass one : CLASSES) {
            Class<?> type = Class.forName(one.getName());
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    add(patterns, seen, type.getName() + "." + field.getName(), field.get(null));
                }
            }
        }
        return patterns;
    }

    private static void add(Map<String, Pattern> patterns, Set<Object> seen, String name, Object value)
            throws IllegalAccessException {
        if (value instanceof Pattern pattern) {
            patterns.put(name, pattern);
        } else if (value instanceof Iterable<?> values
                && value.getClass().getName().startsWith("java.")) {
            for (Object one : values) {
                add(patterns, seen, name, one);
            }
        } else if (value != null && value.getClass().getName().startsWith(ROOT) && seen.add(value)) {
            for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (type.getName().startsWith(ROOT) && !Modifier.isStatic(field.getModifiers())) {
                        field.setAccessible(true);
                        add(patterns, seen, name + "." + field.getName(), field.get(value));
                    }
                }
            }
        } else if (value instanceof Predicate && !value.getClass().getName().startsWith(ROOT)) {
            fail(name + " is a predicate of Java's own, in which a pattern would not be seen");
        }
    }
}
