package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Detail;
import dev.chainloop.token.advice.Passage;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Lookalike;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.SourceKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What may be asked about a message and the token here; a row's conditions are questions of this class. */
class Facts {
    /** A control character, which no header of HTTP may hold. */
    private static final Pattern UNSENDABLE = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

    private static final List<Rule> REFUSED = List.of(Rule.UNSIGNED, Rule.NOT_YET_VALID, Rule.CLEANED);

    final Diagnosis diagnosis;
    final Evidence evidence;
    final Inspection inspection;

    /** What the message names; hostile. */
    final Optional<String> name;

    /** What the text says of the command that failed. */
    final Testimony testimony;

    private final String text;
    private boolean elsewhere;

    /**
     * The facts about a message.
     *
     * @param diagnosis the token here, which may have caused it
     * @param text the words that identified it
     * @param name what it names; hostile
     * @param testimony what the text around it says
     */
    Facts(Diagnosis diagnosis, String text, Optional<String> name, Testimony testimony) {
        this.diagnosis = diagnosis;
        this.evidence = diagnosis.evidence();
        this.inspection = diagnosis.inspection();
        this.name = name;
        this.testimony = testimony;
        this.text = text;
    }

    /** The same about a message of another place, whose variables and files are not the ones here. */
    Facts of(boolean another) {
        elsewhere = another;
        return this;
    }

    /** What the text tells beside the message; empty where it does not, or where values are hidden. */
    String detail(Detail detail) {
        return evidence.surroundings().redacted() ? "" : testimony.details().getOrDefault(detail, "");
    }

    /** What started the CLI without the variable, as the text shows. */
    Optional<Cause> lostOnTheWay() {
        return Passage.of(detail(Detail.STARTED_BY))
                .map(passage -> new Cause(
                        Cause.Weight.CERTAIN,
                        "The command ran without $CHAINLOOP_TOKEN: " + passage.reason + ".",
                        Cure.HAND_IN));
    }

    /** The control plane that the command used. */
    Optional<String> controlPlane() {
        return testimony
                .told()
                .controlPlane()
                .or(() -> evidence.search().host().filter(host -> !elsewhere).map(Host::address))
                .filter(address -> !evidence.surroundings().redacted() && Form.isAddress(address));
    }

    /** The artifact store that it used. */
    Optional<String> store() {
        return storeInText()
                .or(() -> storeHere().map(Host::address))
                .filter(address -> !evidence.surroundings().redacted() && Form.isAddress(address));
    }

    /** Whether the store is the public installation's and the control plane is not, or the other way round. */
    boolean mixesInstallations() {
        return store().isPresent()
                && controlPlane().isPresent()
                && Host.isPublic(store().get()) != Host.isPublic(controlPlane().get());
    }

    /** What names the store, in parentheses; empty where the text does. */
    String storeFrom() {
        return storeHere()
                .filter(host -> storeInText().isEmpty())
                .map(host -> " (" + host.from() + ")")
                .orElse("");
    }

    private Optional<String> storeInText() {
        return Optional.ofNullable(testimony.details().get(Detail.STORE_ADDRESS));
    }

    private Optional<Host> storeHere() {
        return elsewhere
                ? Optional.empty()
                : Optional.of(evidence.surroundings().store(evidence.search().config()));
    }

    /** Whether a variable is not set where the command ran, as far as that is here. */
    boolean lacksVariable(String name) {
        return !elsewhere && !evidence.surroundings().sets(name);
    }

    /** Whether a variable, here or in the text, says that an agent ran the command without a network. */
    boolean inAgentsSandbox() {
        return testimony.tells(Detail.NO_NETWORK)
                || (!elsewhere && evidence.surroundings().inAgentsSandbox());
    }

    boolean says(String word) {
        return text.contains(word);
    }

    /** Whether the message names a CI provider as the issuer. */
    boolean namesProvider() {
        return name.filter(Facts::isProvider).isPresent();
    }

    /** Whether an issuer is a CI provider, which has a URL; the control plane itself has none. */
    static boolean isProvider(String issuer) {
        return issuer.regionMatches(true, 0, "http", 0, "http".length());
    }

