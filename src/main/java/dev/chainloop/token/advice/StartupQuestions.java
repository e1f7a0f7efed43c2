package dev.chainloop.token.advice;

import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.source.Keeper;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.ProjectFile;
import dev.chainloop.token.source.SettingFile;
import dev.chainloop.token.source.Startup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the rows of a plan may ask about the startup files of shells, which may set the variable. */
abstract class StartupQuestions extends TokenQuestions {
    StartupQuestions(Situation situation, Cure cure, OtherTokens others) {
        super(situation, cure, others);
    }

    /** A line that sets the variable to a token that will do, while this process has none or another: first of this shell. */
    Optional<Startup.Assignment> assigned() {
        // What another program sets covers what a startup file does, and reading that again changes nothing.
        if (!isLackingHere() || settingFile().isPresent() || !(canLogIn() || place == Place.JOB)) {
            return Optional.empty();
        }
        List<Startup.Assignment> all = others.assignments(demand.open() ? Demand.ANY : demand).stream()
                .filter(one -> canLogIn() || (one.isForScripts() && isOfThisShell(one)))
                .toList();
        return all.stream()
                .filter(this::isOfThisShell)
                .findFirst()
                .or(() ->
                        all.stream().filter(one -> ownStartupFile().isPresent()).findFirst());
    }

    boolean isAssigned() {
        return assigned().isPresent();
    }

    /** Whether a token is needed here, and is no other than what sources of this process hold. */
    private boolean isLackingHere() {
        return lookedForHere() && !inAttendedContainer();
    }

    private boolean isOfThisShell(Startup.Assignment one) {
        return Shell.programs(here).stream().anyMatch(one.startup().shells()::contains);
    }

    private String program() {
        return Shell.programs(here).stream().findFirst().orElse("");
    }

    /** Whether the value comes of what a command prints, which may be what is here. */
    boolean mayBeAssignedAnew() {
        return variableSet()
                && assigned().filter(Startup.Assignment::isComputed).isPresent();
    }

    boolean assignedForAnotherShell() {
        return assigned().filter(one -> !isOfThisShell(one)).isPresent();
    }

    boolean assignedUnexported() {
        return assigned().filter(one -> !one.exported()).isPresent();
    }

    boolean assignedUniversally() {
        return assigned().filter(one -> one.startup() == Startup.FISH_UNIVERSAL).isPresent();
    }

    /** The file into which a person writes what this shell is to set; empty where the shell is not known. */
    private Optional<String> ownStartupFile() {
        return Startup.ofShell(program());
    }

    String shellAndItsFile() {
        return "into " + ownStartupFile().orElse("its startup file") + ": " + program();
    }

    /** Reads that file anew. */
    List<String> rereading() {
        return assigned()
                .filter(one -> canLogIn())
                .filter(one -> one.startup().shells().stream()
                        .anyMatch(program -> Shell.named(program).equals(Optional.of(shell))))
                .map(one -> List.of(shell.rereading(word(one))))
                .orElse(List.of());
    }

    /** What the line must say so that programs get the variable, an imperative. */
    String exporting() {
        return assigned()
                .flatMap(one -> Shell.named(one.startup().shells().get(0)))
                .map(Shell::exporting)
                .orElse("");
    }

    /** Whether a line sets the value in use after the other one was set. */
    boolean assignedInVain() {
        return others.assignmentInUse()
                .filter(one -> isOfThisShell(one) && one.startup() != Startup.FISH_UNIVERSAL)
                .isPresent();
    }

    String lineInUse() {
        return others.assignmentInUse().map(this::line).orElse("");
    }

    String assignedLine() {
        return assigned().map(this::line).orElse("");
    }

    private String line(Startup.Assignment one) {
        return "line " + one.line() + " of " + word(one);
    }

    private String word(Startup.Assignment one) {
        return word(one.file());
    }

    private String word(Path path) {
        String file = path.toString();
        return here.redacted() || !ShellWord.isPasteable(file) ? "FILE" : ShellWord.ofPath(file, here.home(), shell);
    }

