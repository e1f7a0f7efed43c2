package dev.chainloop.token.explain;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.explain.Cause.Weight;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a {@link KnownMessage} consists of, as its row is written. */
final class Row {
    final Reach reach;

    /** The only kind of token that gets the message; {@code null} when all do. */
    final @Nullable Audience only;

    final String meaning;
    List<Rule> rules = List.of();
    boolean faults;
    boolean reason;

    @Nullable
    Consumer<Weighing> weigher;

    final List<Cause> causes = new ArrayList<>();

    /** A further cause for some kinds of token, and for all others. */
    final Map<Audience, Cause> kinds = new EnumMap<>(Audience.class);

    @Nullable
    Cause others;

    /** What the token here is or has that shows it is not the one, unless one of the rules found something. */
    @Nullable
    String alibi;

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
        /** A warning or a report, and the command goes on. */
        HARMLESS,
        /** The token has no part in it. */
        NO_TOKEN
    }

    /** What follows a message's own words; only the first of its texts is followed by a name. */
    enum Naming {
        NOTHING,
        /** A name after a colon, such as an issuer. */
        WORD,
        /** A name in quotes. */
        QUOTED,
        /** Often another message, which then says more. */
        WRAPPER
    }

    private Row(Reach reach, @Nullable Audience only, String meaning) {
        this.reach = reach;
        this.only = only;
        this.meaning = meaning;
    }

    static Row anyone(String meaning) {
        return new Row(Reach.ANYONE, null, meaning);
    }

    static Row genuine(String meaning) {
        return new Row(Reach.GENUINE, null, meaning);
    }

    static Row apiToken(String meaning) {
        return new Row(Reach.GENUINE, Audience.API_TOKEN, meaning);
    }

    static Row user(String meaning) {
        return new Row(Reach.GENUINE, Audience.USER, meaning);
    }

    static Row harmless(String meaning) {
        return new Row(Reach.HARMLESS, null, meaning);
    }

    static Row noToken(String meaning) {
        return new Row(Reach.NO_TOKEN, null, meaning);
    }

    /** Whether it takes a token that has not expired and has the right signature to get it. */
    boolean isGenuine() {
        return reach == Reach.GENUINE;
    }

    /** The rules whose findings cause it for certain. */
    Row by(Rule... rules) {
        this.rules = List.of(rules);
        return this;
    }

    /** All rules whose findings make each of the control plane's own checks refuse a token. */
    Row byRefusals() {
        return by(
                        Rule.EXPIRED,
                        Rule.UNKNOWN_AUDIENCE,
                        Rule.IDENTITY_MISSING,
                        Rule.UNSIGNED,
                        Rule.ALGORITHM,
                        Rule.SIGNATURE,
                        Rule.NOT_YET_VALID,
                        Rule.SIGNATURE_LENGTH,
                        Rule.LOGIN_ELSEWHERE,
                        Rule.CLEANED)
                .byFaults();
    }

    Row byFaults() {
        this.faults = true;
        return this;
    }

    Row certain(String sentence) {
        return cause(new Cause(Weight.CERTAIN, sentence, null));
    }

    Row likely(String sentence) {
        return cause(new Cause(Weight.LIKELY, sentence, null));
    }

    Row hidden(String sentence) {
        return cause(new Cause(Weight.NOT_VISIBLE, sentence, null));
    }

    Row not(String phrase) {
        return cause(new Cause(Weight.RULED_OUT, phrase, null));
    }

    private Row cause(Cause cause) {
        causes.add(cause);
        return this;
    }

    /** A cause that a token of a kind makes likely. */
    Row likely(Audience kind, String sentence, Cure cure) {
        kinds.put(kind, new Cause(Weight.LIKELY, sentence, cure));
        return this;
    }

    /** A cause that a token of any other kind makes likely. */
    Row likely(String sentence, Cure cure) {
        others = new Cause(Weight.LIKELY, sentence, cure);
        return this;
    }

    /** What a token of a kind is; such a token did not cause this. */
    Row never(Audience kind, String why) {
        kinds.put(kind, Cause.other(why));
        return this;
    }

    /** What the token here is or has; it did not cause this, unless one of the rules found something. */
    Row neverWithout(String why) {
        alibi = why;
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

    /** It says why no token was sent, and comes beside the message that none was. */
    Row reason() {
        this.reason = true;
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

    /** Its texts are general; they mean this only if one of these is near them. */
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
