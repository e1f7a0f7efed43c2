package dev.chainloop.token.advice;

import static dev.chainloop.token.advice.StepRow.inPipeline;
import static dev.chainloop.token.advice.StepRow.step;
import static dev.chainloop.token.advice.Table.all;
import static dev.chainloop.token.advice.Table.always;
import static dev.chainloop.token.advice.Table.given;
import static dev.chainloop.token.advice.Table.provided;
import static dev.chainloop.token.advice.Table.rows;
import static dev.chainloop.token.advice.Table.unless;
import static dev.chainloop.token.advice.Table.when;

import dev.chainloop.token.diagnosis.Several;
import dev.chainloop.token.source.Place;
import java.util.List;

/** The steps around a source: the config file, the variable, and the value that either holds. */
final class SourceTable {
    private SourceTable() {}

    // ---------- config files

    static Part waitForWriter() {
        return all(
                step("Wait until other chainloop commands have finished, then run this again"),
                provided(
                        "the file stays as it is",
                        rows(
                                when(State::configEmpty).then(SourceTable::fillConfig),
                                always().then(SourceTable::mendConfig))));
    }

    static Part ownConfig() {
        return rows(
                when(State::configFolderIsOnesOwn)
                        .then(provided(
                                "the folder is root's",
                                step("as after a login with `sudo`, make it yours")
                                        .run(state -> "sudo chown -R "
                                                + state.shell().output("id -un") + " " + state.configFolder()))),
                when(State::homeIsAnothers).then(TokenTable::ownHome),
                when(State::sourceUnreadableHere).then(step("Make the source readable, then run this again")),
                always().also(step(state -> "Give the Chainloop CLI a writable folder for its config file"
                                + (state.configHomeIsSetting() ? state.settingIn() : ""))
                        .script(State::configHome)),
                when(state -> state.configHomeIsSetting() && state.restartsThere() && !state.isHere())
                        .also(ServerTable.haveRead()));
    }

    static Part mendConfig() {
        return rows(
                when(State::configEmpty).then(SourceTable::fillConfig),
                unless(State::canLogIn).then(step("Correct the file, or remove it")),
                // The CLI makes a new file only in its own place.
                when(State::readsNamedConfig).then(step("Correct the file, or move it away and log in again")),
                when(State::variableSet)
                        .then(step("Correct the file, or do without it").run(SourceTable::moveAway)),
                always().then(step("Correct the file, or log in to the default control plane with a new one")
                        .commands(state -> List.of(moveAway(state), state.own().login()))));
    }

    /** An empty file stops nothing; what was in it is made anew. */
    private static Part fillConfig() {
        return rows(
                when(State::canLogIn)
                        .then(step("Log in").run(state -> state.own().login())),
                always().then(TokenTable::handIn));
    }

    private static Part rewriteConfig() {
        return TokenTable.login("log in again, which rewrites the file");
    }

    private static String moveAway(State state) {
        return "mv " + state.brokenConfig() + " " + state.brokenConfig() + ".old";
    }

    static Part mendSource() {
        return rows(
                always().also(step("Make the source readable, then run this again")),
                when(state -> state.fromConfig() && !state.asked())
                        .also(provided(
                                "it is a folder that a container's mount made",
                                step("remove it on the host, log in there, and start the container again"))));
    }

