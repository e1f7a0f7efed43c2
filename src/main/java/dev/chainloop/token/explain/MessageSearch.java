package dev.chainloop.token.explain;

import dev.chainloop.token.core.Form;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Phrases;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.explain.LogLines.Level;
import dev.chainloop.token.explain.LogLines.Line;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Searches a text for known messages, however it was pasted, in time that is linear in its length. */
public final class MessageSearch {
    /** What may stand between two characters of a message: where a line was broken, quoted or hyphenated. */
    private static final String GAPS =
            " \t\n_>|*\"'`-\u00ab\u00bb\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201c\u201d\ufffd";

    /** Text that only the log of a CI job has. */
    private static final Pattern OF_JOB = Pattern.compile(
            "##\\[|##vso\\[|##teamcity\\[|(?m:^)::(?:error|group|warning)|section_start:\\d|\\.\\d{7}Z ");

    /** Issuers that are found in any case, and even when broken over lines. */
    private static final String[] ISSUERS = {
        "cp.chainloop", "https://token.actions.githubusercontent.com", "https://gitlab.com"
    };

    /** As the CLI writes them. */
    private static final String LEVELS = "ERR FTL WRN DBG ";

    /** A possible name, after the characters around it, and without the end of a sentence. */
    private static final Pattern NAME =
            Pattern.compile("[\\Q" + GAPS + "\\E:<(\\[]{0,300}+([\\p{L}\\p{Nd}./:@_-]{0,300}(?<![.:]))");

    private final String plain;
    private final String letters;

    /** Where in the text each character was. */
    private final int[] index;

    private final LogLines lines;

    /** The hit of each message and of each layer whose text was found. */
    private final Map<Object, Hit> hits = new LinkedHashMap<>();

    private final Optional<Hit> lead;

    /** What the text says besides; empty for a text of one line. */
    final Optional<LogFacts> facts;

    /**
     * @param owner the message that the text means, or the layer
     * @param isShort whether other programs have the text within their sentences, too
     * @param ofVariable whether a shell says it of the variable, with nothing after it
     */
    private record Text(Object owner, String text, String letters, boolean isShort, boolean ofVariable) {}

    private record Hit(Object owner, Layer layer, String text, Optional<String> name, Line line, int start) {
        /** Whether it ended no command. */
        boolean isAside() {
            return layer == Layer.PROGRESS || line.level() == Level.LESSER;
        }

        Optional<MessageMatch> match() {
            return owner instanceof KnownMessage message
                    ? Optional.of(new MessageMatch(message, text, name))
                    : Optional.empty();
        }
    }

    public MessageSearch(String text) {
        plain = PlainText.of(text).strip();
        lines = new LogLines(plain);
        index = new int[plain.length()];
        letters = letters(plain, index);
        search(texts());
        lead = leading();
        Optional<Line> line = lead.isPresent() ? Optional.of(lead.get().line) : Optional.empty();
        facts = lines.isSingle() ? Optional.empty() : Optional.of(LogFacts.of(plain, lines.all, line));
    }

    /** The known messages in a text, each once: first the one that ended the command. */
    static List<MessageMatch> findAll(String text) {
        MessageSearch search = new MessageSearch(text);
        List<MessageMatch> all = new ArrayList<>(search.further());
        if (search.match().isPresent()) {
            all.add(0, search.match().get());
        }
        return all;
    }