    // ---------- files of the project here

    /** The line of a file that nothing has loaded here, and that sets the variable to a token that will do. */
    private Optional<ProjectFile.Line> unloaded() {
        return isLackingHere() && !isAssigned()
                ? others.unloaded(demand.open() ? Demand.ANY : demand)
                        .filter(one -> !(one.isComputed() && variableSet()))
                : Optional.empty();
    }

    /** Whether it can be loaded by who starts this. */
    boolean isUnloaded() {
        return (canLogIn() || place == Place.JOB || place == Place.HOOK)
                && unloaded().isPresent();
    }

    /** The same where it lies in the checkout of a job, which is to get its token in another way. */
    Optional<String> inCheckout() {
        return unloaded().filter(one -> !isUnloaded()).map(this::line);
    }

    /** What is to load it, an imperative. */
    String loadingUnloaded() {
        ProjectFile.Line one = unloaded().orElseThrow();
        String line = line(one) + ", which sets CHAINLOOP_TOKEN" + (fromVariable() ? " to another token" : "");
        return !one.by().title().isEmpty()
                ? "Have " + one.by().title() + " load " + line
                : script() == Shell.POSIX
                        ? "Load " + line + ": no shell reads that file by itself"
                        : "Set CHAINLOOP_TOKEN to what " + line(one) + " sets: no shell reads that file by itself";
    }

    List<String> loading() {
        return unloaded()
                .filter(one -> !here.redacted()
                        && (script() == Shell.POSIX || !one.by().isOfPosix()))
                .map(one -> one.by()
                        .loading()
                        .replace("FILE", path(one))
                        .replace("DIR", word(one.file().resolveSibling("")))
                        .lines()
                        .toList())
                .orElse(List.of());
    }

    private String line(ProjectFile.Line one) {
        String path = path(one);
        return "line " + one.line() + " of " + (path.startsWith("./") ? path.substring(2) : path);
    }

    /** Below the folder here it is short; `.` takes no name without a slash. */
    private String path(ProjectFile.Line one) {
        String below = here.workingFolder() + "/";
        String file = one.file().toString();
        return file.startsWith(below) ? "./" + file.substring(below.length()) : word(one.file());
    }

    // ---------- files of other programs

    /** The line of another program's file that sets the value in use. */
    Optional<SettingFile.Line> settingFile() {
        return isHere() && judged() && !given() ? others.settingFile() : Optional.empty();
    }

    boolean isSetByProgram() {
        return settingFile().isPresent();
    }

    /** Whether a startup file has a token that will do, which that line covers. */
    boolean coversStartup() {
        return settingFile().filter(one -> one.by().isOfShell()).isPresent()
                && covered().isPresent();
    }

    private Optional<Startup.Assignment> covered() {
        return others.assignments(demand.open() ? Demand.ANY : demand).stream()
                .filter(one -> !one.isComputed() && isOfThisShell(one))
                .findFirst();
    }

    String coveredLine() {
        return covered().map(this::line).orElse("");
    }

    /** That line, and whose it is. */
    String settingLine() {
        return settingFile()
                .map(one -> "line " + one.line() + " of " + word(one.file()) + ", from which "
                        + one.by().title() + " sets CHAINLOOP_TOKEN")
                .orElse("");
    }

    /** Has that file read again. */
    List<String> rereadingSetting() {
        return settingFile()
                .filter(one -> !one.by().rereading().isEmpty() && !here.redacted())
                .map(one -> List.of(one.by()
                        .rereading()
                        .replace("FILE", word(one.file()))
                        .replace("DIR", word(one.file().resolveSibling("")))))
                .orElse(List.of());
    }

    /** Where the value in use is set, as a phrase that follows "here and". */
    String whereSet() {
        if (isSetByProgram() && !here.redacted()) {
            return "in " + settingLine();
        }
        return others.assignmentInUse()
                .filter(one -> isHere() && !here.redacted())
                .map(one -> "in " + line(one))
                .orElse("where it is set" + (isFromOutside() ? keptOutside() : keptUntilNewStart()));
    }