    static Part readOtherConfig() {
        return rows(
                when(state -> state.underSudo() && state.otherConfigsAreUseless())
                        .also(() -> TokenTable.loginCommand("log in without `sudo`")),
                when(State::underSudo).then(TokenTable::withoutSudo),
                when(state -> state.otherConfigIsRelative() && state.canLogIn())
                        .then(provided(
                                state -> state.decoded() ? "you mean that file" : "",
                                step("Make the folder in XDG_CONFIG_HOME absolute, here and where it is set")
                                        .says((shell, state) ->
                                                shell.exportWord("XDG_CONFIG_HOME", state.absoluteConfigHome())))),
                when(State::otherConfigIsRelative)
                        .then(step("Where XDG_CONFIG_HOME is set, make it absolute")
                                .at(State::there)),
                when(state -> state.here().homeUnknown()
                                && !state.container().enter().isEmpty())
                        .then(step(state -> "Add `-e HOME=" + state.otherHome() + "` to `"
                                + state.container().enter().split(" ", 2)[0]
                                + " run`: the config file is in that folder")),
                when(state -> state.here().homeUnknown())
                        .then(step("Set HOME to the folder that holds the config file")
                                .says((shell, state) -> shell.exportWord("HOME", state.otherHome()))),
                when(State::configHomeIsTooDeep)
                        .then(step(state -> "Set XDG_CONFIG_HOME to the folder above" + state.settingIn()
                                        + ": the CLI looks for `chainloop/config.toml` below it")
                                .sets("XDG_CONFIG_HOME", State::folderAboveOtherConfig)),
                when(State::otherConfigIsMisplaced)
                        .then(step(state -> "Move the file to where the CLI reads it, or add `--config "
                                        + state.otherConfig() + "` to commands")
                                .at(State::there)
                                .commands(State::movingOtherConfig)),
                when(state -> state.here().configHome())
                        .then(step(state ->
                                "Unset XDG_CONFIG_HOME, or add `--config " + state.otherConfig() + "` to commands")),
                always().then(step(state -> "Add `--config " + state.otherConfig()
                        + "` to commands, or move the file to where it is read")));
    }

    static Part moveToAuth() {
        return rows(
                always().also(step(state -> "Move the token from " + state.misplacedKey()
                                + " to where the CLI reads it, at the end of the config file")
                        .at(State::there)
                        .put("[auth]", "token = 'TOKEN'")),
                when(State::canLogIn)
                        .also(provided("it was a login", TokenTable.loginCommand("log in again, which writes that"))));
    }

    // ---------- the value

    static Part expand() {
        return rows(
                when(State::fromConfig).then(SourceTable::inConfigFile),
                when(State::isNameMistaken).then(step(State::how).at(State::there)),
                when(State::isCommandInConfiguration).then(TokenTable::commandInConfiguration),
                when(state -> state.isUnrunCommand() && state.fromVariable())
                        .then(step(State::how).script(SourceTable::commandRun)),
                given(State::credentialInConfiguration)
                        .then(file -> TokenTable.inConfiguration("Have the credential's file read", file)),
                when(State::isReferenceInConfiguration)
                        .also(() -> TokenTable.inConfiguration(
                                "Put the token itself in the place of its name, since a variable's line expands nothing, or"
                                        + " have the command read a file",
                                "FILE")),
                when(State::isReferenceInConfiguration).then(provided("there is no token yet", TokenTable.creation())),
                when(state -> state.isOwnersToPutIn() && !state.handsInExpressions())
                        .also(step(State::how)),
                when(state -> state.fromVariable() && !state.canLogIn()).then(TokenTable::handIn),
                when(State::isOwnersToPutIn).end(),
                always().then(step("Put the value in the place of its name: a shell expands `$NAME`, but not in single"
                        + " quotes, and a GitHub workflow `${{ secrets.NAME }}`; a config file expands nothing")));
    }

    /** Where the command is not shown, the sentence is all. */
    private static List<String> commandRun(State state) {
        boolean shown = !state.command().equals(State.HIDDEN) && state.script().hasWords();
        return shown ? List.of(state.script().exportOutput(State.VARIABLE, state.command())) : List.of();
    }

    static Part keepOne() {
        return rows(
                when(state -> state.fromArgument() && state.namesPath()).then(searchFile()),
                when(state -> state.fromVariable() && state.namesPath())
                        .also(step("See which tokens are in the file, and set CHAINLOOP_TOKEN to one of them")
                                .run(state -> "chainloop-token mask --report "
                                        + state.shell().variable(State.VARIABLE))),
                when(State::namesPath).end(),
                when(state -> state.several().areDead()).then(TokenTable::token),
                given(State::severalOfWhichOneIsAlive).then(SourceTable::keepAlive),
                always().then(step("Keep one token; `chainloop-token inspect --lines` reads several, one per line")));
    }

    /** Where the tokens stand one by one, a filter takes out the one that has not expired. */
    private static Part keepAlive(Several several) {
        String sentence = "Keep only the " + several.aliveInWords() + " token, which alone has not expired";
        return rows(
                when(state -> several.glued() || state.given()).then(step(sentence)),
                always().then(mend(sentence, TokenTable.ALONE + " | sed -n " + several.alive() + "p")));
    }