    /** The message by which the control plane refused a token that was sent; empty if none is known, or if the first is not about a token. */
    public static Optional<MessageMatch> refusal(String text) {
        for (MessageMatch match : findAll(text)) {
            KnownMessage message = match.message();
            if (message.layer != Layer.PROGRESS) {
                // A whole token was sent, so something on the way has lost it, or answers in the server's place.
                boolean lost = message == KnownMessage.TOKEN_MISSING || message == KnownMessage.LINE_END_IN_TOKEN;
                return message.layer.isOfToken() && !lost ? Optional.of(match) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private void search(List<List<Text>> texts) {
        boolean log = !lines.isOneMessage();
        Line line = lines.all.get(0);
        for (int i = 0; i < letters.length(); i++) {
            int start = index[i];
            char first = letters.charAt(i);
            if (first >= texts.size() || (start > 0 && isOfWord(plain.charAt(start - 1)))) {
                continue;
            }
            Optional<Text> longest = Optional.empty();
            for (Text one : texts.get(first)) {
                if (letters.startsWith(one.letters, i)
                        && (longest.isEmpty()
                                || one.letters.length() > longest.get().letters.length())) {
                    longest = Optional.of(one);
                }
            }
            if (longest.isPresent()) {
                Text found = longest.get();
                int next = i + found.letters.length();
                line = lines.at(start, line);
                boolean common =
                        found.isShort || (found.owner instanceof KnownMessage message && message.isCommon(found.text));
                boolean counts = (!log || !common || line.own()) && standsAlone(found, start, index[next - 1] + 1);
                if (counts) {
                    add(found, line, start, next);
                }
                i = next - 1;
            }
        }
    }

    private static boolean isOfWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    /** Whether it is not part of a longer sentence, or cannot be. */
    private boolean standsAlone(Text found, int start, int end) {
        if (!found.isShort && !found.ofVariable) {
            return true;
        }
        String before = plain.substring(Math.max(0, start - 4), start);
        String in = before.substring(before.lastIndexOf('\n') + 1).strip();
        String after = plain.substring(end, Math.min(plain.length(), end + 10));
        String behind = after.strip();
        return (found.ofVariable
                        || in.isEmpty()
                        || LEVELS.contains(before)
                        || !Character.isLetterOrDigit(in.charAt(in.length() - 1)))
                && (behind.isEmpty()
                        || after.startsWith("\n")
                        || behind.startsWith("metadata")
                        || !Character.isLetterOrDigit(behind.charAt(0)));
    }

    private void add(Text text, Line line, int start, int next) {
        Object owner = text.owner;
        Layer layer = owner instanceof KnownMessage message ? message.layer : (Layer) owner;
        if (layer.isOfToken() && line.store()) {
            // The refusal of a transfer is about the store's own token.
            owner = KnownMessage.STORE_REFUSES;
            layer = Layer.STORAGE;
        }
        Optional<String> name = KnownMessage.isNamed(text.text) ? nameBehind(next) : Optional.empty();
        Hit hit = new Hit(owner, layer, text.text, name, line, start);
        if (!hits.containsKey(owner) || isBefore(hit, hits.get(owner))) {
            hits.put(owner, hit);
        }
    }

    /** Whether one rather than the other ended the last command. */
    private static boolean isBefore(Hit one, Hit other) {
        if (one.isAside() != other.isAside()) {
            return other.isAside();
        }
        if (one.line.command() != other.line.command()) {
            return one.line.command() > other.line.command();
        }
        if (one.line.level() != other.line.level()) {
            return one.line.level().compareTo(other.line.level()) < 0;
        }
        // Among the texts of one message, a text with a name says most.
        boolean differ = one.owner.equals(other.owner) && one.name.isPresent() != other.name.isPresent();
        return differ ? one.name.isPresent() : one.start > other.start;
    }

    /** What ended the last command; empty when that is not known. */
    private Optional<Hit> leading() {
        Optional<Hit> last = Optional.empty();
        Optional<Hit> reason = Optional.empty();
        for (Hit hit : hits.values()) {
            last = last.isEmpty() || isBefore(hit, last.get()) ? Optional.of(hit) : last;
            reason = hit.owner instanceof KnownMessage message && message.isReason() ? Optional.of(hit) : reason;
        }
        Optional<Line> error = lines.lastError();
        if (last.isEmpty() || error.isEmpty()) {
            return last;
        }
        Hit hit = last.get();
        boolean later = error.get().number() != hit.line.number()
                && (hit.isAside() || error.get().command() > hit.line.command());
        boolean missing = hit.owner == KnownMessage.TOKEN_MISSING;
        return later ? Optional.empty() : missing && reason.isPresent() ? reason : last;
    }

    /** The known message that ended the last command; empty if that is unknown, or is not a message with a row. */
    public Optional<MessageMatch> match() {
        return lead.flatMap(Hit::match);
    }

    /** Other known messages of the text, except reports and those on the line of the message that ended the last command. */
    public List<MessageMatch> further() {
        List<MessageMatch> further = new ArrayList<>();
        for (Hit hit : hits.values()) {
            if (hit.match().isPresent()
                    && hit.layer != Layer.PROGRESS
                    && (lead.isEmpty() || hit.line.number() != lead.get().line.number())) {
                further.add(hit.match().get());
            }
        }
        return further;
    }

    /** The layer of what ended the last command, if that is not a message with a row; empty if the layer is unknown, too. */
    public Optional<Layer> layer() {
        if (lead.isPresent()) {
            return Optional.of(lead.get().layer);
        }
        return lines.isProgress() ? Optional.of(Layer.PROGRESS) : Layer.of(lines.lastTelling());
    }

    public boolean isBlank() {
        return plain.isEmpty();
    }

    /** The source whose token was not sent, if the CLI says so. */
    public Optional<SourceKind> ignored() {
        return plain.contains("Ignoring $CHAINLOOP_TOKEN")
                ? Optional.of(SourceKind.ENVIRONMENT)
                : plain.contains("Ignoring user credentials") ? Optional.of(SourceKind.CONFIG) : Optional.empty();
    }

    /** The CI system whose job wrote the text; {@link Place#ELSEWHERE} if the text does not name it, empty if no job did. */
    public Optional<Place> job() {
        Optional<Place> named = Place.ofLog(plain);
        Optional<Place> own = lead.isPresent() && lead.get().owner instanceof KnownMessage message
                ? message.job(lead.get().text)
                : Optional.empty();
        boolean unnamed =
                own.isPresent() || (!lines.isSingle() && OF_JOB.matcher(plain).find());
        boolean within = named.isPresent() && !named.get().isCi();
        if (unnamed || host().orElse("").startsWith("Ansible")) {
            return named.isPresent() && !within ? named : own.isPresent() ? own : Optional.of(Place.ELSEWHERE);
        }
        if (!named.equals(Optional.of(Place.SERVICE)) || lead.isEmpty()) {
            return named;
        }
        String failed = lead.get().line.text();
        return LogFacts.JOURNAL.matcher(failed).find() ? named : Optional.empty();
    }

    /** Whether it is a log, and not a message by itself: it has a command before the message, or times. */
    boolean isLog() {
        return facts.isPresent()
                && (facts.get().verbs().isPresent()
                        || LogFacts.TIME.matcher(plain).results().count() > 2);
    }

    /** What helps against the reason that an error without a row gives; empty if it gives none that can be mended so. */
    Optional<Cure> cure() {
        String line = lines.lastTelling();
        boolean early = line.contains("is not yet valid: current time") && line.contains(" is before ");
        return line.contains("creating config file")
                ? Optional.of(Cure.OWN_CONFIG)
                : line.contains("attestation not yet initialized")
                        ? Optional.of(Cure.START_ATTESTATION)
                        : early ? Optional.of(Cure.SET_CLOCK) : Optional.empty();
    }

    /** On which host Ansible ran it, or which host was not reached, a sentence; empty if the text does not say it. */
    public Optional<String> host() {
        boolean ansible = plain.contains("]: FAILED!");
        if (!ansible && !layer().equals(Optional.of(Layer.CONNECTION))) {
            return Optional.empty();
        }
        String line = ansible ? plain : lines.lastTelling();
        Matcher found = LogFacts.HOST.matcher(line);
        if (!found.find()) {
            boolean unsigned = line.contains("certificate signed by unknown authority");
            return unsigned ? Optional.of("The server's certificate is not trusted there.") : Optional.empty();
        }
        String name = found.group(1);
        String host = Form.isHost(name) || Form.isAddress(name) ? "host " + Phrases.quoted(name) : "host";
        String failure = found.group().endsWith("refused") ? " refuses the connection." : " is not known to DNS.";
        return Optional.of(ansible ? "Ansible ran it on the " + host + "." : "The " + host + failure);
    }

    /** The last error in the CLI's own words, as it may be shown; empty if there is none, or if it is known. */
    Optional<String> own() {
        return lines.lastOwn()
                .filter(line -> hits.values().stream().noneMatch(hit -> hit.line.number() == line.number()))
                .map(line -> LogFacts.shown(line.text().replaceFirst("^.*?(?:ERR|FTL) +", "")));
    }

    // ---------- the names in a message

    /** What the text itself says of why a message arose: the caller's role, or the organization that was named. */
    Optional<Cause> said(KnownMessage message) {
        boolean ofRole = message.cure == Cure.ASK_FOR_ROLE;
        if (!ofRole && message.cure != Cure.CHOOSE_ORGANIZATION) {
            return Optional.empty();
        }
        Matcher found = (ofRole ? LogFacts.ROLE : LogFacts.CONFIGURED).matcher(plain);
        String named = ofRole || facts.isEmpty() ? "" : facts.get().named().getOrDefault("org", "");
        String said = named.isEmpty() ? "" : "The command names the organization " + Phrases.quoted(named) + ".";
        if (found.find()) {
            String name = Phrases.quoted(found.group(1));
            said = ofRole
                    ? "The server saw the caller in the role " + name + ", as the text says."
                    : "The file " + found.group(2) + " names the organization " + name + ".";
        }
        return said.isEmpty()
                ? Optional.empty()
                : Optional.of(new Cause(Weight.CERTAIN, said, Optional.of(message.cure)));
    }

    /** What follows a message, if it has the form of a name. */
    private Optional<String> nameBehind(int next) {
        Matcher behind = NAME.matcher(plain).region(index[next - 1] + 1, plain.length());
        String name = behind.lookingAt() ? behind.group(1) : "";
        for (String issuer : ISSUERS) {
            if (issuer.startsWith(Form.lower(name)) && letters.startsWith(":" + issuer, next)) {
                return Optional.of(issuer);
            }
        }
        return Form.isIssuer(name) || Form.isLabel(name) ? Optional.of(name) : Optional.empty();
    }

    // ---------- characters

    /** A text in lower case and without gaps, and where each of its characters was. */
    private static String letters(String text, int[] index) {
        char[] letters = new char[text.length()];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z';
            if (plain || GAPS.indexOf(c) < 0) {
                index[count] = i;
                letters[count++] = plain ? c : Character.toLowerCase(c);
            }
        }
        return new String(letters, 0, count);
    }

    /** The known texts by their first characters. */
    private static List<List<Text>> texts() {
        List<List<Text>> texts = new ArrayList<>();
        for (char first = 0; first <= 'z'; first++) {
            texts.add(new ArrayList<>());
        }
        for (KnownMessage message : KnownMessage.values()) {
            for (String text : message.texts) {
                add(message, text, texts);
            }
        }
        for (Map.Entry<String, Layer> other : Layer.texts().entrySet()) {
            add(other.getValue(), other.getKey(), texts);
        }
        return texts;
    }

    private static void add(Object owner, String text, List<List<Text>> texts) {
        String letters = letters(text, new int[text.length()]);
        int words = text.length() - text.replace(" ", "").length() + 1;
        boolean ofVariable = text.startsWith("CHAINLOOP_TOKEN: ");
        boolean isShort = words < 4 && words > 1 && !ofVariable;
        texts.get(letters.charAt(0)).add(new Text(owner, text, letters, isShort, ofVariable));
    }
}
