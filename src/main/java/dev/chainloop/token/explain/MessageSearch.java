package dev.chainloop.token.explain;

import dev.chainloop.token.core.Form;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Searches a text for known messages, however it was pasted, in time that is linear in its length. */
public final class MessageSearch {
    /** What may stand between two letters of a message: where a line was broken, quoted or hyphenated. */
    private static final String GAPS =
            " \t\r\n_>|*\"'`-\u00ab\u00bb\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201c\u201d\ufffd";

    /** What only a line of Chainloop's own has, in which a common text means its message. */
    private static final String[] OWN = {
        "ERR ",
        "FTL ",
        "WRN ",
        "DBG ",
        "panic: ",
        "\"level\":\"error\"",
        "rpc error: code",
        "authentication error: ",
        "authorization error: "
    };

    /** What only the log of a CI system's job has. */
    private static final Pattern OF_JOB = Pattern.compile("##\\[|##vso\\[|##teamcity\\[|(?m:^)::(?:error|group|warning)"
            + "|section_start:\\d|Running with gitlab-runner|\\[Pipeline\\] |\\.\\d{7}Z ");

    /** Issuers that are found in any case, and even when broken over lines. */
    private static final String[] ISSUERS = {
        "cp.chainloop", "https://token.actions.githubusercontent.com", "https://gitlab.com"
    };

    private static final int LONGEST_NAME = 300;

    private final String plain;
    private final String letters;

    /** Where in the text each letter was. */
    private final int[] index;

    private final LogLines lines;

    /** The line that was read last, and what it is. */
    private int seen = -1;

    private boolean own;
    private boolean ofStore;

    /** Each message once, and each layer whose text was found. */
    private final List<Hit> hits = new ArrayList<>();

    /** A known text and whose it is; and the next one with the same first letter. */
    private record Text(
            @Nullable KnownMessage message,
            Layer layer,
            String text,
            String letters,
            @Nullable Text next) {

        /** Whether other programs have it in their sentences, too. */
        boolean isShort() {
            return text.indexOf(' ') > 0 && text.split(" ", -1).length <= 3;
        }

        boolean isCommon() {
            return isShort() || (message != null && message.isCommon(text));
        }
    }

    /** A text that was found, and where. */
    private record Hit(
            @Nullable KnownMessage message, Layer layer, String text, Optional<String> name, int line, int start) {}

    /** Searches a text, in which lines are not too long to be read again. */
    public MessageSearch(String text) {
        plain = PlainText.of(text).strip();
        lines = new LogLines(plain);
        index = new int[plain.length()];
        letters = letters(plain, index);
        search(texts());
    }

    /** The known messages in a text, each once: first the one that ended the command. */
    static List<MessageMatch> findAll(String text) {
        return new MessageSearch(text).matches();
    }

    private void search(@Nullable Text[] texts) {
        boolean sentence = lines.isSentence();
        for (int i = 0; i < letters.length(); i++) {
            int start = index[i];
            char first = letters.charAt(i);
            if (first >= texts.length
                    || texts[first] == null
                    || (start > 0 && Character.isLetterOrDigit(plain.charAt(start - 1)))) {
                continue;
            }
            @Nullable Text text = null;
            int end = i;
            for (Text one = texts[first]; one != null; one = one.next) {
                int its = endOf(one, i);
                if (its > end) {
                    text = one;
                    end = its;
                }
            }
            if (text != null && (sentence || counts(text, start, index[end - 1] + 1))) {
                add(text, i, end);
            }
            i = Math.max(i, end - 1);
        }
    }

    /** The index behind the letters of a text that starts at an index; 0 when it does not. */
    private int endOf(Text text, int start) {
        int hole = text.letters.indexOf(KnownMessage.HOLE);
        if (hole < 0) {
            return letters.startsWith(text.letters, start) ? start + text.letters.length() : 0;
        }
        if (!letters.startsWith(text.letters.substring(0, hole), start)) {
            return 0;
        }
        String behind = text.letters.substring(hole + 1);
        int from = start + hole;
        int found = letters.substring(from, Math.min(letters.length(), from + 64 + behind.length()))
                .indexOf(behind);
        return found > 0 && named(from, from + found).isPresent() ? from + found + behind.length() : 0;
    }

    /** The name between two letters: a label in quotes, or one that no other word of the message can be. */
    private Optional<String> named(int from, int to) {
        int start = index[from - 1] + 1;
        int end = index[to - 1] + 1;
        boolean quoted = false;
        while (start < end && GAPS.indexOf(plain.charAt(start)) >= 0) {
            quoted |= "\"'`\u201c".indexOf(plain.charAt(start)) >= 0;
            start++;
        }
        String name = plain.substring(start, end);
        boolean organization = letters.startsWith("organization", Math.max(0, from - "organization".length()));
        return (quoted || organization) && Form.isLabel(name) ? Optional.of(name) : Optional.empty();
    }

