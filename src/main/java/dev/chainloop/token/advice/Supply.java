package dev.chainloop.token.advice;

import dev.chainloop.token.advice.Step.Where;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a place gets the token that is demanded: one that is already there and will do, else a new one. */
final class Supply extends Acting {
    /** A job that names one permission has no others. */
    static final List<String> GITHUB_TOKEN = List.of("permissions: {contents: read, id-token: write}");

    static final List<String> GITLAB_TOKEN = List.of("id_tokens:", "  GITLAB_OIDC:", "    aud: chainloop");

    private final Demand demand;
    private final Commands away;

    Supply(Situation situation, Cure cure) {
        super(situation, cure);
        this.demand = situation.demand();
        this.away = new Commands(evidence, true);
    }

    /** An API token, whatever kind was used. */
    List<Step> apiToken() {
        Optional<Look.Found> other = other().filter(found -> others.isOf(found, Audience.API_TOKEN));
        return other.isPresent() ? use(other.get()) : inspection.token() instanceof ApiToken ? token() : create("");
    }

    /** The CI provider's token, unless another is demanded. */
    List<Step> federatedToken() {
        return demand.accepts(Audience.GENERIC) && other().isEmpty() ? List.of(requestFederated()) : token();
    }

    List<Step> token() {
        Optional<Look.Found> other = other();
        if (other.isPresent()) {
            return use(other.get());
        }
        Optional<Look.Found> behind = inspection.isGiven() && !(inspection.token() instanceof ApiToken)
                ? others.meeting(demand).filter(found -> situation.isHere())
                : Optional.empty();
        if (behind.isPresent()) {
            String what = behind.get().origin().kind().noun(behind.get().origin());
            return List.of(say(Where.HERE, "Leave out the token that you gave: there is another in " + what));
        }
        Optional<Audience> kind = inspection.matched().filter(one -> situation.judged() && demand.accepts(one));
        if (kind.isPresent()) {
            return switch (kind.get()) {
                case API_TOKEN ->
                    inspection.token() instanceof ApiToken old && demand.isMetBy(old) ? replace(old) : create("");
                case USER -> logIn("log in");
                case GENERIC -> List.of(requestFederated());
            };
        }
        if (custody.login() && demand.accepts(Audience.USER)) {
            return logIn(here.wsl() ? "log in here, too: Linux does not see your login on Windows" : "log in");
        }
        if (demand.accepts(Audience.API_TOKEN)) {
            return create("");
        }
        return demand.accepts(Audience.GENERIC) ? List.of(requestFederated()) : List.of(acceptApiToken());
    }

    /** A token that was found here and will do, unless the user gave the one at hand. */
    Optional<Look.Found> other() {
        return !situation.judged()
                        || !situation.isHere()
                        || inspection.isGiven()
                        || evidence.search().asked()
                ? Optional.empty()
                : others.meeting(demand);
    }

    /** How to use a token that was found here instead of this one. */
    List<Step> use(Look.Found found) {
        String what = found.origin().kind().noun(found.origin());
        if (situation.place() == Place.GITLAB
                && found.origin().kind() == SourceKind.ENVIRONMENT
                && others.isOf(found, Audience.GENERIC)) {
            String remove = here.variableSet() ? "Remove CHAINLOOP_TOKEN from the job, and rename " : "Rename ";
            return List.of(put(Where.PIPELINE, remove + "the token that is now in " + what, GITLAB_TOKEN));
        }
        if (found.origin().kind() == SourceKind.ENVIRONMENT) {
            return setTo(found.origin().name(), "Use the token in " + what);
        }
        String config = own.namedConfig();
        return List.of(without("", "use the token in " + what + (config.isEmpty() ? "" : ", with" + config)));
    }

    /** Hands the value of another variable to the CLI. */
    List<Step> setTo(String variable, String sentence) {
        boolean github = situation.place() == Place.GITHUB;
        String set = ": set CHAINLOOP_TOKEN to the value of " + variable;
        return !ShellWord.isName(variable) || !(github || custody.login())
                ? List.of(say(there(), sentence + set))
                : lines(
                        sentence,
                        github
                                ? List.of("env:", "  CHAINLOOP_TOKEN: ${{ secrets." + variable + " }}")
                                : List.of("export CHAINLOOP_TOKEN=\"$" + variable + "\""));
    }

