package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Leaks;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.explain.Row.Naming;
import dev.chainloop.token.scan.TokenScanner;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Scene;
import dev.chainloop.token.source.Surroundings;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Searches a text of any length for known messages, part by part, in time that is linear in its length. */
public final class MessageSearch {
    /** Escapes of JSON and of a shell, however often they were escaped themselves. */
    private static final Pattern ESCAPE =
            Pattern.compile("\\\\++(?:u([0-9a-fA-F]{4})|(x1[bB]|033|e(?=\\[))|([nr])|(t)|)");

    /**
     * Sequences of a terminal (ECMA-48), also colors without their escape character; and what cannot be seen. Common
     * letters are ruled out first, here and below, which halves the time.
     */
    private static final Pattern UNSEEN = Pattern.compile("(?![ -Z_-~\n])(?:(?:\u001b\\[|\u009b)[^@-~]{0,64}+[@-~]?"
            + "|\u001b\\][^\u0007\u001b]*+[\u0007\u001b]|(?:\\^\\[)?\\[[\\d;]{1,32}m"
            + "|[\\p{Cf}\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f])");

    /** So many accents in a row would take quadratic time to normalize. */
    private static final Pattern ACCENTS = Pattern.compile("(?![ -~\n])\\p{M}{20,}+");

    /** Also the frame around an error in a terminal. */
    private static final Pattern BLANKS = Pattern.compile("(?![!-~])[\t\u000b\f\\p{Zs}\u2500-\u257f]+");

    /** A line's end, and at the start of the next the mark of a quoted mail, and the time that CI systems put there. */
    private static final Pattern LINE_START =
            Pattern.compile("(?![!-~]) ?\\R(?:[\\s>|]++|\\[?\\d{4}-\\d\\d-\\d\\dT[\\d:.Z+-]{8,24}+\\]?){0,8}+");

    /** A command that goes on in the next line, in a shell, in PowerShell, or at a prompt. */
    private static final Pattern CONTINUATION = Pattern.compile("[ \t][\\\\`]\r?\n[ \t]{0,40}(?:>{1,2} {1,9})?");

    /** What stands in the middle of a text: a name, or of a command that is not found only one that exists elsewhere. */
    private static final Pattern NAMED = Pattern.compile("(?<=\\borganization )\"?[a-z0-9-]{1,63}\"?(?= not found)"
            + "|(?<=(?<!desc = )\\bunknown method )\\w{1,63}(?= for service controlplane)"
            + "|(?<=\\bsecret \")[a-z0-9.-]{1,63}(?=\" not found)"
            + "|(?<=\\bcouldn't find key )[\\w.-]{1,63}(?= in Secret)"
            + "|(?<=\\bunknown unit \")\\p{L}{1,9}(?=\" in duration)"
            + "|(?<=\\bunknown command \")(?:init|add|push|status|reset|login|list|create|update|delete|revoke|describe|set)"
            + "(?=\" for \"chainloop)|" + MessageMatch.NAME);

    private static final String ERRORS = "ERR|ERRO|ERROR|FTL|FATA|FATAL|PNC|PANIC";
    private static final String LESSER = "WRN|WARN|WARNING|INF|INFO|DBG|DEBU|DEBUG|TRC|TRACE";

    /** A line's level: a field of that name, or a word near its start, in capitals or before a colon. */
    private static final Pattern LEVEL = Pattern.compile("^(?:.{0,300}?\\blevel[\": =]{1,4}|(?:\\S{1,99} ){0,5}?"
            + "[^\\p{L}\\s]*+(?=\\p{Lu}+(?![\\p{L}_])|\\p{L}+:|(?<=##\\[|::)error))(?i:(" + ERRORS + ")|(" + LESSER
            + "))(?![\\p{L}_])");

    /** The CLI's own level after that of the program that ran it. */
    private static final Pattern WRAPPED =
            Pattern.compile("[^\\p{L}]{0,4}(?:\\w{1,10}[=:][ \"]?)?(?:(ERR|FTL|PNC)|(INF|WRN|DBG|TRC)) ");

    /** Only between these is a short text a message; elsewhere it is part of a different program's sentence. */
    private static final Pattern BEFORE =
            Pattern.compile("(?i)(?<=^ ?|[^\\p{L}\\p{N} ] ?|\\b(?:" + ERRORS + "|" + LESSER + ") )");

    private static final Pattern AFTER =
            Pattern.compile(" ?(?:[^\\p{L}\\p{N} ]|$|metadata|message|cause|code|please|[\\w.]{1,40}=)");

    private static final String OWN_LEVEL = "(?:ERR|FTL|WRN|INF|DBG) ";

