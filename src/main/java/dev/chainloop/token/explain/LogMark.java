package dev.chainloop.token.explain;

import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.PlaceName;
import dev.chainloop.token.source.Scene;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What only the logs of a place have, which tells where a message arose; the first mark that is found counts.
 *
 * @param names the names that it gives
 */
record LogMark(Place place, Pattern mark, List<PlaceName> names) {
    /** The CLI's own line of an error, behind what others put before it. */
    private static final String INSIDE = "(?m:^)[^\n]{0,80}?%s(?:ERR|FTL|Error:|panic:) ";

    /** How much of a text is searched at each of its ends. */
    private static final int END = 100_000;

    /** What a line of a place's job within the log of another has. */
    private static final List<LogMark> INNER =
            all(place -> place.innerLogMarks().stream().map(INSIDE::formatted).toList());

    private static final List<LogMark> OWN = all(Place::logMarks);

    /** What others may have, too. */
    private static final List<String> LOCALS = List.of("localhost", "127.0.0.1");

    private static final Pattern LOCAL_CONNECTION = Pattern.compile(
            "ansible_connection[=:] ?[\"']?local\\b|ansible[^\n]{0,200} (?:--connection[ =]|-c )local\\b|ansible[^\n]{0,200} -i [\"']?localhost,");

    private static final List<LogMark> SHARED = all(Place::perhapsLogMarks);

    static final List<LogMark> ALL =
            Stream.of(INNER, OWN, SHARED).flatMap(List::stream).toList();

    /** What only names something, where another mark tells the place. */
    private static final List<LogMark> CALLING = Stream.of(Place.values())
            .flatMap(place -> place.callingMarks().stream().map(mark -> of(place, mark)))
            .toList();

    /** What a terminal shows elsewhere, or in colors. */
    private static final Pattern TITLE =
            Pattern.compile("\u001b(?:\\][^\u0007\u001b\n]{0,200}(?:\u0007|\u001b\\\\)?|\\[[^@-~]{0,64}[@-~])");

    private static final String MAC = "/Users/";

    /** The end of its prompt. */
    private static final String FISH = ">";

    /** A word that means itself in any shell, and is no option of a command. */
    private static final Pattern PASTEABLE = Pattern.compile("[\\w/][\\w@:./-]*");

    /** What looks random may be a piece of a token; few names have 16 such letters. */
    private static final Pattern RANDOM =
            Pattern.compile("eyJ|(?=[\\w-]{0,99}[a-z])(?=[\\w-]{0,99}[A-Z])(?=[\\w-]{0,99}\\d)[\\w-]{16}");

    private static List<LogMark> all(Function<Place, List<String>> marks) {
        return Stream.of(Place.values())
                .flatMap(place -> marks.apply(place).stream().map(mark -> of(place, mark)))
                .toList();
    }

    private static LogMark of(Place place, String mark) {
        List<PlaceName> names = Stream.of(PlaceName.values())
                .filter(name -> mark.contains("(?<" + group(name) + ">"))
                .toList();
        return new LogMark(place, Pattern.compile(mark), names);
    }

    private static String group(PlaceName name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    /** What of a text is searched for marks. */
    static String searched(String log) {
        return TITLE.matcher(ends(log)).replaceAll("");
    }

    /**
     * Where a text is from, if it carries a mark.
     *
     * @param text what of it is searched
     * @param own the place where this runs: where others have the same marks, they are taken for its own
     */
    static Optional<Scene> of(String text, Place own) {
        return Stream.of(INNER, OWN, SHARED)
                .flatMap(marks ->
                        marks.stream().sorted(Comparator.comparing(one -> own.isAttended() || one.place != own)))
                .filter(one -> one.mark.matcher(text).find())
                .findFirst()
                .map(one -> Scene.of(one.place, names(one.place, text)))
                .filter(scene -> scene.place() != Place.ANSIBLE || !isLocal(scene, text));
    }

    /** Whether Ansible ran its tasks itself: they have the variables and the files of the person who started it. */
    private static boolean isLocal(Scene scene, String text) {
        return LOCALS.contains(scene.names().getOrDefault(PlaceName.HOST, ""))
                || LOCAL_CONNECTION.matcher(text).find();
    }

    /** The beginning and the end of a long text, in whole lines: what marks a log stands in many of them. */
    private static String ends(String log) {
        int from = log.length() <= 2 * END ? -1 : log.indexOf('\n', log.length() - END);
        return from < 0
                ? log.substring(0, Math.min(log.length(), 2 * END))
                : log.substring(0, END) + log.substring(from);
    }

    /** What the marks of a place call it: the last name that the first of them gives. */
    private static Map<PlaceName, String> names(Place place, String text) {
        Map<PlaceName, String> names = new EnumMap<>(PlaceName.class);
        for (LogMark one : Stream.concat(ALL.stream(), CALLING.stream()).toList()) {
            boolean cluster = place.isOfKubernetes() && one.place == Place.POD;
            if ((one.place == place || cluster) && !names.keySet().containsAll(one.names)) {
                Map<PlaceName, String> more = new EnumMap<>(PlaceName.class);
                for (Matcher matcher = one.mark.matcher(text); matcher.find(); ) {
                    one.names.forEach(name -> add(more, name, matcher.group(group(name))));
                }
                more.keySet().removeIf(name -> CALLING.contains(one) && one.givesSeveral(name, text));
                more.forEach(names::putIfAbsent);
            }
        }
        return names;
    }

    /** Whether a text gives a kind of name to several things, so that none is known to be meant. */
    private boolean givesSeveral(PlaceName name, String text) {
        Set<String> values = new HashSet<>();
        for (Matcher matcher = mark.matcher(text); matcher.find(); ) {
            values.add(matcher.group(group(name)));
        }
        return values.size() > 1;
    }

    private static void add(Map<PlaceName, String> names, PlaceName name, String value) {
        if (name == PlaceName.SYSTEM) {
            names.put(name, value.equals(MAC) ? "macOS" : "Windows");
        } else if (name == PlaceName.SHELL) {
            names.put(name, value.equals(FISH) ? "fish" : "pwsh");
        } else if (PASTEABLE.matcher(value).matches() && !RANDOM.matcher(value).find()) {
            names.put(name, value);
        } else {
            names.remove(name);
        }
    }
}