    private Step acceptApiToken() {
        return say(
                Where.OWN_MACHINE,
                "Accept an API token (`--type api-token`), since nobody can log in here, or run this where somebody is logged in");
    }

    /** A login; where nobody can log in, an API token in its place. */
    List<Step> logIn(String sentence) {
        if (!custody.login()) {
            return demand.open() || demand.accepts(Audience.API_TOKEN) ? create("") : List.of(acceptApiToken());
        }
        boolean root = here.sudo().isPresent() && inspection.isFrom(SourceKind.CONFIG);
        List<Step> steps = new ArrayList<>(root ? List.of(withoutSudo()) : List.of());
        steps.addAll(Step.provided(root ? "you mean to work as root" : "", List.of(login(sentence))));
        if (evidence.expiredBeforeWritten()) {
            steps.add(say(Where.HERE, "If you have just logged in, this machine's clock is wrong: set it"));
        }
        return steps;
    }

    private Step login(String sentence) {
        String there = here.remoteCommand() ? ", in a terminal there (`ssh -t`)" : "";
        return without("", sentence + there, own.login());
    }

    Step withoutSudo() {
        return run(
                Where.HERE,
                "Run the command without `sudo`, which drops CHAINLOOP_TOKEN and reads root's config file, or have it"
                        + " keep the variable",
                List.of("sudo --preserve-env=CHAINLOOP_TOKEN COMMAND"));
    }

    /** Replaces an API token: a dead one is revoked first, since it blocks its name, and a live one last. */
    private List<Step> replace(ApiToken old) {
        if (old.workflow().isPresent() || old.scope().equals(Optional.of("INSTANCE_ADMIN"))) {
            return List.of(say(
                    Where.ADMINISTRATOR,
                    "Ask whoever created it to create it again: the CLI creates no tokens for "
                            + (old.workflow().isPresent() ? "a single workflow" : "the whole instance")));
        }
        boolean dead = inspection.expired().orElse(false);
        Commands commands = managing();
        String name = commands.name(dead);
        String create =
                created(commands, name, old.project().name(), old.organization().name());
        boolean again = dead && old.name().equals(Optional.of(name));
        String what = again
                ? "free the name \"" + name + "\", and create the token again"
                : dead ? "revoke the old token, and create a new one" : "create its successor";
        List<Step> steps = new ArrayList<>();
        List<String> all = dead ? List.of(commands.revoke(old), create) : List.of(create);
        steps.add(run(where(), managed(what), exported(isManagedHere(), all)));
        steps.addAll(stored());
        if (!dead) {
            steps.add(run(
                    where(),
                    "If nothing uses the old one any more, not even an attestation that is still open, revoke it",
                    // The new API token may not revoke others.
                    List.of((isManagedHere() && isStored() ? "CHAINLOOP_TOKEN= " : "") + commands.revoke(old))));
        }
        List<Step> enough = dead ? attesting() : List.of();
        // Here, the login is what most commands need.
        boolean login = isManagedHere() && others.isLoggedIn() && here.variableSet() && demand.open();
        String condition = !enough.isEmpty() ? "it does more" : login ? "an API token is needed here" : "";
        return Stream.of(before(), enough, Step.provided(condition, steps))
                .flatMap(List::stream)
                .toList();
    }

    /** Creates a token for the organization and project that are demanded, else those of the one at hand. */
    List<Step> create(String condition) {
        Optional<String> project = cure != Cure.WIDEN_TOKEN && inspection.token() instanceof ApiToken api
                ? api.project().name().filter(one -> situation.judged() && !demand.exact())
                : Optional.empty();
        Optional<String> organization = own.organization().filter(one -> situation.judged());
        return create(
                condition,
                demand.project().or(() -> project),
                demand.organization().or(() -> organization));
    }

