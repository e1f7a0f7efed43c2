package dev.chainloop.token.explain;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.explain.Cause.Weight;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a message, in parts with one meaning each: who gets it, which findings cause it, which further
 * causes it has, what clears the token here, what it means as the server's own answer, what to do, and how it is found.
 */
final class Row {
    /** What is not visible unless the text shows a role. */
    static final Cause ROLES = new Cause(Weight.NOT_VISIBLE, "Only the server knows roles.", null);

    // ---------- who gets it, and what it means
    final Reach reach;

    /** The only kind of token that gets the message; {@code null} when all do. */
    final @Nullable Audience only;

    final String meaning;

    /** The same where the message names a CI provider, if that says more. */
    Optional<String> meaningOfProvider = Optional.empty();

    // ---------- what causes it
    List<Rule> rules = List.of();

    /** Whether a value that is not a token causes it. */
    Predicate<Facts> faulty = facts -> false;

    /** What is said of such a value first: nothing, or a phrase that ends in "and ". */
    String fault = "";

    /** Causes whatever token was sent. */
    final List<Cause> causes = new ArrayList<>();

    private final Map<Audience, Cause> kinds = new EnumMap<>(Audience.class);
    private Optional<Cause> others = Optional.empty();
    Function<Facts, Optional<Cause>> sent = facts -> Optional.empty();
    BiConsumer<Facts, Causes> weigher = (facts, causes) -> {};

    boolean ofRole;
    private boolean scoped;

    // ---------- what clears the token here
    private final List<Clearing> clearings = new ArrayList<>();
    private Optional<Alibi> unlessFound = Optional.empty();

    // ---------- what it means as the server's own answer
    private final List<Answer> answers = new ArrayList<>();
    boolean notForExpiry;

    // ---------- what to do
    @Nullable
    Cure cure;

    // ---------- how it is found
    boolean reason;
    boolean consequence;
    Naming naming = Naming.NOTHING;
    final List<String> texts = new ArrayList<>();
    private List<String> frames = List.of();
    private final Map<String, List<String>> framesOfTexts = new HashMap<>();

    /** What frames a text in a line of the CLI's own log. */
    List<String> marks = List.of();

    /** What shows in the same line that a text is about something else. */
    List<String> strangers = List.of();

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
        WRAPPER,
        /** Nothing; any other message says more. */
        GENERAL
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

    /** Whether it refuses a token, or says that there is none. */
    boolean isRefusal() {
        return reach == Reach.ANYONE || reach == Reach.GENUINE;
    }

    /** Whether the lack of a token causes it. */
    boolean isOfMissingToken() {
        return rules.contains(Rule.NO_TOKEN);
    }

    /** Whether it comes to anyone whose token is refused, for whatever reason. */
    boolean isForAnyone() {
        return reach == Reach.ANYONE;
    }

    /** Whether the token has no part in it. */
    boolean isForeign() {
        return reach == Reach.NO_TOKEN;
    }

    /** Whether it comes to a person who is just logging in. */
    boolean isOfLogin() {
        return cure == Cure.LOG_IN_ANEW;
    }

    /** What it means where it names a CI provider. */
    Row ofProvider(String sentence) {
        this.meaningOfProvider = Optional.of(sentence);
        return this;
    }