    static Part readFile() {
        return rows(
                when(state -> state.fromArgument() && state.hasMoreInFile()).then(searchFile()),
                unless(State::fromVariable)
                        .then(step("Give what is in the file")
                                .commands(state -> state.shell()
                                        .reading("chainloop-token inspect -", "FILE")
                                        .lines()
                                        .toList())),
                when(state -> state.hasConfiguration() && !state.hasMoreInFile())
                        .then(() -> TokenTable.inConfiguration(
                                "Set CHAINLOOP_TOKEN to what is in the file", "$" + State.VARIABLE)),
                when(State::hasMoreInFile)
                        .then(step("Set CHAINLOOP_TOKEN to the token in the file")
                                .script(SourceTable::aloneInFile)),
                always().then(step("Set CHAINLOOP_TOKEN to what is in the file")
                        .says((shell, state) -> shell.exportOutput(State.VARIABLE, shell.reading(State.VARIABLE)))));
    }

    private static List<String> aloneInFile(State state) {
        return TokenTable.filteredFile(state, State.VARIABLE, TokenTable.ALONE);
    }

    /** Nothing is put in when the CLI reads its config file. */
    private static Part inConfigFile() {
        String sentence =
                "have the token itself put in where the file is made, since the CLI replaces nothing in it: `op inject`"
                        + " resolves `op://`, and `chezmoi apply` renders `{{ }}`";
        return rows(
                unless(State::canLogIn).then(step(sentence).at(State::there)),
                always().also(SourceTable::rewriteConfig),
                always().also(provided("a program makes the file", step(sentence))));
    }

    /** The command that should have printed the token failed. */
    static Part runProducer() {
        return all(
                step(
                        "Run the command in front of the pipe by itself, and mend what it says: it printed no token, since it may"
                                + " want a sign-in (`op signin`, `vault login`, `aws sso login`)"),
                provided(
                        "a script does this",
                        step("put `set -o pipefail` first in it, so that it ends with that command's error")));
    }

    private static Part searchFile() {
        return step("See which tokens are in it").run("chainloop-token mask --report FILE");
    }

    static Part findFile() {
        return rows(
                when(state -> state.fromArgument() && state.namesFolder()).then(searchFile()),
                when(State::given).then(step("Give a token, or the name of a file that is here and holds one")),
                when(state -> state.fromVariable() && state.namesFolder())
                        .also(step("Set CHAINLOOP_TOKEN to what is in the file in that folder")
                                .says((shell, state) ->
                                        shell.exportOutput(State.VARIABLE, shell.reading(State.VARIABLE + "/FILE")))),
                when(state -> state.fromVariable() && !state.namesFolder())
                        .also(
                                step("See where the file is (a relative path counts from the folder where the command runs, and"
                                                + " a mounted file is only in what it is mounted into), and set CHAINLOOP_TOKEN to"
                                                + " what is in it")
                                        .says((shell, state) -> shell.exportOutput(State.VARIABLE, "cat FILE"))),
                always().then(() -> storeWhole("there is no such file", "store the whole token", "nobody kept it")));
    }

    /** A template or a command ran, and found nothing under the name that it looked up. */
    private static Part nameLookedUp() {
        return rows(
                always().also(nameCorrected()),
                when(State::hasVault)
                        .also(step("See which keys there are")
                                .at(State::there)
                                .run("vault kv get -format=json PATH | jq '.data.data | keys'")),
                always().also(provided("the key is right", storeWholeToken())));
    }

    private static Part nameCorrected() {
        String sentence =
                "Correct the name of the key in the template or the command that fills CHAINLOOP_TOKEN in: it ran,"
                        + " and found nothing under that name";
        return rows(
                when(state -> state.place() == Place.NOMAD)
                        .then(inPipeline(
                                        "Correct the key in the task's template: it ran, and found nothing under that name"
                                                + " (in version 2 of Vault's KV, keys are below `.Data.data`); then run the job again")
                                .put("CHAINLOOP_TOKEN={{ with secret \"PATH\" }}{{ .Data.data.KEY }}{{ end }}")),
                when(State::hasVault)
                        .then(inPipeline(
                                        sentence
                                                + " (in Vault Agent's templates, the keys of KV version 2 are below `.Data.data`)")
                                .put("{{ with secret \"PATH\" }}{{ .Data.data.KEY }}{{ end }}")),
                always().then(step(sentence).at(State::there)));
    }