    /**
     * Creates a token beside whatever there is.
     *
     * @param condition when, a phrase that follows "if"; empty for always
     * @param project its project, blank for one that only the reader knows; empty for the whole organization
     * @param organization the same of its organization; empty for the one in use
     */
    List<Step> create(String condition, Optional<String> project, Optional<String> organization) {
        Commands commands = managing();
        boolean free = cure == Cure.RECREATE_API_TOKEN || !(inspection.token() instanceof ApiToken);
        List<Step> steps = new ArrayList<>(before());
        String what = cure == Cure.WIDEN_TOKEN ? "create a token of the whole organization" : "create an API token";
        String name = situation.judged() ? commands.name(free) : "ci-2";
        List<String> all = List.of(created(commands, name, project, organization));
        steps.add(run(where(), managed(what), exported(isManagedHere(), all)));
        steps.addAll(stored());
        if (isMinted() || (isFirst() && cure != Cure.HAND_IN && isStored() && !custody.login())) {
            String instead = isMinted() ? "Remove what sets CHAINLOOP_TOKEN now. " : "";
            steps.add(put(Where.PIPELINE, instead + custody.handIn(), custody.lines()));
        }
        return Step.provided(condition, steps);
    }

    private boolean isManagedHere() {
        return custody.login() && situation.isHere();
    }

    private Commands managing() {
        return isManagedHere() ? own : away;
    }

    private Where where() {
        return isManagedHere() ? Where.HERE : Where.OWN_MACHINE;
    }

    private String managed(String what) {
        return placed(what) + demand.remark();
    }

    private String placed(String what) {
        String host = away.host();
        return isManagedHere()
                ? capitalized(what)
                : "On your own machine, logged in" + (host.isEmpty() ? "" : " to " + host) + ", " + what;
    }

    /** Revokes tokens, whatever the variable holds. */
    Step revoke(String what, List<ApiToken> tokens) {
        List<String> commands =
                tokens.stream().map(managing()::revoke).distinct().toList();
        return run(where(), placed(what), exported(false, commands));
    }

    /** Managing tokens needs a login, and no variable that wins over it. */
    private List<Step> before() {
        if (!isManagedHere()) {
            boolean dead = inspection.expired().orElse(false) || cure == Cure.RECREATE_API_TOKEN;
            // What runs keeps the value that it started with, whatever has been stored since.
            return isNamed() || (dead && !after.isEmpty() && situation.isHere() && here.variableSet())
                    ? List.of(run(
                            Where.PIPELINE,
                            "If a new value was stored after this started, a restart is enough (a scheduled job's next run is"
                                    + " one)",
                            after))
                    : List.of();
        }
        if (!others.isLoggedIn() && !evidence.search().asked()) {
            return List.of(login("log in to create tokens"));
        }
        return here.variableSet() ? List.of(without("", "work with your login")) : List.of();
    }

    /** Behind a dead API token, a live token of the GitLab job's own is enough for attestations. */
    private List<Step> attesting() {
        Optional<Look.Found> found = situation.place() == Place.GITLAB && situation.isHere() && demand.open()
                ? others.meeting(demand.of(Audience.GENERIC))
                : Optional.empty();
        return found.isEmpty() ? List.of() : Step.provided("the job only makes attestations", use(found.get()));
    }

    /** Commands that manage tokens, without the variable if that would win over the login that they need. */
    private List<String> exported(boolean gone, List<String> commands) {
        boolean known = here.place().isAttended() && here.variableSet();
        // A container is handed the variable of the machine that starts it.
        boolean likely = situation.place() == Place.CONTAINER && inspection.isFrom(SourceKind.ENVIRONMENT);
        List<String> all = new ArrayList<>(commands);
        if (!gone && here.posix() && (known || likely)) {
            all.add(0, Commands.UNSET);
        }
        return all;
    }

    /** Whether the job itself sets the variable, to a token that its provider made. */
    private boolean isMinted() {
        return situation.isHere()
                && !custody.login()
                && inspection.isFrom(SourceKind.ENVIRONMENT)
                && inspection.decoded() != null
                && inspection.decoded().claims().text("iss").orElse("").startsWith("http");
    }

    /** Whether what runs here was given a stored value that was empty when it started. */
    boolean isNamed() {
        return here.variableEmpty() && situation.isHere() && !after.isEmpty();
    }