    /** The level of a line of the CLI's own, right before a text. */
    private static final Pattern OWN = Pattern.compile("(?<=^ ?|[^\\p{L} ] ?|[AP]M |Z )" + OWN_LEVEL);

    /** A line of the CLI's own, whatever the collector of a log put before it. */
    private static final Pattern OWN_LINE = Pattern.compile("(?:\\S{1,99} ){0,5}?" + OWN_LEVEL);

    private static final Pattern LINE_END = Pattern.compile(" ?[.!]? ?(?:\n|$)");

    /** Issuers that are found in any case, and even when broken over lines. */
    private static final List<String> ISSUERS =
            List.of("cp.chainloop", "https://token.actions.githubusercontent.com", "https://gitlab.com");

    private static final Pattern GOES_ON = Pattern.compile("^[.:/-]*+[\\p{L}\\p{N}]");
    private static final String QUOTES = "\"\u00ab\u00bb\u201c-\u201f";

    /** A word that may be a name. It is bounded: of many messages without a blank, each would read all that follow. */
    private static final Pattern WORD = Pattern.compile("[ \n]?:[ \n*<(\\['`QUOTES]*+(LETTER{0,1000}+)(?!LETTER)"
            .replace("LETTER", "[^ \n),;\\]\\\\<>*'`\u2018\u2019QUOTES]")
            .replace("QUOTES", QUOTES));

    private static final Pattern QUOTED =
            Pattern.compile("[ \n]?[" + QUOTES + "]([^" + QUOTES + "]*+)[" + QUOTES + "]");
    private static final Pattern END = Pattern.compile("(?<![.:!?])[.:!?]++$");
    private static final int PREFIX = 4;

    /** How far behind a known text the rest of its sentence begins. */
    private static final int WITHIN_SENTENCE = 3;

    /** How far from a general text its frame may be. */
    private static final int NEAR = 300;

    /** What says less than any other message, the least last. */
    private static final List<Naming> GENERAL = List.of(Naming.WRAPPER, Naming.GENERAL);

    private static final int LONGEST_SHOWN = 300;

    private static final int LEVEL_LENGTH = "ERR ".length();

    /** The known texts by their first letters, the longest first. */
    private static final Map<String, List<Text>> TEXTS = Arrays.stream(KnownMessage.values())
            .flatMap(message ->
                    message.texts().stream().map(text -> new Text(message, text, new Letters(text).letters)))
            .sorted(Comparator.comparing(text -> -text.letters.length()))
            .collect(Collectors.groupingBy(text -> text.letters.substring(0, PREFIX)));

    private final Map<KnownMessage, Hit> hits = new EnumMap<>(KnownMessage.class);
    private final Leaks leaks;
    private final LogLines lines = new LogLines();
    private boolean empty = true;
    private boolean hasToken;
    private String head = "";
    private @Nullable Place own;
    private Optional<Scene> arose = Optional.empty();
    private final LogReader log = new LogReader();
    private Level level = Level.NONE;
    private boolean leveled;

    /** How many entries of a log there were; lines without a level go on with the one before them. */
    private int entries;

    private int found;

    private enum Level {
        ERROR,
        NONE,
        LESSER
    }

    /** A known text, and what of it is compared. */
    private record Text(KnownMessage message, String text, String letters) {
        /** Whether it also occurs in other programs' sentences. */
        boolean isShort() {
            return text.split(" ").length <= 3 && text.chars().noneMatch(Character::isDigit);
        }
    }

    /**
     * Where a text was found.
     *
     * @param plain all that is searched
     * @param line where the line starts that the text starts in
     * @param only whether that line is all that there is
     * @param sentence whether that is a person's own sentence, in which any known text is meant
     */
    private record Spot(String plain, int start, int end, int line, boolean only, boolean sentence) {
        /** Whether a text means its message here, and not something else of the same words. */
        boolean means(Text text) {
            Row row = text.message.row();
            if (row.strangers.stream().anyMatch(inLine()::contains)) {
                return false;
            }
            return sentence || isWhole() || (isFramed(row, text) && (!text.isShort() || standsAlone()));
        }

        /** Whether the text is all that a line of the CLI's own says, or all that there is. */
        private boolean isWhole() {
            return ((only && start == 0) || matches(OWN, Math.max(0, start - LEVEL_LENGTH), start))
                    && matches(LINE_END, end, plain.length());
        }

        private boolean isFramed(Row row, Text text) {
            List<String> frames = row.framesOf(text.text);
            // Its lines may have been wrapped.
            String near = around(0, plain.length()).replace('\n', ' ');
            return frames.isEmpty()
                    || frames.stream().anyMatch(near::contains)
                    || (row.marks.stream().anyMatch(inLine()::contains)
                            && (only || matches(OWN_LINE, line, plain.length())));
        }

