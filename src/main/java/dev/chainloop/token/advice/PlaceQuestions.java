package dev.chainloop.token.advice;

import dev.chainloop.token.advice.Step.Where;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.source.Grant;
import dev.chainloop.token.source.Keeper;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.PlaceName;
import dev.chainloop.token.source.Scene;
import dev.chainloop.token.source.Surroundings;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What the rows of a plan may ask about the place, its shells, and what may have dropped a variable there. */
abstract class PlaceQuestions {
    static final String VARIABLE = "CHAINLOOP_TOKEN";

    final Situation situation;
    final Evidence evidence;
    final Inspection inspection;
    final Surroundings here;
    final Place place;
    private final Scene scene;
    final Shell shell;
    private final Shell job;

    PlaceQuestions(Situation situation) {
        this.situation = situation;
        this.evidence = situation.evidence();
        this.inspection = evidence.inspection();
        this.here = evidence.surroundings();
        this.place = situation.place();
        this.scene = situation.isHere()
                ? here.redacted() ? Scene.of(place) : Scene.of(place, here.names())
                : Objects.requireNonNull(situation.scene());
        this.job = Shell.of(here);
        this.shell = here.place().isAttended() ? job : Shell.POSIX;
    }

    Evidence evidence() {
        return evidence;
    }

    Surroundings here() {
        return here;
    }

    Place place() {
        return place;
    }

    boolean canLogIn() {
        return place.isAttended();
    }

    /** Whether the plan is for the place where this runs. */
    boolean isHere() {
        return situation.isHere();
    }

    boolean says(Detail detail) {
        return situation.told().details().containsKey(detail);
    }

    /** Whether this is only read about a place where nobody types. */
    boolean isRead() {
        return !isHere() && !canLogIn();
    }

    /** The shell of the person who carries out the plan; one that is not here is taken to have a POSIX shell. */
    Shell shell() {
        return isHere() || !canLogIn() ? shell : shellThere();
    }

    /** The shell of another terminal, as far as its prompt tells. */
    private Shell shellThere() {
        return Shell.named(scene.names().getOrDefault(PlaceName.SHELL, "")).orElse(Shell.POSIX);
    }

    /** The shell of the person who reads the answer. */
    Shell ownShell() {
        return shell;
    }

    /** The shell of what runs in the place. */
    Shell script() {
        return canLogIn() ? shell() : isHere() ? job : Shell.POSIX;
    }

    boolean onGithub() {
        return place == Place.GITHUB;
    }

    boolean onGitlab() {
        return place == Place.GITLAB;
    }

    boolean fork() {
        return isHere() ? here.fork() : isSecretsSource("None");
    }

    /** What to do if the token may be there already; empty for nothing. */
    String perhapsDo() {
        return isHere() ? here.perhapsDo() : place.perhapsDo();
    }

    /** Whether it is GitHub's run for Dependabot, which gets secrets of its own. */
    boolean dependabot() {
        return isHere() ? here.dependabot() : isSecretsSource("Dependabot");
    }

    private boolean isSecretsSource(String name) {
        return name.equals(scene.names().get(PlaceName.SECRETS));
    }

    /** Whether the variable is set where the plan is carried out, as far as that is here. */
    boolean variableSet() {
        return here.variableSet() && (isHere() || !canLogIn());
    }

    /** Whether this is Windows, for which there is no Chainloop CLI. */
    boolean onWindows() {
        return isHere() && here.onWindows();
    }

    /** How the token gets in, an imperative. */
    String handIn() {
        return place.handIn();
    }

    /** Whether a command has changed settings read. */
    boolean restartsThere() {
        return !canLogIn() && !restart().isEmpty();
    }

    /** The branch of the job. */
    String branch() {
        return named("this branch");
    }

    /** Where a value is changed. */
    Where there() {
        return canLogIn() ? Where.HERE : Where.PIPELINE;
    }