    /** Whether a text means its message where it stands. */
    private boolean counts(Text text, int start, int end) {
        return (!text.isShort() || standsAlone(start, end))
                && (lines.isOneMessage() || !text.isCommon() || isOwn(lines.numberAt(start)));
    }

    /** Whether it is no part of a longer sentence. */
    private boolean standsAlone(int start, int end) {
        int last = start - 1;
        while (last >= 0 && plain.charAt(last) == ' ') {
            last--;
        }
        int word = last;
        while (word >= 0 && last - word < 8 && Character.isLetter(plain.charAt(word))) {
            word--;
        }
        int next = end;
        while (next < plain.length() && plain.charAt(next) == ' ') {
            next++;
        }
        return (last < 0
                        || !Character.isLetterOrDigit(plain.charAt(last))
                        || LogLines.isLevel(plain.substring(word + 1, last + 1)))
                && (next == plain.length()
                        || !Character.isLetterOrDigit(plain.charAt(next))
                        || plain.startsWith("metadata", next)
                        || plain.startsWith("message", next)
                        || plain.startsWith("cause", next)
                        || plain.startsWith("code", next));
    }

    /** Whether a line, or the one that it goes on from, is one of Chainloop's own about Chainloop's own servers. */
    private boolean isOwn(int number) {
        if (seen != number) {
            see(number);
        }
        return own;
    }

    /** Whether it is about the artifact store. */
    private boolean isOfStore(int number) {
        if (seen != number) {
            see(number);
        }
        return ofStore;
    }

    /** Reads a line once, however many texts it has. */
    private void see(int number) {
        String line = lines.whole(number);
        String lower = line.toLowerCase(Locale.ROOT);
        seen = number;
        ofStore = Layer.STORAGE.hasSign(lower);
        own = false;
        for (String sign : OWN) {
            int at = line.indexOf(sign);
            own |= at == 0 || (at > 0 && !Character.isLetterOrDigit(line.charAt(at - 1)));
        }
        own &= !line.contains("\"http") && !Layer.OTHER_SERVICE.hasSign(lower);
    }

    private void add(Text text, int from, int end) {
        int line = lines.numberAt(index[from]);
        KnownMessage message = text.message;
        int hole = text.letters.indexOf(KnownMessage.HOLE);
        int behind = end - (text.letters.length() - hole - 1);
        Optional<String> name = hole > 0
                ? named(from + hole, behind)
                : message != null
                                && message.isNamed()
                                && text.text.equals(message.texts().get(0))
                        ? nameBehind(end)
                        : Optional.empty();
        Layer layer = text.layer;
        if (layer.isOfToken() && isOfStore(line)) {
            // What a transfer is refused with is about the store's own token.
            message = KnownMessage.STORE_REFUSES;
            layer = Layer.STORAGE;
        }
        Hit hit = new Hit(message, layer, text.text, name, line, from);
        for (int i = 0; i < hits.size(); i++) {
            if (hits.get(i).message == message && hits.get(i).layer == layer) {
                hits.set(i, isBefore(hit, hits.get(i)) ? hit : hits.get(i));
                return;
            }
        }
        hits.add(hit);
    }

    /** Whether one rather than the other ended the last command. */
    private boolean isBefore(Hit one, Hit other) {
        if (isAside(one) != isAside(other)) {
            return isAside(other);
        }
        if (lines.command(one.line) != lines.command(other.line)) {
            return lines.command(one.line) > lines.command(other.line);
        }
        if (lines.level(one.line) != lines.level(other.line)) {
            return lines.level(one.line).compareTo(lines.level(other.line)) < 0;
        }
        // Of one message, the text that names what it is about says most.
        boolean differ = one.message == other.message && one.name.isPresent() != other.name.isPresent();
        return differ ? one.name.isPresent() : one.start > other.start;
    }

    /** Whether it ended no command. */
    private boolean isAside(Hit hit) {
        return hit.layer == Layer.PROGRESS || lines.level(hit.line) == LogLines.Level.LESSER;
    }

    /** What ended the last command; empty when that is not known. */
    private Optional<Hit> leading() {
        @Nullable Hit lead = null;
        @Nullable Hit reason = null;
        for (Hit hit : hits) {
            lead = lead == null || isBefore(hit, lead) ? hit : lead;
            reason = hit.message != null && hit.message.isReason() ? hit : reason;
        }
        int error = lines.lastError();
        boolean later = lead != null
                && error >= 0
                && error != lead.line
                && (isAside(lead) || lines.command(error) > lines.command(lead.line));
        boolean missing = lead != null && lead.message == KnownMessage.TOKEN_MISSING && reason != null;
        return later ? Optional.empty() : Optional.ofNullable(missing ? reason : lead);
    }

