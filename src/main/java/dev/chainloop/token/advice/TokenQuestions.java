package dev.chainloop.token.advice;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.CiProvider;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Lookalike;
import dev.chainloop.token.diagnosis.Several;
import dev.chainloop.token.source.Extraction;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.PathValue;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the rows of a plan may ask about the value at hand, its token, the one that is demanded, and others that are here. */
abstract class TokenQuestions extends PlaceQuestions {
    /** A reference to a variable by its name alone. */
    private static final Pattern REFERENCE = Pattern.compile("[$][({]?([A-Za-z_][A-Za-z0-9_.-]{0,40})[)}]?");

    private static final Pattern PRINTS_FILE = Pattern.compile("[$]\\((cat [A-Za-z0-9_./~-]{1,80})\\)");

    /** A short name, which is no secret itself. */
    private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,40}([.][a-z]{1,10})?");

    /** Stands for a command that is not shown. */
    static final String HIDDEN = "…";

    private static final int LONGEST_WORD = 20;

    final Cure cure;
    final Demand demand;
    final OtherTokens others;

    TokenQuestions(Situation situation, Cure cure, OtherTokens others) {
        super(situation);
        this.cure = cure;
        this.demand = situation.demand();
        this.others = others;
    }

    /** What the steps are a part of. */
    Cure cure() {
        return cure;
    }

    Demand demand() {
        return demand;
    }

    // ---------- the value at hand

    /** Whether nothing is to be done here, as the CLI's token is elsewhere. */
    boolean runsElsewhere() {
        return onWindows() && canLogIn() && !given();
    }

    boolean fromConfig() {
        return inspection.isFrom(SourceKind.CONFIG);
    }

    boolean fromVariable() {
        return inspection.isFrom(SourceKind.ENVIRONMENT);
    }

    boolean fromArgument() {
        return inspection.isFrom(SourceKind.ARGUMENT);
    }

    boolean fromStdin() {
        return inspection.isFrom(SourceKind.STDIN);
    }

    /** What was found where a token is sought. */
    private Optional<Look.Found> value() {
        return evidence.search().found();
    }

    private String text() {
        return value().map(Look.Found::secret).orElse("").strip();
    }

    /** Whether it was read from a standard input that nobody named, and is not even a part of a token. */
    boolean tookStdin() {
        return fromStdin()
                && !asked()
                && value().filter(found -> found.secret().contains("eyJ")).isEmpty();
    }

    /** Whether a variable's line in a configuration refers to another variable, or to what a command prints. */
    boolean isReferenceInConfiguration() {
        return isReference() && fromVariable() && hasConfiguration();
    }

    private boolean isReference() {
        return isLike(Lookalike.MACRO) || isLike(Lookalike.UNEXPANDED);
    }

    /** A text about the variable, with the name of the one that its value refers to and that is missing. */
    String mapped(String text) {
        return isHere() ? text.replace(VARIABLE, missing()) : text;
    }

    private String missing() {
        String value = isReference() && fromVariable() && place.isCi() ? text() : "";
        Matcher reference = REFERENCE.matcher(value);
        return reference.matches() && !value.contains("eyJ") ? reference.group(1) : VARIABLE;
    }

    @Override
    String kept() {
        Optional<String> script = isHere() && variableSet() ? here.assigningScript() : Optional.empty();
        return script.map(path -> "CHAINLOOP_TOKEN in " + path + ", which wins over what the pipeline sets")
                .orElseGet(() -> mapped(super.kept()));
    }

    /** A token for another project is not for all that share the one at hand. */
    @Override
    String keptIn() {
        return cure == Cure.USE_IN_SCOPE ? place.keptForProject() : super.keptIn();
    }

    /** Whether a person gave the token to this command. */
    boolean given() {
        return inspection.isGiven();
    }

    /** Whether a person gave another service's token. */
    boolean givenAnothers() {
        return given() && cure == Cure.STORE_OWN;
    }

    /** Whether the file that the variable names holds more than the token. */
    boolean hasMoreInFile() {
        return isTakenBy(Extraction.READ_ALONE);
    }

    /** Whether the value is the path of something that is here. */
    boolean namesPath() {
        return value().flatMap(Look.Found::path).isPresent();
    }

    boolean namesFolder() {
        return value().flatMap(Look.Found::path).equals(Optional.of(PathValue.FOLDER));
    }

    boolean isEncodedTwice() {
        return isTakenBy(Extraction.DECODE_TWICE);
    }

    /** The tokens of a value that holds more than one. */
    Several several() {
        return value().map(found -> Several.of(found, inspection.at())).orElseThrow();
    }

    Optional<Several> severalOfWhichOneIsAlive() {
        return Optional.of(several()).filter(all -> all.alive() > 0);
    }

    /** Whether the argument is one word, such as a command's. */
    boolean wordIsGiven() {
        return fromArgument()
                && value().filter(found -> found.secret().length() <= LONGEST_WORD
                                && found.secret().chars().allMatch(c -> c >= 'a' && c <= 'z'))
                        .isPresent();
    }

    /** Whether quotes came into a container's variable, whose file of variables takes them as a part of the value. */
    boolean quotedForContainer() {
        return !place.enter().isEmpty()
                && fromVariable()
                && value().filter(found -> found.removed().contains("quotes")).isPresent();
    }

    /** Whether what is around the value is what make keeps of a line in a Makefile. */
    boolean quotedByMake() {
        return isHere()
                && here.make()
                && fromVariable()
                && value().filter(found -> !found.removed().isEmpty()).isPresent();
    }

    /** Whether the same token stands in the value more than once. */
    boolean standsTwice() {
        return isTakenBy(Extraction.ONCE);
    }

    private boolean isTakenBy(Extraction way) {
        return value().flatMap(Look.Found::extraction).equals(Optional.of(way));
    }

    /** What stands in place of the token, if that is known. */
    Optional<Lookalike> like() {
        return Optional.ofNullable(inspection.fault()).map(Fault::like);
    }

    /** Whether it is known which program puts the value in. */
    boolean isOwnersToPutIn() {
        return !how().isEmpty();
    }

    /** Whether the place's own lines say how an expression is written that hands a secret in. */
    boolean handsInExpressions() {
        return (onGithub() && isLike(Lookalike.GITHUB_EXPRESSION)) || (place == Place.AZURE && isLike(Lookalike.MACRO));
    }

    private boolean isLike(Lookalike row) {
        return like().equals(Optional.of(row));
    }

    String how() {
        return like().map(Lookalike::how).orElse("");
    }

    /** Whether it is a name that a program read otherwise than it was meant: the token itself is where it should be. */
    boolean isNameMistaken() {
        return isLike(Lookalike.EATEN_BY_MAKE)
                || isLike(Lookalike.EATEN_BY_SHELL)
                || isLike(Lookalike.PROCESS_ID)
                || isLike(Lookalike.NAME);
    }

    /** Whether a variable's line in a configuration holds a command that nothing runs. */
    boolean isCommandInConfiguration() {
        return isUnrunCommand() && fromVariable() && hasConfiguration();
    }

    boolean isUnrunCommand() {
        return isLike(Lookalike.COMMAND);
    }

    /** That command, if it only prints a file; any other is not shown, since it may hold a secret. */
    String command() {
        Matcher prints = PRINTS_FILE.matcher(text());
        return prints.matches() && !here.redacted() ? prints.group(1) : HIDDEN;
    }

    /** The file of a credential whose path a unit's variable holds, as a shell in the unit names it. */
    Optional<String> credentialInConfiguration() {
        if (!isLike(Lookalike.CREDENTIAL_FILE) || !fromVariable() || place != Place.SERVICE || !hasConfiguration()) {
            return Optional.empty();
        }
        String value = text();
        String name = value.substring(value.lastIndexOf('/') + 1);
        boolean shown = !here.redacted()
                && !name.contains("eyJ")
                && CREDENTIAL.matcher(name).matches();
        return Optional.of("$CREDENTIALS_DIRECTORY/" + (shown ? name : "FILE"));
    }

    boolean hasVault() {
        return here.vault().isPresent();
    }

    /** The address of Vault, else the word that stands for it. */
    String vault() {
        return here.vault().filter(address -> !here.redacted()).orElse("HOST");
    }

    /** What stands around the token, a noun phrase with its preposition. */
    String around() {
        List<String> removed = value().map(Look.Found::removed).orElse(List.of());
        return removed.equals(List.of("quotes")) ? "the quotes around" : "everything but";
    }

    /** Whether people can read what is stored there, in a file or a command, as a secret's store lets nobody do. */
    boolean keptInSight() {
        return fromVariable() && !canLogIn() && !place.isCi() && place.stored().isEmpty() && !place.hidesValues();
    }

    /** Whether a command prints what the variable refers to. */
    boolean canResolve() {
        return !resolving().isEmpty();
    }

    /** Whether a shell's script can set the variable to what that prints. */
    boolean scriptResolves() {
        return fromVariable() && canResolve() && script().pipes();
    }

    String resolving() {
        return like().map(Lookalike::command).orElse("");
    }

    /** Whether the user named the one source. */
    boolean asked() {
        return evidence.search().asked();
    }

    /** Whether the token in question was looked for here, and nobody named it or its source. */
    boolean lookedForHere() {
        return isHere() && judged() && !given() && !asked();
    }

    /** Whether nothing was found here, so that a variable may have been dropped on the way. */
    boolean maybeDropped() {
        return isHere() && judged() && evidence.search().deciding().isEmpty() && !asked();
    }

    // ---------- its token

    Optional<ApiToken> apiToken() {
        return inspection.token() instanceof ApiToken api ? Optional.of(api) : Optional.empty();
    }

    boolean isApiToken() {
        return apiToken().isPresent();
    }

    /** Whether the token in question is known to be an API token. */
    boolean isKnownApiToken() {
        return judged() && isApiToken();
    }

    /** Whether nobody can log in, and an API token is there for that. */
    boolean jobHasApiToken() {
        return isHere() && !canLogIn() && fromVariable() && isApiToken() && !expired();
    }

    /** Whether the token that was seen is the one in question. */
    boolean judged() {
        return situation.judged();
    }

    boolean expired() {
        return inspection.expired().orElse(false);
    }

    boolean decoded() {
        return inspection.decoded() != null;
    }

    boolean ofOneProject() {
        return apiToken().filter(ApiToken::isOfProject).isPresent();
    }

    boolean ofOneWorkflow() {
        return apiToken().filter(api -> api.workflow().isPresent()).isPresent();
    }

    boolean ofTheInstance() {
        return apiToken().filter(ApiToken::isOfInstance).isPresent();
    }

    boolean ofOneProduct() {
        return apiToken().filter(ApiToken::isOfProduct).isPresent();
    }

    /** Whether its request names the right audience, but not in lower case. */
    boolean audienceMiscased() {
        return inspection.decoded() != null
                && inspection.decoded().claims().audience().stream()
                        .anyMatch(Audience.GENERIC.value()::equalsIgnoreCase);
    }

    boolean fromGitlabsProvider() {
        return CiProvider.of(inspection).equals(Optional.of(CiProvider.GITLAB));
    }

    /** Whether the job itself sets the variable, to a token that its provider made. */
    boolean jobSetsProvidersToken() {
        return isHere()
                && !canLogIn()
                && fromVariable()
                && inspection.issuer().orElse("").startsWith("http");
    }

    /** Whether the server says that the token has expired, as this machine does: then its clock is right. */
    boolean expiredByServer() {
        return situation.told().expired() && expired();
    }

    // ---------- why a job may have got nothing

    /** Azure leaves a reference as it is when no variable has its name. */
    boolean unresolvedOnAzure() {
        return place == Place.AZURE
                && inspection.fault() != null
                && inspection.fault().cure() == Cure.EXPAND;
    }

    /** Whether a secret that exists is handed in by lines that may be missing. */
    boolean handsInByName() {
        return !emptyOnGithub() && !unresolvedOnAzure() && !onGitlab() && !dependabot() && !startedEmpty();
    }

    /** Whether the secret may exist already. */
    boolean maybeStored() {
        return emptyOnGithub() || onGitlab() || unresolvedOnAzure() || handsInByName();
    }

    // ---------- the token that is demanded

    /** Whether the token in question is of a kind that will do, so that a new one of that kind will, too. */
    boolean renews(Audience kind) {
        return judged() && inspection.matched().equals(Optional.of(kind)) && demand.accepts(kind);
    }

    /** Whether a token like the one at hand is what is demanded. */
    boolean renewsThisApiToken() {
        return renews(Audience.API_TOKEN) && apiToken().filter(demand::isMetBy).isPresent();
    }

    /** Whether it is not known where the plan is carried out, nor which kind of token is needed there. */
    boolean placeUnknown() {
        return place == Place.ELSEWHERE && demand.kinds().isEmpty() && !demand.isScoped();
    }

    boolean loginWillDo() {
        return canLogIn() && demand.accepts(Audience.USER);
    }

    /** Whether an API token is created, if none is there. */
    boolean createsApiToken() {
        boolean inPlaceOfLogin = !canLogIn() && !renews(Audience.GENERIC) && (open() || apiTokenWillDo());
        return renews(Audience.API_TOKEN) || inPlaceOfLogin;
    }

    boolean apiTokenWillDo() {
        return demand.accepts(Audience.API_TOKEN);
    }

    /** Whether what a person's command runs reads that person's login. */
    boolean logsInElsewhere() {
        return isHere() && here.isOfPersonsCommand() && fromConfig();
    }

    /** The key of the JSON object that the variable holds. */
    Optional<String> key() {
        return value().filter(found -> fromVariable()).flatMap(Look.Found::key);
    }

    /** Whether a template or a command found nothing under the name that it looked up. */
    boolean isBlankOfProgram() {
        return isLike(Lookalike.NO_VALUE);
    }

    boolean grantWillDo() {
        return grantIsPartial() && federatedWillDo();
    }

    /** When a CI provider's token will do, a condition; empty where it is what is demanded. */
    String needOfGrant() {
        return open() ? "this only makes attestations" : "";
    }

    boolean federatedWillDo() {
        return demand.accepts(Audience.GENERIC);
    }

    /** A gate that demands another kind, or a scope, refuses a federated token. */
    @Override
    boolean mayBeEnrolled() {
        return super.mayBeEnrolled() && (open() || federatedWillDo());
    }

    /** Whether a token may be of another kind than the one that is demanded, if it does the work. */
    boolean open() {
        return demand.open();
    }

    // ---------- other tokens

    /** A token that was found here and will do, unless the user gave the one at hand. */
    Optional<Look.Found> another() {
        return lookedForHere() ? others.meeting(demand) : Optional.empty();
    }

    boolean hasAnother() {
        return another().isPresent();
    }

    boolean hasAnotherInConfig() {
        return another()
                .filter(found -> found.origin().kind() == SourceKind.CONFIG)
                .isPresent();
    }

    Optional<Look.Found> anotherApiToken() {
        return another().filter(found -> isOf(found, Audience.API_TOKEN));
    }

    boolean isOf(Look.Found found, Audience kind) {
        return others.isOf(found, kind);
    }

    /** The token that would be used if the user had not given one. */
    Optional<Look.Found> behindTheGiven() {
        return given() && !renews(Audience.API_TOKEN) && isHere() ? others.meeting(demand) : Optional.empty();
    }

    /** The GitLab job's own token, which is enough for attestations, behind a dead API token. */
    Optional<Look.Found> enoughForAttestations() {
        return onGitlab() && isHere() && open() && expired()
                ? others.meeting(demand.of(Audience.GENERIC))
                : Optional.empty();
    }

    /** Whether somebody is logged in here, with a token that has no error. */
    boolean loggedIn() {
        return others.isLoggedIn();
    }
}