    /** The command that has a changed value read, if one is needed and known. */
    List<String> restart() {
        boolean known = isHere()
                || Stream.of(PlaceName.POD, PlaceName.CRONJOB, PlaceName.JOB).anyMatch(scene.names()::containsKey);
        boolean inDeployment =
                isHere() ? here.deployment().isPresent() : scene.names().containsKey(PlaceName.DEPLOYMENT);
        boolean otherPod = place == Place.POD && known && !inDeployment;
        String command = place.restart(isHere() && here.userUnit());
        return command.isEmpty() || otherPod ? List.of() : List.of(command);
    }

    /** The commands that run the job of a CronJob once more, which would otherwise run when its time comes. */
    List<String> runAgain() {
        return nameThere(PlaceName.CRONJOB)
                .map(job -> List.of("kubectl create job --from=cronjob/" + job + " " + job + "-again"))
                .orElse(List.of());
    }

    /** The command that shows which key of which secret a workload in Kubernetes reads; empty where the text names both. */
    Optional<String> showingKey() {
        Optional<String> workload = nameThere(PlaceName.CRONJOB)
                .map(name -> "cronjob/" + name)
                .or(() -> nameThere(PlaceName.DEPLOYMENT).map(name -> "deployment/" + name))
                .or(() -> nameThere(PlaceName.JOB).map(name -> "job/" + name))
                .or(() -> nameThere(PlaceName.POD).map(name -> "pod/" + name))
                .map(name -> "kubectl get " + name + " -o yaml | grep -A3 -e secretKeyRef -e secretRef");
        return nameThere(PlaceName.SECRET)
                .map(name -> "kubectl describe secret " + name)
                .or(() -> workload)
                .filter(command ->
                        place.isOfKubernetes() && nameThere(PlaceName.KEY).isEmpty());
    }

    private Optional<String> nameThere(PlaceName name) {
        return Optional.ofNullable(scene.names().get(name)).filter(one -> !isHere());
    }

    /** A command or a line with the names of the place in it, as far as they are known. */
    String named(String line) {
        return scene.named(line);
    }

    /** The place in parentheses, where it is not here and known; else empty. */
    String label() {
        return isHere() || place == Place.ELSEWHERE ? "" : " (" + scene.label() + ")";
    }