        private boolean standsAlone() {
            // A text may end in a mark of its own.
            return matches(BEFORE, start, end)
                    && (!Character.isLetterOrDigit(plain.charAt(end - 1)) || matches(AFTER, end, plain.length()));
        }

        /** What of the line is near the text. */
        private String inLine() {
            String near = around(line, plain.length());
            int next = near.indexOf('\n', end - Math.max(line, start - NEAR));
            return next < 0 ? near : near.substring(0, next);
        }

        private String around(int from, int to) {
            return plain.substring(Math.max(from, start - NEAR), Math.min(to, end + NEAR));
        }

        private boolean matches(Pattern pattern, int from, int to) {
            Matcher matcher = pattern.matcher(plain).useTransparentBounds(true).useAnchoringBounds(false);
            return matcher.region(from, to).lookingAt();
        }
    }

    /**
     * @param successes how many commands had succeeded before
     * @param said what the text says of the command whose message it is
     */
    private record Hit(MessageMatch match, Level level, int entry, int order, int successes, Testimony said) {
        /**
         * First what ended the last command: errors before the rest, what says most before what is wrapped around it, the
         * last entry, then the first.
         */
        static final Comparator<Hit> ORDER = Comparator.comparing(Hit::level)
                .thenComparing(hit -> -hit.said.command().number())
                .thenComparing(hit -> GENERAL.indexOf(hit.naming()))
                .thenComparing(Hit::entry, Comparator.reverseOrder())
                .thenComparing(hit -> hit.match.name().isEmpty())
                .thenComparing(Hit::order);

        Naming naming() {
            return match.message().row().naming;
        }
    }

    /** The known messages in a text, each once: first the one that ended the command. */
    static List<MessageMatch> findAll(String text) {
        MessageSearch search = new MessageSearch(new Leaks(Instant.MAX));
        search.add(text);
        return search.matches();
    }

    /** A search of a text that is still empty; the tokens in it are added to the leaks. */
    public MessageSearch(Leaks leaks) {
        this.leaks = leaks;
    }

    /**
     * Adds the next part of the text.
     *
     * @param part a message, or lines of a log; how it was pasted does not matter
     */
    public void add(String part) {
        for (String token : TokenScanner.find(part)) {
            hasToken = true;
            leaks.add(token);
        }
        if (empty) {
            // The marks of all places in all of a log would cost more than all the rest.
            head = LogMark.searched(part);
        }
        List<String> named = new ArrayList<>();
        String plain = plain(part, named);
        Letters letters = new Letters(plain);
        log.read(plain, letters);
        int line = 0;
        int next = readLine(plain, line);
        boolean only = empty && plain.indexOf('\n') < 0;
        boolean sentence = only && level == Level.NONE && plain.indexOf(':') < 0;
        empty = empty && plain.isEmpty();
        for (int i = 0; i + PREFIX <= letters.letters.length(); i++) {
            int start = letters.index[i];
            boolean startsWord = start == 0 || !Character.isLetterOrDigit(plain.charAt(start - 1));
            @Nullable Text text = startsWord ? startingAt(i, letters.letters) : null;
            int last = text == null ? i : i + text.letters.length() - 1;
            int end = letters.index[last] + 1;
            if (text == null) {
                continue;
            }
            for (; next <= start; next = readLine(plain, next)) {
                line = next;
            }
            Spot spot = new Spot(plain, start, end, line, only, sentence);
            if (!spot.means(text)) {
                continue;
            }
            Frame frame = Frame.of(spot.inLine());
            KnownMessage message = frame.meaning(text.message);
            Testimony said = frame.add(log.upTo(end + WITHIN_SENTENCE));
            Optional<String> name = text.text.contains(MessageMatch.NAME)
                    ? within(plain, start, named)
                    : name(text, plain, letters, last + 1);
            MessageMatch match = new MessageMatch(message, text.text, name);
            hits.merge(
                    message, new Hit(match, level, entries, found++, lines.successes(), said), MessageSearch::telling);
            i = last;
        }
        while (next < plain.length()) {
            next = readLine(plain, next);
        }
        log.upTo(Integer.MAX_VALUE);
    }

    /** The one of two hits that leads; of a message that wraps others, the inner one. */
    private static Hit telling(Hit one, Hit later) {
        boolean wraps = one.naming() == Naming.WRAPPER && one.entry == later.entry && one.level == later.level;
        return wraps ? later : BinaryOperator.minBy(Hit.ORDER).apply(one, later);
    }

