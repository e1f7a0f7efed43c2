package dev.chainloop.token.explain;

import dev.chainloop.token.core.Form;
import dev.chainloop.token.explain.Row.Naming;
import dev.chainloop.token.scan.TokenScanner;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    /** A text with a name in the middle. */
    private static final Pattern NAMED = Pattern.compile("organization \"?[a-z0-9-]{1,63}\"? not found");

    private static final String ERRORS = "ERR|ERRO|ERROR|FTL|FATA|FATAL|PNC|PANIC";
    private static final String LESSER = "WRN|WARN|WARNING|INF|INFO|DBG|DEBU|DEBUG|TRC|TRACE";

    /** A line's level: a field of that name, or a word near its start, in capitals or before a colon. */
    private static final Pattern LEVEL = Pattern.compile("(?:.{0,300}?\\blevel[\": =]{1,4}|(?:\\S{1,99} ){0,5}?"
            + "[^\\p{L}\\s]*+(?=\\p{Lu}+(?!\\p{L})|\\p{L}+:|(?<=##\\[|::)error))(?i:(" + ERRORS + ")|(" + LESSER
            + "))(?!\\p{L})");

    /** Only between these is a short text a message; elsewhere it is part of a different program's sentence. */
    private static final Pattern BEFORE =
            Pattern.compile("(?i)(?<=^ ?|[^\\p{L}\\p{N} ] ?|\\b(?:" + ERRORS + "|" + LESSER + ") )");

    private static final Pattern AFTER = Pattern.compile(" ?(?:[^\\p{L}\\p{N} ]|$|metadata|message|cause|code|please)");

    /** What may stand between two letters: where a line was broken, quoted, emphasized, hyphenated or badly encoded. */
    private static final String GAPS = " \n_>|*\"'`-\u00ab\u00bb\u0301\u02bc\u2010\u2011\u2012\u2013\u2014"
            + "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\ufffd";

    /** Issuers that are found in any case, and even when broken over lines. */
    private static final List<String> ISSUERS =
            List.of("cp.chainloop", "https://token.actions.githubusercontent.com", "https://gitlab.com");

    private static final Pattern GOES_ON = Pattern.compile("[.:/-]*+[\\p{L}\\p{N}]");
    private static final String QUOTES = "\"\u00ab\u00bb\u201c-\u201f";
    private static final Pattern WORD =
            Pattern.compile("[ \n]?:[ \n*<(\\['`" + QUOTES + "]*+([^ \n),;\\]\\\\<>*'`\u2018\u2019" + QUOTES + "]*+)");
    private static final Pattern QUOTED =
            Pattern.compile("[ \n]?[" + QUOTES + "]([^" + QUOTES + "]*+)[" + QUOTES + "]");
    private static final Pattern END = Pattern.compile("[.:!?]+$");
    private static final int PREFIX = 4;

    /** How far from a general text its frame may be. */
    private static final int NEAR = 300;

    /** The known texts by their first letters, the longest first. */
    private static final Map<String, List<Text>> TEXTS = Arrays.stream(KnownMessage.values())
            .flatMap(message ->
                    message.texts().stream().map(text -> new Text(message, text, new Letters(text).letters)))
            .sorted(Comparator.comparing(text -> -text.letters.length()))
            .collect(Collectors.groupingBy(text -> text.letters.substring(0, PREFIX)));

    private final Map<KnownMessage, Hit> hits = new EnumMap<>(KnownMessage.class);
    private boolean empty = true;
    private boolean hasToken;
    private Optional<Place> arose = Optional.empty();
    private Optional<SourceKind> ignored = Optional.empty();
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
            return text.split(" ").length <= 3;
        }
    }

    /** A text in lower case and without gaps, and where each of its letters was. */
    private static final class Letters {
        final String letters;
        final int[] index;

        Letters(String text) {
            StringBuilder compact = new StringBuilder(text.length());
            index = new int[text.length()];
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (GAPS.indexOf(c) < 0) {
                    index[compact.length()] = i;
                    compact.append(Character.toLowerCase(c));
                }
            }
            letters = compact.toString();
        }
    }

    private record Hit(MessageMatch match, Level level, int entry, int order) {
        /** First what ended the command: errors before the rest, the last entry, what says most, then the first. */
        static final Comparator<Hit> ORDER = Comparator.comparing(Hit::level)
                .thenComparing(hit -> hit.match.message().row().naming == Naming.WRAPPER)
                .thenComparing(Hit::entry, Comparator.reverseOrder())
                .thenComparing(hit -> hit.match.name().isEmpty())
                .thenComparing(Hit::order);
    }

    /** The known messages in a text, each once: first the one that ended the command. */
    static List<MessageMatch> findAll(String text) {
        MessageSearch search = new MessageSearch();
        search.add(text);
        return search.matches();
    }

    /**
     * Adds the next part of the text.
     *
     * @param part a message, or lines of a log; how it was pasted does not matter
     */
    public void add(String part) {
        hasToken |= !TokenScanner.find(part).isEmpty();
        if (arose.isEmpty()) {
            arose = LogMark.of(part);
        }
        String plain = plain(part);
        if (plain.contains("Ignoring $CHAINLOOP_TOKEN")) {
            ignored = Optional.of(SourceKind.ENVIRONMENT);
        } else if (plain.contains("Ignoring user credentials")) {
            ignored = Optional.of(SourceKind.CONFIG);
        }
        Letters letters = new Letters(plain);
        int line = readLine(plain, 0);
        // A person's own sentence, in which any known text is meant.
        boolean sentence = empty && level == Level.NONE && plain.indexOf('\n') < 0 && plain.indexOf(':') < 0;
        empty = empty && plain.isEmpty();
        for (int i = 0; i + PREFIX <= letters.letters.length(); i++) {
            int start = letters.index[i];
            boolean startsWord = start == 0 || !Character.isLetterOrDigit(plain.charAt(start - 1));
            @Nullable Text text = startsWord ? startingAt(i, letters.letters) : null;
            int last = text == null ? i : i + text.letters.length() - 1;
            int end = letters.index[last] + 1;
            if (text == null
                    || !isFramed(text, plain, start, end, sentence)
                    || (text.isShort() && !sentence && !standsAlone(plain, start, end))) {
                continue;
            }
            while (line <= start) {
                line = readLine(plain, line);
            }
            MessageMatch match = new MessageMatch(text.message, text.text, name(text, plain, letters, last + 1));
            hits.merge(text.message, new Hit(match, level, entries, found++), BinaryOperator.minBy(Hit.ORDER));
            i = last;
        }
        while (line < plain.length()) {
            line = readLine(plain, line);
        }
    }

    /** The known messages, each once: first the one that ended the command. */
    public List<MessageMatch> matches() {
        List<MessageMatch> all =
                hits.values().stream().sorted(Hit.ORDER).map(Hit::match).collect(Collectors.toList());
        if (!all.isEmpty() && all.get(0).message() == KnownMessage.TOKEN_MISSING) {
            // A stable order: a reason for it comes first.
            all.sort(Comparator.comparing(match -> !match.message().row().reason));
        }
        return all;
    }

    /** The place where the text comes from, if it carries the marks of one. */
    public Optional<Place> arose() {
        return arose;
    }

    /** The source whose token was not sent, if the CLI says so. */
    public Optional<SourceKind> ignored() {
        return ignored;
    }

    /** Whether there is a token in the text. */
    public boolean hasToken() {
        return hasToken;
    }

    /** Whether there is nothing in the text but blanks. */
    public boolean isBlank() {
        return empty;
    }

    /** A text as it was before it was logged, colored, quoted and copied; white space is one blank or one line end. */
    private static String plain(String pasted) {
        String text = pasted.indexOf('\\') < 0 ? pasted : ESCAPE.matcher(pasted).replaceAll(MessageSearch::unescaped);
        text = UNSEEN.matcher(text).replaceAll("");
        text = Normalizer.normalize(ACCENTS.matcher(text).replaceAll(""), Normalizer.Form.NFKC);
        text = BLANKS.matcher(text).replaceAll(" ");
        text = NAMED.matcher(text).replaceAll("organization NAME not found");
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
        Level own = !matcher.lookingAt() ? Level.NONE : matcher.group(1) != null ? Level.ERROR : Level.LESSER;
        if (own != Level.NONE || !leveled) {
            level = own;
            entries++;
        }
        leveled |= own != Level.NONE;
        return end + 1;
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

    /** Whether one of its frames is near a general text; in a person's own sentence, any text is meant. */
    private static boolean isFramed(Text text, String plain, int start, int end, boolean sentence) {
        List<String> frames = text.message.row().frames;
        // Its lines may have been wrapped.
        String near = plain.substring(Math.max(0, start - NEAR), Math.min(plain.length(), end + NEAR))
                .replace('\n', ' ');
        return frames.isEmpty() || sentence || frames.stream().anyMatch(near::contains);
    }

    private static boolean standsAlone(String plain, int start, int end) {
        Matcher before = BEFORE.matcher(plain).useTransparentBounds(true).useAnchoringBounds(false);
        return before.region(start, end).lookingAt()
                && AFTER.matcher(plain).region(end, plain.length()).lookingAt();
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