    /** Whether the value may come from where a workspace is managed: nothing in here is known to set it. */
    boolean isFromOutside() {
        return inWorkspace()
                && !place.kept().equals(VARIABLE)
                && fromVariable()
                && !isSetByProgram()
                && others.assignmentInUse().isEmpty();
    }

    /** Where that may be, in parentheses; empty elsewhere. */
    String keptOutside() {
        return isFromOutside() ? " (perhaps " + place.kept() + ")" : "";
    }

    /** How a new value gets in from there, an imperative. */
    String handInAnew() {
        return place.handIn().replace(" it ", " the new one ");
    }

    /** Whether the value that does not work is perhaps only the one with which a multiplexer or an editor was started. */
    boolean keeperMayHoldOldValue() {
        return canLogIn()
                && isLackingHere()
                && variableSet()
                && expired()
                && here.keeper().isPresent();
    }

    private String keptUntilNewStart() {
        boolean keeps =
                isHere() && here.keeper().filter(one -> one.removal().isEmpty()).isPresent();
        return keeps ? " (" + keeper() + " keeps it until it is started anew)" : "";
    }

    /** Whether the value in use, or the lack of one, is the universal variable's. */
    boolean universalInUse() {
        return others.assignmentInUse()
                .filter(one -> one.startup() == Startup.FISH_UNIVERSAL)
                .isPresent();
    }

    /** The line that sets the variable where nobody is, and that no shell reads there. */
    Optional<String> assignedForPeople() {
        return forPeople()
                .map(one -> line(one)
                        + (one.startup() == Startup.ZSH && !isAssignedForPeopleOfZsh()
                                ? " (zsh reads ~/.zshenv everywhere)"
                                : ""));
    }

    private Optional<Startup.Assignment> forPeople() {
        return canLogIn() || !isLackingHere() || variableSet()
                ? Optional.empty()
                : others.assignments(demand).stream()
                        .filter(one -> one.isForPeople() && !(one.isForScripts() && isOfThisShell(one)))
                        .findFirst();
    }

    /** Whether a script of zsh runs this, which would read another of its files. */
    boolean isAssignedForPeopleOfZsh() {
        return forPeople()
                .filter(one ->
                        place == Place.JOB && one.startup() == Startup.ZSH && isOfThisShell(one) && one.exported())
                .isPresent();
    }

    /** The line that bash, which reads the file over ssh and by {@code BASH_ENV} too, does not reach there. */
    Optional<String> assignedBehindGuard() {
        return forPeople()
                .filter(one -> one.guard() > 0 && one.file().endsWith(".bashrc"))
                .filter(one -> here.sets("BASH_ENV")
                        || (place == Place.REMOTE
                                && (isOfThisShell(one) || here.loginShell().equals("bash"))))
                .map(one -> line(one) + ", which sets CHAINLOOP_TOKEN, above line " + one.guard()
                        + (one.exported() ? "" : ", and `export` before it"));
    }

    List<String> copyingToZshenv() {
        return forPeople()
                .map(one -> List.of("sed -n " + one.line() + "p " + word(one) + " >>~/.zshenv && chmod 600 ~/.zshenv"))
                .orElse(List.of());
    }

    String removal() {
        return universalInUse()
                ? "remove the universal variable CHAINLOOP_TOKEN"
                : "remove CHAINLOOP_TOKEN" + (canLogIn() ? ", here and " + whereSet() : " from the job");
    }

    /** A multiplexer gives new windows what it was started with, whatever a shell in one of them removes. */
    List<String> unset() {
        if (!canLogIn() || !shell.hasWords()) {
            return List.of();
        }
        List<String> commands = new ArrayList<>();
        commands.add(universalInUse() ? "set -eU CHAINLOOP_TOKEN" : shell.unset(VARIABLE));
        here.keeper().map(Keeper::removal).filter(command -> !command.isEmpty()).ifPresent(commands::add);
        return commands;
    }
}