    /** The known messages, each once: first the one that ended the command. */
    public List<MessageMatch> matches() {
        List<MessageMatch> all = hits.values().stream()
                .filter(hit -> !isAround(hit))
                .sorted(leading())
                .map(Hit::match)
                .collect(Collectors.toList());
        if (!all.isEmpty() && all.get(0).message() == KnownMessage.TOKEN_MISSING) {
            // A stable order: a reason for it comes first.
            all.sort(Comparator.comparing(match -> !match.message().row().reason));
        }
        return all;
    }

    /** Whether a message only stands around a known one. */
    private boolean isAround(Hit hit) {
        return hit.naming() == Naming.WRAPPER
                && hits.values().stream()
                        .anyMatch(other -> other.entry == hit.entry && !GENERAL.contains(other.naming()));
    }

    private Comparator<Hit> leading() {
        return Comparator.comparing(Hit::level).thenComparing(this::isExplained).thenComparing(Hit.ORDER);
    }

    /** Whether the failure of a command, without a success since, can have caused a message. */
    private boolean isExplained(Hit hit) {
        return hit.match.message().row().consequence
                && hits.values().stream()
                        .anyMatch(other -> other.level == hit.level
                                && other.entry < hit.entry
                                && other.successes == hit.successes
                                && !other.match.message().row().consequence);
    }

    /** Where the text comes from, if it has the marks of a place; a terminal counts only where this is not known to be one. */
    public Optional<Scene> arose(Surroundings here) {
        if (own != here.place()) {
            own = here.place();
            arose = LogMark.of(head, here.place());
        }
        boolean unknown = here.place() == Place.JOB;
        return arose.filter(scene -> scene.isElsewhere(here) || !scene.place().isAttended() || unknown)
                .map(scene -> here.redacted() ? scene.withoutNames() : scene);
    }

    boolean isOfElsewhere(Diagnosis here) {
        Surroundings place = here.evidence().surroundings();
        return arose(place).filter(scene -> scene.isElsewhere(place)).isPresent();
    }

    /** The first line that may say why a command failed, without what may be no word of a message. */
    public String unexplained() {
        String line = lines.last()
                .flatMap(text -> text.lines().findFirst())
                .orElse("")
                .strip();
        String words = Arrays.stream(line.split(" ", -1))
                .map(word -> Form.isPlain(word) ? word : "…")
                .collect(Collectors.joining(" "));
        return words.length() > LONGEST_SHOWN ? words.substring(0, LONGEST_SHOWN) + "…" : words;
    }

    /** What the text says of the command whose message is the first; if there is no message, of the one that failed. */
    public Testimony testimony() {
        return (isErrorUnknown() ? List.<MessageMatch>of() : matches())
                .stream()
                        .findFirst()
                        .map(match -> Objects.requireNonNull(hits.get(match.message())).said)
                        .orElseGet(() -> lines.command().map(log::of).orElseGet(() -> log.upTo(Integer.MAX_VALUE)));
    }

    /** Whether no message with a row says why a command failed: there is none, or only in a warning before what ended it. */
    public boolean isErrorUnknown() {
        Optional<Hit> best = hits.values().stream().min(leading());
        return best.isEmpty()
                || isExplainedByUnknown()
                || (best.get().level == Level.LESSER && (lines.haveError() || isRecovered(best.get())));
    }

    /** Whether the message is only what an earlier failure, whose words are not known, can have caused. */
    public boolean isExplainedByUnknown() {
        Optional<Hit> best = hits.values().stream().min(leading());
        return best.filter(hit -> hit.match.message().row().consequence).isPresent() && lines.endInFailure();
    }

    /** Whether the known messages only warn or report, and the command ended in an error of its own that is not known. */
    public boolean isErrorAfterWarning() {
        Optional<Hit> best = hits.values().stream().min(leading());
        return best.filter(hit -> hit.level == Level.LESSER).isPresent() && lines.haveOwnError();
    }

    private boolean isRecovered(Hit hit) {
        return lines.tellSuccess() && hit.match.message().row().reach != Row.Reach.HARMLESS;
    }

    /** The lines that may say why a command failed. */
    LogLines lines() {
        return lines;
    }

    /** Whether there is a token in the text. */
    public boolean hasToken() {
        return hasToken;
    }

    /** Whether there is nothing in the text but blanks. */
    public boolean isBlank() {
        return empty;
    }