    // ---------- which findings cause it

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
                        Rule.SIGNATURE_LENGTH,
                        Rule.SIGNATURE_LEFT_OUT,
                        Rule.ALGORITHM,
                        Rule.SIGNATURE,
                        Rule.NOT_YET_VALID,
                        Rule.SELF_ISSUED_FEDERATED,
                        Rule.LOGIN_ELSEWHERE,
                        Rule.CLEANED)
                .byFaults();
    }

    /** A value that is not a token causes it. */
    Row byFaults() {
        return byFaults(facts -> true, "");
    }

    /**
     * A value that is not a token causes it under a condition.
     *
     * @param said what the value then holds or does, a phrase that ends in "and "
     */
    Row byFaults(Predicate<Facts> when, String said) {
        this.faulty = when;
        this.fault = said;
        return this;
    }

    // ---------- further causes, whatever token was sent

    Row certain(String sentence) {
        return cause(new Cause(Weight.CERTAIN, sentence, null));
    }

    Row likely(String sentence) {
        return cause(new Cause(Weight.LIKELY, sentence, null));
    }

    /** A likely cause with a cure of its own. */
    Row likely(String sentence, Cure cure) {
        return cause(new Cause(Weight.LIKELY, sentence, cure));
    }

    Row hidden(String sentence) {
        return cause(new Cause(Weight.NOT_VISIBLE, sentence, null));
    }

    /** The message is about a role in the organization, which the text may show. */
    Row roles() {
        ofRole = true;
        return cause(ROLES);
    }

    Row not(String phrase) {
        return cause(Cause.ruledOut(phrase));
    }

    private Row cause(Cause cause) {
        causes.add(cause);
        return this;
    }

    // ---------- further causes, by the token here

    /** A cause that a token of a kind makes likely. */
    Row ofKind(Audience kind, String sentence, Cure cure) {
        kinds.put(kind, new Cause(Weight.LIKELY, sentence, cure));
        return this;
    }

    /** A cause that a token makes likely if it is of no kind that has a cause of its own. */
    Row ofOthers(String sentence, Cure cure) {
        others = Optional.of(new Cause(Weight.LIKELY, sentence, cure));
        return this;
    }

    /** A cause that any token here makes likely; it is not named where there is none. */
    Row ofAny(String sentence, Cure cure) {
        return ofOthers(sentence, cure);
    }

    Optional<Cause> causeByKind(Facts facts) {
        return scoped && facts.isOutOfScope()
                ? Optional.empty()
                : facts.kind().map(kinds::get).or(() -> others);
    }

    /** A cause that the text tells, wherever it arose. */
    Row told(Function<Facts, Optional<Cause>> cause) {
        this.sent = cause;
        return weighed((facts, causes) -> cause.apply(facts).ifPresent(causes::add));
    }

    /** A cause that lies in the token that was sent, where that is not the one here. */
    Row ofSent(Function<Facts, Cause> sent) {
        return perhapsOfSent(facts -> Optional.of(sent.apply(facts)));
    }

    /** The same where it may be none. */
    Row perhapsOfSent(Function<Facts, Optional<Cause>> sent) {
        this.sent = sent;
        return this;
    }

    /** A command for what the token is not for gets it, which is then likelier than the cause of its kind. */
    Row outOfScope() {
        scoped = true;
        return weighed(TokenCauses::outOfScope);
    }

    /** Causes that need more than a kind or a finding; they come after those of the findings. */
    Row weighed(BiConsumer<Facts, Causes> weigher) {
        this.weigher = weigher;
        return this;
    }

    // ---------- what clears the token here

    /** A token of that kind did not cause this; what it is or does is the reason. */
    Row clears(Audience kind, String why) {
        return clears(facts -> facts.isKind(kind), why);
    }

    /** A token for which a condition holds did not cause this; what it is or does is the reason. */
    Row clears(Predicate<Facts> when, String why) {
        clearings.add(new Clearing(when, Alibi.because(why)));
        return this;
    }

    /** A token of which the rules found nothing did not cause this; what it is or has is the reason. */
    Row clearsWithoutFinding(String why) {
        unlessFound = Optional.of(Alibi.because(why));
        return this;
    }

    /**
     * What clears the token here.
     *
     * @param found whether the rules found something
     */
    Optional<Alibi> alibi(Facts facts, boolean found) {
        Optional<Alibi> byFacts = clearings.stream()
                .filter(clearing -> clearing.when.test(facts))
                .map(Clearing::alibi)
                .findFirst();
        return byFacts.isPresent() || found ? byFacts : unlessFound;
    }

    private record Clearing(Predicate<Facts> when, Alibi alibi) {}

    // ---------- what it means as the server's own answer

    /** What it means under a condition, and the cure; the first answer counts whose condition holds. */
    Row answer(Predicate<Asked> when, String sentence, Function<Asked, Cure> cure) {
        answers.add(new Answer(when, sentence, cure));
        return this;
    }

    /** What it means in all other cases; without such a part, its general meaning and cure. */
    Row answerElse(String sentence, Function<Asked, Cure> cure) {
        return answer(asked -> true, sentence, cure);
    }

    /** It means what it means in general, but has another cure. */
    Row answerCuredBy(Function<Asked, Cure> cure) {
        return answerElse(meaning, cure);
    }

    /** What it means about a federated token after all of the server's own checks rejected it. */
    Row answersOfFederated() {
        return answer(
                        Asked::isFederatedForAttestation,
                        "This control plane accepts no federated tokens.",
                        asked -> Cure.CREATE_API_TOKEN)
                .answer(
                        Asked::isFederated,
                        "A federated token only works for attestations, and this call does not accept one.",
                        asked -> Cure.CREATE_API_TOKEN);
    }

    /** What it means in all other cases: the signature was rejected; an error seen in the token names the cure. */
    Row answerElseOfSignature() {
        return answerElse(
                "It was not signed with this control plane's secret: it comes from another installation, its signature is"
                        + " damaged, or the secret has changed (`chainloop-token help secret`).",
                Asked::errorsOrControlPlane);
    }

    /** Servers that report an expired token as such do not answer so for an expiry. */
    Row notForExpiry() {
        this.notForExpiry = true;
        return this;
    }

    /** What it means as the server's own answer about the token here. */
    Cause meaningFor(Asked asked) {
        return answers.stream()
                .filter(answer -> answer.when.test(asked))
                .findFirst()
                .map(answer -> new Cause(Weight.CERTAIN, answer.sentence, answer.cure.apply(asked)))
                .orElseGet(() -> new Cause(Weight.CERTAIN, meaning, cure));
    }

    private record Answer(Predicate<Asked> when, String sentence, Function<Asked, Cure> cure) {}

    // ---------- what to do, and how it is found

    /** The message's own cure, where its causes have none. */
    Row cure(Cure cure) {
        this.cure = cure;
        return this;
    }

    /** It says why no token was sent, and comes beside the message that none was. */
    Row reason() {
        this.reason = true;
        return this;
    }

    /** The failure of an earlier command can cause it, which then leads. */
    Row afterFailure() {
        this.consequence = true;
        return this;
    }

    Row named(Naming naming) {
        this.naming = naming;
        return this;
    }

    Row texts(String... texts) {
        this.texts.addAll(List.of(texts));
        return this;
    }

    /** Adds texts that are more general than the others; they mean this only if one of the frames is near them. */
    Row textsWithin(List<String> frames, String... texts) {
        for (String text : texts) {
            framesOfTexts.put(text, frames);
        }
        return texts(texts);
    }

    /** Adds texts that are less general than the others, and need no frame. */
    Row textsAnywhere(String... texts) {
        return textsWithin(List.of(), texts);
    }

    /** Its texts are general; they mean this only if one of these is near them, or where they are all that was said. */
    Row within(String... frames) {
        this.frames = List.of(frames);
        return this;
    }

    /** So do these, but many programs say them: they count only in a line of the CLI's own. */
    Row withinOwnLine(String... marks) {
        this.marks = List.of(marks);
        return this;
    }

    /** In a line with one of these, its texts are about something else. */
    Row unlessWith(String... strangers) {
        this.strangers = List.of(strangers);
        return this;
    }

    /** It is about the control plane, not about a URL or what Docker and Kubernetes do, which have the same words. */
    Row notOfOthers() {
        return unlessWith("\"http", "failed to solve", "failed to receive status", "failed to pull");
    }

    /** What has to be near a text for it to mean this; nothing where its own words are enough. */
    List<String> framesOf(String text) {
        return framesOfTexts.getOrDefault(text, frames);
    }

    /** Where the texts stand in Chainloop, and since when; or who else says so. */
    Row from(String source) {
        this.source = source;
        return this;
    }
}