    /** The known message that ended the last command; empty when that is not known, or is no message with a row. */
    public Optional<MessageMatch> match() {
        return leading().flatMap(MessageSearch::match);
    }

    /** The known messages, each once: first the one that ended the last command. */
    List<MessageMatch> matches() {
        List<MessageMatch> all = new ArrayList<>();
        match().ifPresent(all::add);
        all.addAll(further());
        return all;
    }

    /** Other known messages of the text, but for what only reports, and for those that say in one line why another is said. */
    public List<MessageMatch> further() {
        Optional<Hit> lead = leading();
        int line = lead.isPresent() ? lead.get().line : -1;
        List<MessageMatch> further = new ArrayList<>();
        for (Hit hit : hits) {
            if (hit.layer != Layer.PROGRESS && hit.line != line) {
                match(hit).ifPresent(further::add);
            }
        }
        return further;
    }

    private static Optional<MessageMatch> match(Hit hit) {
        return hit.message == null ? Optional.empty() : Optional.of(new MessageMatch(hit.message, hit.text, hit.name));
    }

    /** The layer of what ended the last command, where it is no message with a row; empty when that is not known, either. */
    public Optional<Layer> layer() {
        Optional<Hit> lead = leading();
        return lead.isPresent()
                ? Optional.of(lead.get().layer)
                : lines.isProgress() ? Optional.of(Layer.PROGRESS) : Layer.of(lines.lastTelling());
    }

    /** Whether there is nothing in the text but blanks. */
    public boolean isBlank() {
        return plain.isEmpty();
    }

    /** The source whose token was not sent, if the CLI says so. */
    public Optional<SourceKind> ignored() {
        return plain.contains("Ignoring $CHAINLOOP_TOKEN")
                ? Optional.of(SourceKind.ENVIRONMENT)
                : plain.contains("Ignoring user credentials") ? Optional.of(SourceKind.CONFIG) : Optional.empty();
    }

    /** Whether the text is the log of a CI system's job, and not one line of it. */
    public boolean isOfJob() {
        return !lines.isSingle() && OF_JOB.matcher(plain).find();
    }

    /** Whether a job's log shows that it set the variable to nothing, as GitHub's does. */
    public boolean showsEmptyVariable() {
        return lines.isSingle() ? plain.endsWith("CHAINLOOP_TOKEN:") : lines.hasEnd("CHAINLOOP_TOKEN:");
    }

    /** What follows a message, if it has the form of a name. */
    private Optional<String> nameBehind(int next) {
        for (String issuer : ISSUERS) {
            int end = next + 1 + issuer.length();
            if (letters.startsWith(":" + issuer, next) && !goesOn(index[end - 1] + 1)) {
                return Optional.of(issuer);
            }
        }
        int start = index[next - 1] + 1;
        int most = Math.min(plain.length(), start + LONGEST_NAME);
        while (start < most && " \n:\"'<([`*\u201c".indexOf(plain.charAt(start)) >= 0) {
            start++;
        }
        int end = start;
        while (end < most
                && (Character.isLetterOrDigit(plain.charAt(end)) || "./:@_-".indexOf(plain.charAt(end)) >= 0)) {
            end++;
        }
        while (end > start && ".:".indexOf(plain.charAt(end - 1)) >= 0) {
            end--;
        }
        String name = plain.substring(start, end);
        return Form.isIssuer(name) || Form.isLabel(name) ? Optional.of(name) : Optional.empty();
    }

    /** Whether a name goes on at an index, perhaps behind its punctuation. */
    private boolean goesOn(int from) {
        int i = from;
        while (i < plain.length() && i < from + 3 && ".:/-".indexOf(plain.charAt(i)) >= 0) {
            i++;
        }
        return i < plain.length() && Character.isLetterOrDigit(plain.charAt(i));
    }

    /** A text in lower case and without gaps, and where each of its letters was. */
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

    /** The known texts by their first letters. */
    private static @Nullable Text[] texts() {
        @Nullable Text[] texts = new Text['z' + 1];
        @Nullable KnownMessage message = null;
        Layer layer = Layer.CLI;
        for (Object one : KnownMessage.TEXTS) {
            if (one instanceof KnownMessage known) {
                message = known;
                layer = known.layer();
            } else if (one instanceof Layer other) {
                message = null;
                layer = other;
            } else {
                String text = (String) one;
                String letters = letters(text, new int[text.length()]);
                char first = letters.charAt(0);
                texts[first] = new Text(message, layer, text, letters, texts[first]);
            }
        }
        return texts;
    }
}