    /**
     * A text as it was before it was logged, colored, quoted and copied; white space is one blank or one line end.
     *
     * @param named gets the names that are replaced
     */
    private static String plain(String pasted, List<String> named) {
        String whole = CONTINUATION.matcher(pasted).replaceAll(" ");
        String text = whole.indexOf('\\') < 0 ? whole : ESCAPE.matcher(whole).replaceAll(MessageSearch::unescaped);
        text = UNSEEN.matcher(text).replaceAll("");
        text = Normalizer.normalize(ACCENTS.matcher(text).replaceAll(""), Normalizer.Form.NFKC);
        text = BLANKS.matcher(text).replaceAll(" ");
        text = NAMED.matcher(text).replaceAll(name -> {
            named.add(name.group());
            return MessageMatch.NAME;
        });
        return LINE_START.matcher("\n" + text).replaceAll("\n").strip();
    }

    private static String unescaped(MatchResult escape) {
        if (escape.group(1) != null) {
            return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16)));
        }
        return escape.group(2) != null ? "\u001b" : escape.group(3) != null ? "\n" : escape.group(4) != null ? " " : "";
    }

    /** Reads the level of the line that starts at an index, and returns where the next one starts. */
    private int readLine(String plain, int start) {
        int next = plain.indexOf('\n', start);
        int end = next < 0 ? plain.length() : next;
        Matcher matcher = LEVEL.matcher(plain).region(start, end);
        if (matcher.lookingAt() && matcher.group(2) != null) {
            Matcher inner = WRAPPED.matcher(plain).region(matcher.end(), end);
            matcher = inner.lookingAt() ? inner : matcher;
        }
        Level own = !matcher.lookingAt() ? Level.NONE : matcher.group(1) != null ? Level.ERROR : Level.LESSER;
        if (own != Level.NONE || !leveled) {
            level = own;
            entries++;
        }
        leveled |= own != Level.NONE;
        int command = log.upTo(start).command().number();
        addLine(own, plain.substring(own == Level.NONE ? start : words(plain, matcher), end), matcher, command);
        return end + 1;
    }

    /** Where a line's words start behind its level; "rpc error" is both. */
    private static int words(String plain, Matcher level) {
        int rpc = level.group(1) == null ? -1 : level.start(1) - "rpc ".length();
        return rpc >= 0 && plain.startsWith("rpc ", rpc) ? rpc : level.end();
    }

    private void addLine(Level own, String line, Matcher matcher, int command) {
        switch (own) {
            // npm writes "ERR!".
            case ERROR -> lines.addError(line.startsWith("!") ? "" : matcher.group(1), line, command);
            case NONE -> lines.add(line, command);
            case LESSER -> lines.addLesser(matcher.group(2), line);
        }
    }

    /** The longest of the known texts that start at a letter. */
    private static @Nullable Text startingAt(int start, String letters) {
        for (Text text : TEXTS.getOrDefault(letters.substring(start, start + PREFIX), List.of())) {
            if (letters.startsWith(text.letters, start)) {
                return text;
            }
        }
        return null;
    }

    /** The first name in a text that begins at an index. */
    private static Optional<String> within(String plain, int start, List<String> named) {
        int before = 0;
        for (int i = plain.indexOf(MessageMatch.NAME); i >= 0 && i < start; ) {
            before++;
            i = plain.indexOf(MessageMatch.NAME, i + 1);
        }
        // Where a line was broken in the word itself, none was replaced.
        return named.stream()
                .skip(before)
                .map(name -> name.replace("\"", ""))
                .limit(1)
                .filter(Form::isLabel)
                .findFirst();
    }

    /** What follows a message that ended before a letter, if it has the form of a name. */
    private static Optional<String> name(Text text, String plain, Letters letters, int next) {
        Naming naming = text.message.row().naming;
        if (!text.text.equals(text.message.texts().get(0)) || (naming != Naming.WORD && naming != Naming.QUOTED)) {
            return Optional.empty();
        }
        for (String issuer : ISSUERS) {
            int last = next + issuer.length();
            if (naming == Naming.WORD
                    && letters.letters.startsWith(":" + issuer, next)
                    && !GOES_ON.matcher(plain)
                            .region(letters.index[last] + 1, plain.length())
                            .lookingAt()) {
                return Optional.of(issuer);
            }
        }
        Matcher matcher = (naming == Naming.WORD ? WORD : QUOTED).matcher(plain);
        String name =
                matcher.region(letters.index[next - 1] + 1, plain.length()).lookingAt() ? matcher.group(1) : "";
        name = naming == Naming.WORD ? END.matcher(name).replaceAll("") : name;
        return (naming == Naming.WORD ? Form.isIssuer(name) : Form.isLabel(name))
                ? Optional.of(name)
                : Optional.empty();
    }
}
