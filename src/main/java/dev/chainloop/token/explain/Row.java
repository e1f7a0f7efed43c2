package dev.chainloop.token.explain;

import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a {@link KnownMessage} consists of, as its row is written. */
final class Row {
    final Reach reach;
    final String meaning;
    List<Rule> rules = List.of();
    boolean faults;

    @Nullable
    Consumer<Weighing> weigher;

    final List<Cause> causes = new ArrayList<>();

    @Nullable
    Cure cure;

    Naming naming = Naming.NOTHING;
    List<String> texts = List.of();
    List<String> frames = List.of();
    String source = "";

    /** Who can get a message. */
    enum Reach {
        /** Whoever sent a token that is refused, or none. */
        ANYONE,
        /** Whoever sent a token that has not expired and has the right signature. */
        GENUINE,
        /** The same, and it is an API token. */
        GENUINE_API_TOKEN,
        /** The same, and it is a user token. */
        GENUINE_USER,
        /** A warning or a report, and the command goes on. */
        HARMLESS,
        /** The token has no part in it. */
        NO_TOKEN
    }

    /** What follows a message's own words; only the first of its texts is followed by a name. */
    enum Naming {
        /** Nothing that matters. */
        NOTHING,
        /** A name after a colon, such as an issuer. */
        WORD,
        /** A name in quotes. */
        QUOTED,
        /** Often another message, which then says more. */
        WRAPPER
    }

    private Row(Reach reach, String meaning) {
        this.reach = reach;
        this.meaning = meaning;
    }

    static Row of(Reach reach, String meaning) {
        return new Row(reach, meaning);
    }

    /** Whether only a token that has not expired and has the right signature gets it. */
    boolean isGenuine() {
        return reach == Reach.GENUINE || reach == Reach.GENUINE_API_TOKEN || reach == Reach.GENUINE_USER;
    }

    /** The rules whose findings cause it for certain. */
    Row by(Rule... rules) {
        this.rules = List.of(rules);
        return this;
    }

    Row byFaults() {
        this.faults = true;
        return this;
    }

    Row certain(String sentence) {
        return cause(Cause.Weight.CERTAIN, sentence);
    }

    Row likely(String sentence) {
        return cause(Cause.Weight.LIKELY, sentence);
    }

    Row hidden(String sentence) {
        return cause(Cause.Weight.NOT_VISIBLE, sentence);
    }

    Row not(String phrase) {
        return cause(Cause.Weight.RULED_OUT, phrase);
    }

    private Row cause(Cause.Weight weight, String sentence) {
        causes.add(new Cause(weight, sentence, null));
        return this;
    }

    Row cure(Cure cure) {
        this.cure = cure;
        return this;
    }

    Row weighed(Consumer<Weighing> weigher) {
        this.weigher = weigher;
        return this;
    }

    Row named(Naming naming) {
        this.naming = naming;
        return this;
    }

    Row texts(String... texts) {
        this.texts = List.of(texts);
        return this;
    }

    /** What must stand on the same line for its texts to mean this, for they are general; any of these. */
    Row within(String... frames) {
        this.frames = List.of(frames);
        return this;
    }

    /** Where the texts stand in Chainloop, and since when; or who else says so. */
    Row from(String source) {
        this.source = source;
        return this;
    }
}