    /** Where no command takes it out, a person does. */
    static Part takeOut() {
        return rows(
                when(State::standsTwice).then(mend("Keep the token once", TokenTable.ALONE + " | head -n 1")),
                when(State::given).then(step("Give only the token")),
                always().then(() -> storeWhole("", "Store the token", "nobody kept it")));
    }

    /** The secret exists: whoever can resolve it puts it in. */
    static Part resolve() {
        return rows(
                when(State::fromConfig).then(SourceTable::inConfigFile),
                given(Resolver::of).then(Resolver::part),
                when(state -> state.canResolve() && state.fromVariable() && state.hasConfiguration())
                        .then(() -> TokenTable.commandInConfiguration(
                                state -> state.how() + ", where a shell runs that", State::resolving)),
                when(State::scriptResolves)
                        .also(step(State::how)
                                .says((shell, state) -> shell.exportOutput(State.VARIABLE, state.resolving()))),
                unless(State::scriptResolves).also(step(State::how)),
                unless(State::given).also(provided("that cannot be done there", store("store the secret's value"))));
    }

    static Part recode() {
        return mend(
                "Replace %2E by a dot, + by - and / by _, and drop =", "sed 's/%2[eE]/./g' | tr '/+' '_-' | tr -d =");
    }

    static Part decode() {
        return rows(
                when(State::isEncodedTwice).then(mend("Decode the value twice", "base64 -d | base64 -d")),
                always().then(mend("Decode the value", "base64 -d")));
    }

    static Part decodePart() {
        return mend(
                "Decode the token",
                "grep -oE '[A-Za-z0-9+/]{40,}=*' |\n  while read -r part; do echo \"$part\" | base64 -d; echo; done |\n  "
                        + TokenTable.ALONE);
    }

    static Part storeAlone() {
        return rows(
                given(State::key).then(KeySelector::part),
                always().then(mend("Keep only the token", TokenTable.ALONE)));
    }

    static Part storeBare() {
        return mend("Keep only the token", TokenTable.BARE);
    }

    static Part sendNoLineEnd() {
        return rows(
                when(state -> state.fromVariable()
                                && state.canLogIn()
                                && !state.shell().trim(State.VARIABLE).isEmpty())
                        .then(step(state ->
                                        "Remove the line end, here and where the variable is set" + state.keptOutside())
                                .run(state -> state.shell().trim(State.VARIABLE))),
                always().then(storeBare()));
    }

    /** A filter takes the bare token from the value, if that can be read back, or from a file. */
    private static Part mend(String sentence, String filter) {
        return rows(
                when(state -> state.fromConfig() && state.canLogIn() && !state.isApiToken())
                        .then(SourceTable::rewriteConfig),
                when(State::fromConfig)
                        .then(step("Store only the token in the config file, between one pair of quotes")),
                when(State::quotedByMake)
                        .also(provided(
                                "the Makefile assigns CHAINLOOP_TOKEN",
                                step("leave that line out, since recipes get what is exported where make is started; or write"
                                                + " nothing but the token behind the `=`: make keeps quotes, and the blanks in"
                                                + " front of a comment, as a part of the value")
                                        .at(State::there))),
                when(state -> state.fromArgument() || !canFilter(state, filter)).then(step(sentence)),
                when(state -> state.isSetByProgram() && !state.canLogIn())
                        .then(inPipeline(state -> sentence + ", in " + state.settingLine())
                                .commands(State::rereadingSetting)),
                when(State::keptInSight).then(takeOff()),
                when(State::noCommandShows).then(() -> storeWhole("", "Store the token", "nobody kept it")),
                when(State::noCommandChanges)
                        .then(step(state -> sentence + ", and store what this prints as " + state.kept()
                                        + state.orAnew(", and "))
                                .run(state -> filtered(state, filter))),
                always().then(step(state -> sentence + whereChanged(state) + state.orAnew(", and "))
                        .at(State::there)
                        .run(state -> state.shell().capture(filtered(state, filter), state.store()))));
    }

    /** Whoever can read what is stored needs no other token. */
    private static Part takeOff() {
        return inPipeline(state -> "Take off " + state.around() + " the token"
                        + (state.quotedForContainer() && state.variablesFile().isEmpty()
                                ? " where the container is started (a file for `--env-file` is written without quotes)"
                                : ", in " + state.kept())
                        + state.orAnew("; then "))
                .commands(State::restart);
    }

