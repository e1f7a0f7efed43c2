package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Detail;
import dev.chainloop.token.explain.Testimony.Sent;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a text says of its commands, part by part. A message is told what the lines before it say, back to the line
 * that shows the next command.
 */
final class LogReader {
    private static final String PROGRAM = "chainloop ";
    private static final String REMOTE_STATE = "--remote-state";

    /** What a shell, {@code set -x} or a CI system prints before a command. */
    private static final List<String> PROMPTS = List.of("+ ", "$ ", "% ", "# ", "]Run ");

    /** What GitHub puts before it, as a browser copies it: at a line's beginning. */
    private static final String COPIED = "Run ";

    /** How long the path before the program's name may be. */
    private static final int LONGEST_PROMPT = 200;

    /** How many commands may follow the one whose message counts. */
    private static final int MOST_COMMANDS = 100;

    /** How long a command may be, with a token in it. */
    private static final int LONGEST_COMMAND = 1500;

    private static final Pattern ATTESTATION = Pattern.compile("\\batt(?:estation)?[ \n]+(\\w+)");
    private static final Pattern CONTINUED = Pattern.compile("add|push|status");

    /** A switch that is on; in a help text, its meaning follows. */
    private static final Pattern SWITCH = Pattern.compile("\\G" + REMOTE_STATE + "(?:=true)?(?![\\w=-]| [A-Z][a-z])");

    private static final Pattern TOKEN_OPTION = Pattern.compile("\\s(?:--token|-t)[ =](\\S*)");
    private static final Pattern VARIABLE = Pattern.compile("[\"']?\\$\\{?CHAINLOOP_TOKEN\\b.*");
    private static final Pattern FILE = Pattern.compile("=(?:\"([^\"\n]{1,999})\"|([^\\s\"]{1,999}))");

    /** What the CLI's library reads; a path that was cut or masked does not count. */
    private static final Pattern CONFIG = Pattern.compile("^[^*]*[.](?:toml|ya?ml|json)");

    private static final Map<LogLine, String> LINES = lines();

    private final Queue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::at));
    private final Deque<Testimony> ended = new ArrayDeque<>();
    private Testimony testimony = Testimony.NONE;

    /** What a place in a text changes for all that comes after it. */
    private record Event(int at, UnaryOperator<Testimony> change) {}

    private static Map<LogLine, String> lines() {
        Map<LogLine, String> lines = new EnumMap<>(LogLine.class);
        for (LogLine line : LogLine.values()) {
            lines.put(line, new Letters(line.text).letters);
        }
        return lines;
    }

    /** Reads the next part; the places in it count from its start. */
    void read(String plain, Letters letters) {
        LINES.forEach((line, text) -> {
            for (int i = letters.letters.indexOf(text); i >= 0; i = letters.letters.indexOf(text, i + 1)) {
                add(line, plain, letters.index[i], letters.index[i + text.length() - 1]);
            }
        });
        for (int i = plain.indexOf(PROGRAM); i >= 0; i = plain.indexOf(PROGRAM, i + 1)) {
            addCommand(plain, i);
        }
        for (Detail detail : Detail.values()) {
            for (Matcher found = detail.matcher(plain); detail.isOfText() && found.find(); ) {
                int start = detail.since(found);
                Detail.value(found)
                        .ifPresent(value -> events.add(new Event(start, before -> before.with(detail, value))));
            }
        }
        for (int i = plain.indexOf(REMOTE_STATE); i >= 0; i = plain.indexOf(REMOTE_STATE, i + 1)) {
            addRemoteState(plain, i);
        }
    }

    private void add(LogLine line, String plain, int start, int last) {
        if (line == LogLine.CONFIG_READ) {
            Matcher file = FILE.matcher(plain).region(last, plain.length());
            if (file.lookingAt()) {
                String path = file.group(1) != null ? file.group(1) : file.group(2);
                Optional<String> config = CONFIG.matcher(path).matches() ? Optional.of(path) : Optional.empty();
                events.add(new Event(start, before -> before.with(config)));
            }
        } else {
            events.add(new Event(start, before -> before.with(line)));
        }
    }

    /** A command that the text shows, after which nothing is known of the one that runs, but of its CLI. */
    private void addCommand(String plain, int start) {
        String before = plain.substring(Math.max(0, start - LONGEST_PROMPT), start);
        // The program may be named by its path.
        String prompt = before.endsWith("/") ? before.substring(0, before.lastIndexOf(' ') + 1) : before;
        boolean copied = prompt.equals(COPIED) || prompt.endsWith("\n" + COPIED);
        if (!copied && PROMPTS.stream().noneMatch(prompt::endsWith)) {
            return;
        }
        String after = plain.substring(start, Math.min(plain.length(), start + LONGEST_COMMAND));
        int end = after.indexOf('\n');
        String command = end < 0 ? after : after.substring(0, end);
        Matcher attestation = ATTESTATION.matcher(command);
        boolean continues =
                attestation.find() && CONTINUED.matcher(attestation.group(1)).matches();
        Matcher option = TOKEN_OPTION.matcher(command);
        Optional<Sent> sent = !option.find()
                ? Optional.empty()
                : Optional.of(VARIABLE.matcher(option.group(1)).matches() ? Sent.VARIABLE : Sent.OPTION);
        events.add(new Event(start, one -> one.next(command, sent, continues)));
    }

    private void addRemoteState(String plain, int start) {
        String before = plain.substring(Math.max(0, start - LONGEST_COMMAND), start);
        if (ATTESTATION.matcher(before).find()
                && SWITCH.matcher(plain).region(start, plain.length()).lookingAt()) {
            events.add(new Event(start, Testimony::withRemoteState));
        }
    }

    /** What the text says up to a place; the places that are asked for only grow. */
    Testimony upTo(int place) {
        while (!events.isEmpty() && events.element().at < place) {
            Testimony before = testimony;
            testimony = events.remove().change.apply(before);
            if (testimony.command().number() != before.command().number()) {
                ended.add(before);
            }
            if (ended.size() > MOST_COMMANDS) {
                ended.remove();
            }
        }
        return testimony;
    }

    /** What the text says from a command to the next; of the last one, where that one was too long ago. */
    Testimony of(int command) {
        return ended.stream()
                .filter(one -> one.command().number() == command)
                .findFirst()
                .orElse(testimony);
    }
}
