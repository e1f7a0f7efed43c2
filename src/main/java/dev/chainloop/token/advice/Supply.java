package dev.chainloop.token.advice;

import dev.chainloop.token.advice.Step.Where;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.ShellWord;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a place gets the token that is demanded: one that is there and will do, else the making of one. */
final class Supply extends Acting {
    /** Whoever names one permission has no others. */
    static final List<String> GITHUB_TOKEN = List.of("permissions:", "  contents: read", "  id-token: write");

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

    /** A token of the CI provider's, unless the demand is for another. */
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
            return List.of(say(Where.HERE, "Do without the token that you gave: there is another in " + what));
        }
        Optional<Audience> kind = inspection.matched().filter(one -> situation.judged() && demand.accepts(one));
        if (kind.isPresent()) {
            return switch (kind.get()) {
                case API_TOKEN ->
                    inspection.token() instanceof ApiToken old && demand.isMetBy(old) ? replace(old) : create("");
                case USER -> logIn("Log in");
                case GENERIC -> List.of(requestFederated());
            };
        }
        if (custody.login() && demand.accepts(Audience.USER)) {
            return logIn(here.wsl() ? "Log in here too, for Windows' login is another" : "Log in");
        }
        if (demand.accepts(Audience.API_TOKEN)) {
            return create("");
        }
        return demand.accepts(Audience.GENERIC)
                ? List.of(requestFederated())
                : List.of(
                        say(
                                Where.OWN_MACHINE,
                                "Accept an API token (`--type api-token`), since nobody can log in here; or run this where somebody is logged in"));
    }

    /** A token that was found here and will do; one that the user gave is meant. */
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
            return List.of(put(
                    Where.PIPELINE, "Name the token that is now in " + what + " as the CLI reads it", GITLAB_TOKEN));
        }
        if (found.origin().kind() == SourceKind.ENVIRONMENT) {
            return setTo(found.origin().name(), "Use the token in " + what);
        }
        String config = own.namedConfig();
        return List.of(without("Use the token in " + what + (config.isEmpty() ? "" : ", with" + config), BARE));
    }

    /** Hands the value of another variable to the CLI. */
    List<Step> setTo(String variable, String sentence) {
        return !ShellWord.isName(variable)
                ? List.of(say(Where.HERE, sentence + ": set CHAINLOOP_TOKEN to the value of " + variable))
                : lines(
                        sentence,
                        situation.place() == Place.GITHUB
                                ? List.of("env:", "  CHAINLOOP_TOKEN: ${{ secrets." + variable + " }}")
                                : List.of("export CHAINLOOP_TOKEN=\"$" + variable + "\""));
    }

    /** A login; where nobody can log in, an API token in its place. */
    List<Step> logIn(String sentence) {
        if (!custody.login()) {
            return create("");
        }
        List<Step> steps = new ArrayList<>();
        String there = here.remoteCommand() ? ", in a terminal there (`ssh -t`)" : "";
        steps.add(without(sentence + there, BARE, own.login()));
        if (evidence.expiredBeforeWritten()) {
            steps.add(say(Where.HERE, "If you have just logged in, this machine's clock is wrong: set it"));
        }
        return steps;
    }

    /** A login makes an account anew; where nobody can log in, it is followed by an API token. */
    List<Step> renewAccount() {
        if (custody.login()) {
            return logIn("Log in again");
        }
        List<Step> steps = new ArrayList<>();
        String sentence = "On your own machine, log in again, which makes the account anew";
        steps.add(run(Where.OWN_MACHINE, sentence, exported(away.login())));
        steps.addAll(create(""));
        return steps;
    }

    /** Replaces an API token: a dead one blocks its name until it is revoked, a live one is revoked last. */
    private List<Step> replace(ApiToken old) {
        if (old.workflow().isPresent() || old.scope().equals(Optional.of("INSTANCE_ADMIN"))) {
            return List.of(say(
                    Where.ADMINISTRATOR,
                    "Have it created again where it was created: the CLI makes no tokens for "
                            + (old.workflow().isPresent() ? "a single workflow" : "the whole instance")));
        }
        boolean dead = inspection.expired().orElse(false);
        Commands commands = managing();
        String name = commands.name(dead);
        List<Step> steps = new ArrayList<>(before());
        String create =
                created(commands, name, old.project().name(), old.organization().name());
        List<String> run = dead ? exported(commands.revoke(old), create) : exported(create);
        boolean again = dead && old.name().equals(Optional.of(name));
        String what = again
                ? "free the name \"" + name + "\", and create the token again"
                : dead ? "revoke the old token, and create a new one" : "create its successor";
        steps.add(run(where(), managed(what), run));
        steps.addAll(stored());
        if (!dead) {
            steps.add(run(
                    where(),
                    "If nothing uses the old one any more, not even an attestation that is still open, revoke it",
                    // The new token is an organization's, and may not revoke.
                    List.of((isManagedHere() && isStored() ? "CHAINLOOP_TOKEN= " : "") + commands.revoke(old))));
        }
        List<Step> without = dead ? unreplaced() : List.of();
        if (isManagedHere() && others.isLoggedIn() && here.variableSet() && demand.open()) {
            // The login is what most commands need.
            return Stream.concat(
                            steps.stream().limit(1),
                            Step.provided("an API token is needed here", steps.subList(1, steps.size())).stream())
                    .toList();
        }
        return Stream.concat(
                        without.stream(), (without.isEmpty() ? steps : Step.provided("it does more", steps)).stream())
                .toList();
    }

    /** Creates a token for the organization and project that are demanded, else those of the one at hand. */
    List<Step> create(String condition) {
        return create(
                condition,
                demand.project().or(this::ownProject),
                demand.organization().or(this::ownOrganization));
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
        steps.add(run(
                where(),
                managed(what),
                exported(created(commands, situation.judged() ? commands.name(free) : "ci-2", project, organization))));
        steps.addAll(stored());
        if (isMinted() || (isFirst() && cure != Cure.HAND_IN && isStored() && !custody.login())) {
            String instead = isMinted() ? "Take away what sets CHAINLOOP_TOKEN now. " : "";
            steps.add(put(Where.PIPELINE, instead + custody.handIn(), custody.lines()));
        }
        return condition.isEmpty() ? steps : Step.provided(condition, steps);
    }

    private Optional<String> ownProject() {
        return cure != Cure.WIDEN_TOKEN && situation.judged() && inspection.token() instanceof ApiToken api
                ? api.project().name()
                : Optional.empty();
    }

    private Optional<String> ownOrganization() {
        return situation.judged() ? own.organization() : Optional.empty();
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
        return placed(what) + (demand.isOpenEnded() ? " (choose its lifetime)" : "");
    }

    private String placed(String what) {
        String host = away.host();
        return isManagedHere()
                ? capitalized(what)
                : "On your own machine, logged in" + (host.isEmpty() ? "" : " to " + host) + ", " + what;
    }

    /** Revokes tokens, whatever the variable holds. */
    Step revoke(String what, List<ApiToken> tokens) {
        List<String> commands = new ArrayList<>(
                tokens.stream().map(managing()::revoke).distinct().toList());
        if (here.place().isAttended() && here.variableSet()) {
            commands.add(0, Commands.UNSET);
        }
        return run(where(), placed(what), commands);
    }

    /** Managing tokens needs a login, and no variable that wins over it. */
    private List<Step> before() {
        if (!isManagedHere()) {
            boolean dead = inspection.expired().orElse(false) || cure == Cure.RECREATE_API_TOKEN;
            // What runs keeps the value that it started with, and that alone may be old.
            return dead && !custody.after().isEmpty() && situation.isHere() && here.variableSet()
                    ? List.of(run(
                            Where.PIPELINE,
                            "If the value has been renewed since this started, do only this, not the rest",
                            List.of(custody.after())))
                    : List.of();
        }
        if (!others.isLoggedIn() && !evidence.search().asked()) {
            return List.of(logIn("Log in").get(0));
        }
        return here.variableSet() ? List.of(without("Work with your login", BARE)) : List.of();
    }

    /** Behind a dead API token, a live token of the GitLab job's own: attestations need no other. */
    private List<Step> unreplaced() {
        Optional<Look.Found> found = situation.place() == Place.GITLAB && situation.isHere() && demand.open()
                ? others.meeting(demand.of(Audience.GENERIC))
                : Optional.empty();
        if (found.isEmpty()) {
            return List.of();
        }
        String what = found.get().origin().kind().noun(found.get().origin());
        String remove = "If the job only makes attestations, remove CHAINLOOP_TOKEN from it";
        return List.of(
                found.get().origin().kind() == SourceKind.GITLAB
                        ? say(Where.PIPELINE, remove + ": the CLI then sends the token in " + what)
                        : put(
                                Where.PIPELINE,
                                remove + ", and name the token that is now in " + what + " as the CLI reads it",
                                GITLAB_TOKEN));
    }

    /** Commands that manage tokens, where the variable would win over the login that they need. */
    private List<String> exported(String... commands) {
        boolean known = here.place().isAttended() && here.variableSet();
        // A container is handed the variable of the machine that starts it.
        boolean likely = situation.place() == Place.CONTAINER && inspection.isFrom(SourceKind.ENVIRONMENT);
        List<String> all = new ArrayList<>(List.of(commands));
        if (!isManagedHere() && (known || likely)) {
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

    /** Whether nothing is stored yet that the new value replaces. */
    private boolean isFirst() {
        return cure == Cure.HAND_IN || isMinted() || (situation.isHere() && !here.variableSet());
    }

    private String created(Commands commands, String name, Optional<String> project, Optional<String> organization) {
        String create = commands.create(name, project, organization, demand.hours());
        return isStored() ? Commands.kept(create, store()) : create;
    }

    private boolean isStored() {
        return !custody.store().first().isEmpty() && !here.windows();
    }

    /** What stores the shell's {@code $token}, and has it read. */
    String store() {
        String store = isFirst()
                ? custody.store().first()
                : custody.store().again() + (custody.after().isEmpty() ? "" : " &&\n  " + custody.after());
        return situation.place() == Place.GITHUB
                ? store + (here.dependabot() ? " --app dependabot" : "") + away.repository(situation.place())
                : store;
    }

    /** The same, with the value that it asks for. */
    String asking() {
        return store().substring(store().lastIndexOf("| ") + 2);
    }

    /** A container and a pod have the clock of their host, and a CI system's is not the reader's. */
    Step setClock() {
        String compare = "Compare the clock here with the true time";
        return here.place().compareTo(Place.SERVICE) >= 0 && !here.windows()
                ? run(
                        Where.HERE,
                        compare + "; if it is wrong, set it, and run this again",
                        List.of("date -u", "sudo timedatectl set-ntp true"))
                : say(Where.HERE, compare + " (`date -u`); if it is wrong, have it set where this runs");
    }

    /** What remains after the value was made: to keep it by hand, and to have it read. */
    private List<Step> stored() {
        if (isStored()) {
            return List.of();
        }
        if (custody.login()) {
            return List.of(say(Where.HERE, "Set CHAINLOOP_TOKEN to what that prints"));
        }
        String store = "Store what that prints as " + custody.kept();
        return List.of(
                !custody.after().isEmpty()
                        ? run(Where.PIPELINE, store + ", and have it read", List.of(custody.after()))
                        : say(Where.PIPELINE, store));
    }

    /** A CI provider's token, which lives for minutes and is requested anew. */
    private Step requestFederated() {
        return switch (situation.place()) {
            case GITLAB ->
                put(
                        Where.PIPELINE,
                        inspection.decoded() == null
                                ? "Have GitLab give the job a token"
                                : "Start the job again: GitLab gives each job a new token by",
                        GITLAB_TOKEN);
            case GITHUB ->
                here.canMint() && inspection.isFrom(SourceKind.ENVIRONMENT) && situation.isHere()
                        ? say(
                                Where.PIPELINE,
                                "Remove CHAINLOOP_TOKEN from the job: attestation commands then request a token of"
                                        + " their own")
                        : put(
                                Where.PIPELINE,
                                inspection.decoded() == null
                                        ? "Let the job request a token, which the CLI then does by itself; it needs"
                                        : (inspection.token() instanceof ApiToken && situation.isHere()
                                                        ? "Remove CHAINLOOP_TOKEN, which wins, and have a token requested"
                                                        : "Request the token")
                                                + " just before its use, for it lives five minutes; the job needs",
                                GITHUB_TOKEN);
            default ->
                say(
                        Where.PIPELINE,
                        "Have the job request a new one just before its use, for the audience chainloop; no login can"
                                + " replace it");
        };
    }

    static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