    /** A loop is a POSIX shell's own. */
    private static boolean canFilter(State state, String filter) {
        return filter.contains("while ")
                ? state.shell() == Shell.POSIX
                : state.shell().pipes();
    }

    private static String filtered(State state, String filter) {
        return (state.fromStdin() ? "cat FILE" : state.place().stored()) + " |\n  " + filter;
    }

    private static String whereChanged(State state) {
        return state.fromStdin()
                ? ""
                : state.canLogIn()
                        ? (state.isHere() ? ", here and " : ", also ")
                                + (state.isSetByProgram()
                                                || state.variablesFile().isPresent()
                                        ? state.whereSet()
                                        : "where the variable is set" + state.keptOutside())
                        : ", in " + state.kept();
    }

    static Part storeWhole() {
        return rows(
                when(state -> state.isBlankOfProgram() && state.fromVariable()).then(nameLookedUp()),
                always().then(leftStdinOr(storeWholeToken())));
    }

    static Part storeOwn() {
        return storeWhole("", "Store Chainloop's own token", "there is none");
    }

    private static Part storeWholeToken() {
        return storeWhole("", "Store the whole token", "nobody kept it");
    }

    /** Where no command gives the value back, a person who has it stores it. */
    static Part storeWhole(String condition, String sentence, String otherwise) {
        return rows(
                when(State::fromConfig).then(SourceTable::rewriteConfig),
                when(State::givenAnothers)
                        .then(step("Give a token that Chainloop issued: this one is another service's")),
                when(State::wordIsGiven)
                        .also(provided(
                                "you meant a command or a topic",
                                step("see which there are").run("chainloop-token help"))),
                when(State::given)
                        .then(step("Give the whole token and nothing else, as it was printed when it was created")),
                always().also(provided(condition, store(sentence))),
                given(State::another).then(TokenTable::use),
                when(State::loginWillDo)
                        .then(provided(
                                "you want to work as yourself",
                                step("log in")
                                        .withoutVariable()
                                        .run(state -> state.own().login()))),
                always().then(provided(otherwise, TokenTable.creation())));
    }

    private static Part store(String sentence) {
        return rows(
                when(State::commandAsks)
                        .then(step(state -> sentence + " as " + state.kept()
                                        + ", and nothing else; the command asks for it")
                                .at(State::there)
                                .run(State::storeAsking)),
                always().then(step(state -> sentence + " as " + state.kept()
                                + (state.quotedForContainer()
                                                && state.variablesFile().isEmpty()
                                        ? " (`--env-file` keeps quotes)"
                                        : "")
                                + ", and nothing else, not even a line end (`echo` adds one, `printf %s` does not)"
                                + state.orAnew("; then "))
                        .at(State::there)
                        .commands(State::restart)));
    }

    /** The token exists; only a copy of it was made for others. */
    static Part useOriginal() {
        return rows(
                when(State::given).then(step("Give the token itself: this is a copy that was made to be shared")),
                when(State::fromConfig).then(SourceTable::rewriteConfig),
                always().then(store("Store the token itself")));
    }

    /** What a program finds on its standard input is often meant for the one that started it. */
    static Part leftStdinOr(Part part) {
        return rows(
                unless(State::tookStdin).then(part),
                always().also(leaveStdin()),
                always().also(provided("it is for this command", part)));
    }

    private static Part leaveStdin() {
        return provided(
                "stdin, which you did not name (`-`), belongs to a script, a loop or a git hook",
                step(state -> "leave it to them: add "
                        + (state.shell().redirects() ? "`</dev/null`" : "`--source env` or `--source config`")
                        + " to the command"));
    }

    static Part unsetBlank() {
        return rows(
                when(state -> state.evidence().blankHidesToken())
                        .then(step("use the token in the config file").withoutVariable()),
                when(State::isUnloaded).then(StartupTable::load),
                when(State::canLogIn).then(TokenTable::person),
                always().then(TokenTable::handIn));
    }

    static Part closeConfig() {
        return rows(
                when(State::ownsConfig)
                        .then(step("Make the file readable only for you")
                                .run(state -> "chmod 600 " + state.own().path(state.originName()))),
                always().then(step("Have the file made readable only for you where it comes from: here it"
                        + " belongs to somebody else, or cannot be changed")));
    }
}