    /** Whether nothing is stored yet that the new value replaces. */
    private boolean isFirst() {
        return isMinted() || (!isNamed() && (cure == Cure.HAND_IN || (situation.isHere() && !here.variableSet())));
    }

    private String created(Commands commands, String name, Optional<String> project, Optional<String> organization) {
        String create = commands.create(name, project, organization, demand.expiration());
        return isStored() ? Commands.kept(create, store()) : create;
    }

    private boolean isStored() {
        return !custody.store().first().isEmpty() && here.posix();
    }

    /** What stores the shell's {@code $token}, and has it read. */
    String store() {
        String store = isFirst()
                ? custody.store().first()
                : custody.store().again() + (after.isEmpty() ? "" : " &&\n  " + after.get(0));
        return situation.place() == Place.GITHUB
                ? store + (here.dependabot() ? " --app dependabot" : "") + away.repository(situation.place())
                : store;
    }

    /** The same where the command asks for the value. */
    String asking() {
        return store().substring(store().lastIndexOf("| ") + 2);
    }

    /** What a person does with the new value where no command stores it. */
    private List<Step> stored() {
        if (isStored()) {
            return List.of();
        }
        if (custody.login()) {
            return List.of(say(Where.HERE, "Set CHAINLOOP_TOKEN to what that prints"));
        }
        String restart = after.isEmpty() ? "" : ", and restart what reads it";
        return List.of(run(Where.PIPELINE, "Store what that prints as " + custody.kept() + restart, after));
    }

    /** Nobody can tell what such a change does with a token. */
    Step skipFork() {
        List<String> rule = switch (situation.place()) {
            case GITLAB ->
                List.of(
                        "rules: # before any others",
                        "  - if: $CI_MERGE_REQUEST_SOURCE_PROJECT_ID != $CI_MERGE_REQUEST_PROJECT_ID",
                        "    when: never");
            case AZURE -> List.of("condition: and(succeeded(), ne(variables['System.PullRequest.IsFork'], 'True'))");
            case CIRCLECI -> List.of("- run: '[ -z \"$CIRCLE_PR_NUMBER\" ] || circleci-agent step halt'");
            default ->
                List.of(
                        "if: github.event_name != 'pull_request' ||",
                        "  github.event.pull_request.head.repo.full_name == github.repository");
        };
        String which = situation.place() == Place.GITLAB ? "merge requests" : "pull requests";
        return put(Where.PIPELINE, "Skip the job for " + which + " from forks, which get no secrets", rule);
    }

    /** A CI provider's token, which lives for minutes and is requested anew. */
    private Step requestFederated() {
        if (here.fork()) {
            return skipFork();
        }
        return switch (situation.place()) {
            case GITLAB ->
                put(Where.PIPELINE, "Start the job again; it gets a new token if it has these lines", GITLAB_TOKEN);
            case GITHUB -> {
                boolean set = situation.isHere() && inspection.isFrom(SourceKind.ENVIRONMENT);
                String commands =
                        (set ? "Remove CHAINLOOP_TOKEN from the job: attestation" : "Attestation") + " commands ";
                yield set && here.canMint()
                        ? say(Where.PIPELINE, commands + "then request a token of their own")
                        : put(
                                Where.PIPELINE,
                                set || inspection.decoded() == null || inspection.token() instanceof ApiToken
                                        ? commands + "request a token by themselves if the job has this line"
                                        : "Request the token just before it is used, since it lives for five minutes;"
                                                + " the job needs this line",
                                GITHUB_TOKEN);
            }
            default ->
                say(
                        Where.PIPELINE,
                        "Let the job request a new token, for the audience chainloop, just before it is used; no login can"
                                + " replace it");
        };
    }

    Step requestAudience() {
        boolean gitlab = situation.place() == Place.GITLAB
                || (inspection.decoded() != null
                        && inspection.decoded().claims().has("namespace_id"));
        return gitlab
                ? put(Where.PIPELINE, "Name the audience in the job", GITLAB_TOKEN)
                : say(
                        Where.PIPELINE,
                        "Request the token for the audience chainloop: add `&audience=chainloop` to the URL of the request");
    }
}