    /** Whether the message names the issuer of the token that was sent, and that is not the token here. */
    boolean namesOtherIssuer() {
        return namesProvider() && !name.equals(inspection.issuer());
    }

    /** Whose token it is, if that is none whose tokens Chainloop can accept. */
    Optional<Lookalike> stranger() {
        return inspection.issuer().flatMap(Lookalike::ofIssuer);
    }

    /** Whether the message names such an issuer. */
    boolean namesStranger() {
        return name.flatMap(Lookalike::ofIssuer).isPresent();
    }

    /** Whether the token stands among other things in what would be sent. */
    boolean isWrapped() {
        return evidence.search().found().filter(found -> !found.isSentAlone()).isPresent();
    }

    /** Whether there is a token that can be read. */
    boolean hasToken() {
        return inspection.decoded() != null;
    }

    /** Whether the token has an expiry, even one that cannot be read. */
    boolean hasExpClaim() {
        return inspection.decoded() != null && inspection.decoded().claims().has("exp");
    }

    /** Whether the CLI got a federated token for the command, which cannot be seen here. */
    boolean isRequested() {
        return testimony.sent().isPresent()
                ? testimony.isRequested() && !inspection.isFrom(SourceKind.GITLAB)
                : evidence.isMinted();
    }

    /** The kind that its audience makes a token, even if it lacks what identifies it. */
    Optional<Audience> kind() {
        return isRequested() ? Optional.of(Audience.GENERIC) : inspection.matched();
    }

    boolean isKind(Audience kind) {
        return kind().equals(Optional.of(kind));
    }

    /** Whether it has no kind, for lack of a known audience or of what identifies it. */
    boolean isUntyped() {
        return inspection.token() == null;
    }

    boolean isExpired() {
        return inspection.expired().orElse(false);
    }

    /** Whether something is wrong with it that the server sees before it knows whose token it is. */
    boolean isRefused() {
        return diagnosis.findings().stream()
                .anyMatch(finding -> finding.severity() == Severity.ERROR && REFUSED.contains(finding.rule()));
    }

    /** Whether what was sent has no whole signature; of a copy that a person gave, nobody knows. */
    boolean lacksSignature() {
        return inspection.isDamaged() || (inspection.isWithoutSignature() && !inspection.isGiven());
    }

    boolean namesOrganization() {
        return inspection.token() instanceof ApiToken api && api.organization().isPresent();
    }

    /** The organization that the command names, or the config file here does, if it is not the API token's own. */
    Optional<String> otherOrganization() {
        Optional<String> named = testimony.told().organization();
        boolean configured = named.isEmpty();
        Optional<String> any = configured ? evidence.search().config().organization() : named;
        return differing(ApiToken::organization, any)
                .map(name -> (configured ? "the config file names " : "the command names ") + Form.quoted(name));
    }

    /** The project that the command names, if it is not the API token's own. */
    Optional<String> otherProject() {
        return differing(ApiToken::project, testimony.project()).map(name -> "the command names " + Form.quoted(name));
    }

    /** The workflow that the command names, if it is not the API token's own. */
    Optional<String> otherWorkflow() {
        return differing(ApiToken::workflow, testimony.workflow())
                .map(name -> "the command names " + Form.quoted(name));
    }

    /** Whether the command names something that the API token is not for. */
    boolean isOutOfScope() {
        return otherOrganization().isPresent()
                || otherProject().isPresent()
                || otherWorkflow().isPresent();
    }

    private Optional<String> differing(Function<ApiToken, Token.Named> claim, Optional<String> named) {
        return inspection.token() instanceof ApiToken api
                ? named.filter(name -> Form.isLabel(name)
                        && claim.apply(api)
                                .name()
                                .filter(own -> !own.equalsIgnoreCase(name))
                                .isPresent())
                : Optional.empty();
    }

    /** Whether the value that was found holds a character that no request header can. */
    boolean isUnsendable() {
        return evidence.search()
                .found()
                .filter(found -> UNSENDABLE.matcher(found.sent()).find())
                .isPresent();
    }
}
