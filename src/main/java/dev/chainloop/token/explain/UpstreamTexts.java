package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Subject;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.explain.LogLines.Speaker;
import dev.chainloop.token.explain.UpstreamText.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The texts of Chainloop's errors and logs, read from the resource {@code upstream.txt} when no message with a row is
 * found. CONTRIBUTING has its format.
 */
final class UpstreamTexts {
    private static final String RESOURCE = "upstream.txt";
    private static final List<Layer> LAYERS = List.of(Layer.values());

    private final Map<String, List<UpstreamText>> byFirstWord = new HashMap<>();

    /** Those that stand after the text of another error. */
    private final List<UpstreamText> following = new ArrayList<>();

    /**
     * A text, or several that cannot be told apart.
     *
     * @param text what may be shown of it
     * @param layers where it arises; each of them is possible
     * @param subjects what it is about
     * @param lookup whether something is looked up in the token's organization or project
     * @param open whether the text of another error follows that is not known
     */
    record Match(String text, List<Layer> layers, List<Subject> subjects, boolean lookup, boolean open) {}

    private UpstreamTexts(Map<String, UpstreamText> all) {
        for (UpstreamText text : all.values()) {
            if (text.follows) {
                following.add(text);
            } else {
                byFirstWord
                        .computeIfAbsent(text.firstWord(), word -> new ArrayList<>())
                        .add(text);
            }
        }
    }

    /** Reads the resource. */
    static UpstreamTexts read() {
        try (InputStream resource = UpstreamTexts.class.getResourceAsStream(RESOURCE)) {
            byte[] bytes = Objects.requireNonNull(resource).readAllBytes();
            return parse(new String(bytes, StandardCharsets.UTF_8).split("\n", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UpstreamTexts parse(String... lines) {
        Map<String, UpstreamText> all = new LinkedHashMap<>();
        Layer layer = Layer.PROGRESS;
        Subject subject = Subject.COMMAND;
        for (String line : lines) {
            int tab = line.indexOf('\t');
            String first = tab < 0 ? line : line.substring(0, tab);
            String rest = line.substring(tab + 1);
            if (first.startsWith("= ")) {
                layer = Keyword.find(LAYERS, first.substring(2)).orElseThrow();
                subject = Subject.of(rest);
            } else if (!line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != '@') {
                List<String> marks = tab < 0 ? List.of() : List.of(rest.split(" ", -1));
                all.computeIfAbsent(first, UpstreamText::new).add(layer, subject, marks);
            }
        }
        return new UpstreamTexts(all);
    }

    /**
     * Finds the text that says why a command failed: the innermost one.
     *
     * @param showable whether a value in it may be shown
     */
    Optional<Match> find(LogLines lines, Predicate<String> showable) {
        return find(lines.last().orElse(""), lines.haveError(), lines.speaker(), showable);
    }

    /**
     * The same.
     *
     * @param error whether the lines are of level error
     * @param speaker who says them, as far as that can be told
     */
    Optional<Match> find(String lines, boolean error, Speaker speaker, Predicate<String> showable) {
        Passage passage = new Passage(lines);
        cut(passage);
        List<Span> innermost = List.of();
        for (int start = 0; start < passage.size(); start++) {
            if (passage.starts(start)) {
                List<Span> found = startingAt(passage, start, error);
                boolean begins = start == 0 || !innermost.isEmpty();
                found.removeIf(span -> !counts(span.text(), speaker, begins));
                innermost = found.isEmpty() || saysMore(passage, innermost, found) ? innermost : found;
            }
        }
        if (innermost.isEmpty()) {
            return Optional.empty();
        }
        int end = innermost.get(0).end();
        return error || passage.isInLastLine(end) ? Optional.of(match(passage, innermost, showable)) : Optional.empty();
    }

    /** Where perhaps another program speaks, what any may say counts only from the beginning. */
    private static boolean counts(UpstreamText text, Speaker speaker, boolean begins) {
        return speaker == Speaker.CLI || (!text.brief && (!text.general || (speaker == Speaker.NOBODY_ELSE && begins)));
    }

    /** Whether texts say more than those within them: what these are about, or that the reason is theirs. */
    private static boolean saysMore(Passage passage, List<Span> outer, List<Span> inner) {
        if (outer.isEmpty() || inner.get(0).start() >= outer.get(0).end()) {
            return false;
        }
        UpstreamText within = inner.get(0).text();
        boolean ofOther =
                outer.get(0).text().layers.contains(Layer.OTHER_SERVICE) && within.layers.contains(Layer.CONNECTION);
        return ofOther
                || within.brief
                || (outer.get(0).proves() && !inner.get(0).proves() && isOpen(passage, inner));
    }

    private static boolean isOpen(Passage passage, List<Span> spans) {
        return !spans.stream().allMatch(span -> span.proves() || passage.closes(span.end()));
    }

    /** Lets messages end where one of Chainloop's own texts follows them. */
    private void cut(Passage passage) {
        for (UpstreamText text : following) {
            for (int word = 1; word < passage.size(); word++) {
                if (passage.word(word).equals(text.firstWord())) {
                    Span span = text.find(passage, word);
                    if (span != null && passage.closes(span.end())) {
                        passage.cut(word);
                    }
                }
            }
        }
    }

    /** Those of the texts that start with a word that leave least of it open. */
    private List<Span> startingAt(Passage passage, int start, boolean error) {
        List<Span> found = new ArrayList<>();
        for (String first : List.of(passage.word(start), "")) {
            for (UpstreamText text : byFirstWord.getOrDefault(first, List.of())) {
                boolean progress = error && text.layers.equals(Set.of(Layer.PROGRESS));
                Span span = progress ? null : text.find(passage, start);
                if (span != null) {
                    found.add(span);
                }
            }
        }
        int most = found.stream().mapToInt(span -> span.text().weight()).max().orElse(0);
        found.removeIf(span -> span.text().weight() < most);
        return found;
    }

    private static Match match(Passage passage, List<Span> spans, Predicate<String> showable) {
        Span first = spans.get(0);
        return new Match(
                passage.shown(first.start(), first.end(), first.own(), showable),
                spans.stream()
                        .flatMap(span -> span.text().layers.stream())
                        .distinct()
                        .sorted()
                        .toList(),
                spans.stream()
                        .flatMap(span -> span.text().subjects.stream())
                        .distinct()
                        .sorted()
                        .toList(),
                spans.stream().anyMatch(span -> span.text().lookup),
                isOpen(passage, spans));
    }
}