    /** What comes before a step that is done in a place which is not here. */
    String there(String sentence) {
        return label().isEmpty()
                ? sentence
                : "there" + label() + ", " + Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /** Where the value of {@code CHAINLOOP_TOKEN} is kept, a noun phrase. */
    String kept() {
        String label = scene.label();
        String secret = nameThere(PlaceName.SECRET)
                .map(name -> "the Kubernetes secret " + name)
                .orElse("");
        return (secret.isEmpty() ? named(keptIn()) : secret)
                + (isHere() || label.equals(place.title()) ? "" : ", for " + label);
    }

    String keptIn() {
        return place.kept();
    }

    /** Where a secret is kept that is no token, and for what it is. */
    String keptAs(String variable) {
        return Place.renamed(kept(), variable);
    }

    /** The lines that hand it in; none where a file that is named already does. */
    List<String> secretLines(String variable, String value) {
        return scene.names().containsKey(PlaceName.VARIABLES) ? List.of() : place.handInLines(variable, value);
    }

    /** Where any other variable is set, a phrase that follows an imperative. */
    String settingIn() {
        return canLogIn() ? "" : ", " + place.settingIn() + (scene.label().equals(place.title()) ? "" : label());
    }

    /** The lines that set any other variable there. */
    List<String> settingLines(String name, String value) {
        return place.setting().stream()
                .map(line -> line.replace("NAME", name).replace("VALUE", value))
                .toList();
    }

    /** Whether what runs there is set up by a file that is no script. */
    boolean runsByConfiguration() {
        String line = place.setting().get(0);
        return !canLogIn() && !place.isCi() && !line.equals("NAME=VALUE") && !line.startsWith("export ");
    }

    /** Whether a service has the home folder of another user, as one that its manager starts as a user without more. */
    boolean homeIsAnothers() {
        return isHere()
                && (place == Place.SUPERVISORD || place == Place.SERVICE)
                && !here.configHome()
                && here.ownHome().isPresent();
    }

    /** The home folder of the user as whom it runs. */
    String ownHome() {
        return here.ownHome()
                .filter(folder -> !here.redacted() && ShellWord.isPasteable(folder))
                .filter(folder -> ShellWord.of(folder, Shell.POSIX).equals(folder))
                .orElse("/home/USER");
    }

    /** The machine where the command runs, a noun phrase. */
    String machine() {
        return isHere() ? "this machine" : scene.names().getOrDefault(PlaceName.HOST, "that machine");
    }

    /** The lines of a file that hand the value in. */
    List<String> handInLines() {
        return place.handInLines().stream().map(this::withSecret).toList();
    }

    /** A line with the names of a Kubernetes secret: those that the text shows, or new ones. */
    String withSecret(String line) {
        return place.isOfKubernetes()
                ? line.replace("SECRET", nameThere(PlaceName.SECRET).orElse("chainloop"))
                        .replace("KEY", nameThere(PlaceName.KEY).orElse("token"))
                : line;
    }

    /** Whether the text shows that the place hands in a secret, by its name and its key. */
    boolean secretIsNamed() {
        return place.isOfKubernetes()
                && nameThere(PlaceName.SECRET).isPresent()
                && nameThere(PlaceName.KEY).isPresent();
    }

    /** Whether a configuration, and no script, starts what runs here. */
    boolean hasConfiguration() {
        return isHere() && !place.configuration().isEmpty();
    }

    /** Its lines that read the token from a file. */
    List<String> reading(String file) {
        return readingWith("FILE", file);
    }

    /** The same lines with another command in the place of the one that prints the file. */
    List<String> running(String command) {
        return readingWith("cat \"FILE\"", command);
    }

    private List<String> readingWith(String placeholder, String words) {
        // In a unit, a single one begins a variable.
        String escaped = place == Place.SERVICE ? words.replace("$", "$$") : words;
        return place.reading().stream()
                .map(line -> line.replace(placeholder, escaped))
                .toList();
    }

    /** Whether what runs there goes on with the value that it was started with. */
    boolean keepsOldValue() {
        return !restart().isEmpty() || !container().anew().isEmpty();
    }

    /** What has the new value read, an imperative. */
    String startAnew() {
        String anew = container().anew();
        return restart().isEmpty() && !anew.isEmpty() ? anew + starter() : "restart what reads it";
    }

    /**
     * What has a value read that was changed where no command does that.
     *
     * @param joint goes before it
     * @return empty where nothing is needed
     */
    String orAnew(String joint) {
        return canLogIn() || place.anew().isEmpty() || !restart().isEmpty() ? "" : joint + startAnew();
    }

    /** What starts this, in parentheses, where the place says no more; empty when unknown. */
    String starter() {
        return place == Place.JOB && isHere()
                ? here.starter().map(name -> " (its parent: " + name + ")").orElse("")
                : "";
    }

    /** Whether a command was started in a container that runs already. */
    boolean entered() {
        return isHere() && here.entered() && !container().enter().isEmpty();
    }

    /** The container that this is in. */
    Place container() {
        return here.attendedContainer().orElse(place);
    }

    boolean inAttendedContainer() {
        return isHere() && here.attendedContainer().isPresent();
    }

    /** Whether a template of Nomad wrote a file of assignments, and made no variables of them. */
    boolean isInNomadsTemplate(Origin origin) {
        return place == Place.NOMAD && isHere() && origin.isMounted() && here.assigns(origin);
    }

    /** Whether what runs here was given a stored value that was empty when it started. */
    boolean startedEmpty() {
        return here.variableEmpty() && isHere() && !restart().isEmpty();
    }

    /** Whether the variable is set here, or may be where the plan is carried out. */
    boolean variableRemovable() {
        return !canLogIn() || variableSet();
    }

    /** The user as whom this runs, as a shell word. */
    String userWord() {
        return ShellWord.isPasteable(here.user()) && !here.redacted() ? ShellWord.of(here.user(), shell) : "USER";
    }

    // ---------- who may have dropped a variable that was set, or not have handed it in

    /** What a Makefile assigns wins over the environment, an empty value too. */
    boolean emptyUnderMake() {
        return here.make() && here.variableEmpty();
    }

    boolean underSudo() {
        return here.sudo().isPresent();
    }

    boolean behindSu() {
        return here.su();
    }

    boolean behindSsh() {
        return place == Place.SSH && !inAttendedContainer();
    }

    /** Whether this is a command over ssh, with which a person has no terminal. */
    boolean overSsh() {
        return place == Place.REMOTE;
    }

    /** Whether a person works in a place that gets a variable only in its own way. */
    boolean inWorkspace() {
        return isHere() && place.isWorkspace();
    }

    boolean inPureNixShell() {
        return here.nixShell().equals("pure");
    }

    boolean inNixShell() {
        return !here.nixShell().isEmpty();
    }

    boolean inMultiplexer() {
        return isKept(Keeper.Kind.MULTIPLEXER);
    }

    /** Whether this is the terminal of an editor. */
    boolean inEditor() {
        return isKept(Keeper.Kind.EDITOR);
    }

    /** Whether an AI agent runs this, at no terminal of a person. */
    boolean inAgent() {
        return isKept(Keeper.Kind.AGENT);
    }

    private boolean isKept(Keeper.Kind kind) {
        return isHere() && here.keeper().filter(one -> one.kind() == kind).isPresent();
    }

    /** Whether its shells may lack a variable with the token's name. */
    boolean agentMayDrop() {
        return inAgent() && !passing().isEmpty();
    }

    private List<String> passing() {
        return here.keeper().map(Keeper::passing).orElse(List.of());
    }

    /** The file with the lines that let the variable through. */
    String passingFile() {
        return passing().get(0);
    }

    List<String> passingLines() {
        return passing().subList(1, passing().size());
    }

    /** What follows "log in" where that is done at another terminal. */
    String atTerminal() {
        return inAgent() ? ", in a terminal of yours" : "";
    }

    /** Has the keeper take the variable over from the shell that attaches to it. */
    List<String> renewalOfKeeper() {
        return here.keeper()
                .map(Keeper::renewal)
                .filter(command -> !command.isEmpty())
                .map(List::of)
                .orElse(List.of());
    }

    /** Has the keeper give new windows what this shell has. */
    List<String> setting() {
        return here.keeper()
                .map(Keeper::setting)
                .filter(command -> !command.isEmpty())
                .map(command -> List.of(command + " " + shell.variable(VARIABLE)))
                .orElse(List.of());
    }

    String keeper() {
        return here.keeper().map(Keeper::title).orElse("");
    }

    /** Whether a CI system's job runs for a proposed change, which may get fewer secrets there. */
    boolean onChange() {
        return isHere()
                ? here.change()
                : scene.names().containsKey(PlaceName.CHANGE)
                        && !place.withheld().isEmpty();
    }

    boolean emptyOnBuildkite() {
        return place == Place.BUILDKITE && here.variableEmpty();
    }

    /** Compose makes a variable empty that has no value where it runs. */
    boolean emptyInContainer() {
        return !container().enter().isEmpty() && here.variableEmpty();
    }

    /** A secret of GitHub that is not handed in is an empty variable. Dependabot's runs have secrets of their own. */
    boolean emptyOnGithub() {
        return onGithub() && !dependabot() && (isHere() ? here.variableEmpty() : says(Detail.EMPTY_VARIABLE));
    }

    /** Whether the job could get its CI provider's token, and does not. */
    boolean mayBeEnrolled() {
        return onGitlab() || (onGithub() && !dependabot() && !here.canMint() && !grantIsPartial());
    }

    /** Whether the job may have its CI provider's token, and not all that this takes was handed on to here. */
    boolean grantIsPartial() {
        return isHere() && here.partialGrant().isPresent();
    }

    String grantCame() {
        return here.partialGrant().map(Grant.Part::came).orElse("");
    }

    /** What was not handed on, with a separator. */
    String grantLacks(String between) {
        return here.partialGrant()
                .map(part -> String.join(between, part.missing()))
                .orElse("");
    }
}
