package dev.chainloop.token.advice;

import static dev.chainloop.token.advice.StepRow.step;
import static dev.chainloop.token.advice.Table.always;
import static dev.chainloop.token.advice.Table.given;
import static dev.chainloop.token.advice.Table.provided;
import static dev.chainloop.token.advice.Table.rows;
import static dev.chainloop.token.advice.Table.unless;
import static dev.chainloop.token.advice.Table.when;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What to do about a command line that the CLI does not take. */
final class CommandTable {
    /** What may stand before a secret in a command. */
    private static final Pattern HIDDEN = Pattern.compile("(?i)token|passw|pass=|secret|key|credential| -[tp] |--opt");

    private static final Pattern TWO_OPTIONS = Pattern.compile("(--[a-z-]{2,40}) (?=(--[a-z-]{2,40})(?![\\w-]))");
    private static final Pattern NAME_OF_OPTION = Pattern.compile("[\\w-]+");
    private static final Pattern LONG_OPTION = Pattern.compile(" [\u2010-\u2015\u2212]{1,2}(?=[a-z]{2})");
    private static final Pattern DASH = Pattern.compile("[\u2010-\u2015\u2212]");
    private static final Pattern SINGLE_QUOTE = Pattern.compile("[\u2018-\u201b]");
    private static final Pattern DOUBLE_QUOTE = Pattern.compile("[\u201c-\u201f]");

    /** A registry of AWS, with its region. */
    private static final Pattern AMAZON =
            Pattern.compile("\\d{12}[.]dkr[.]ecr(?:-fips)?[.]([a-z0-9-]+)[.]amazonaws[.]com(?:[.]cn)?");

    private CommandTable() {}

    static Part part() {
        return rows(
                when(state -> state.says(Detail.MISSING_OPTIONS)).then(CommandTable::missingOptions),
                given(UnknownWord::correction).then(CommandTable::corrected),
                always().also(CommandTable::update),
                given(UnknownWord::commandThatKnows)
                        .also(command -> step("Give the option to `" + command + "`, which has it")),
                always().also(step("See which arguments the command takes")
                        .run(state -> "chainloop " + state.said(Detail.COMMAND).orElse("COMMAND") + " --help")),
                unless(CommandTable::isExplained)
                        .also(provided(
                                "a document or a newer CLI has it",
                                step("this CLI is too old for it; see which one it is")
                                        .run("chainloop version"))));
    }

    /** Whether a row before the last one says why the word is not known. */
    private static boolean isExplained(State state) {
        return state.programKnown()
                || UnknownWord.known(state).isPresent()
                || UnknownWord.commandThatKnows(state).isPresent();
    }

    private static Part corrected(UnknownWord.Correction correction) {
        return step(state -> "Write `" + correction.right() + "`, the nearest that `chainloop"
                        + (correction.command().isEmpty() ? "" : " " + correction.command()) + "` has")
                .commands(state -> whole(state, "").stream()
                        .map(line -> line.replace(" " + correction.wrong(), " " + correction.right()))
                        .filter(line -> line.contains(" " + correction.right()))
                        .toList());
    }

    /** The command line that did not hand the variable on. */
    static Part handedOn(Passage passage) {
        return step(state -> passage.imperative)
                .commands(state ->
                        state.said(Detail.STARTED_BY).filter(line -> !hides(line)).map(passage::mended).stream()
                                .toList());
    }

    /** All that followed the program's name in the command that failed, if it may be shown. */
    static Optional<String> wordsOf(State state) {
        return state.said(Detail.ARGUMENTS).filter(line -> !hides(line));
    }

    /** Whether a word of a command may be secret. */
    private static boolean hides(String line) {
        return HIDDEN.matcher(line.replace("api-token ", "").replace("CHAINLOOP_TOKEN", ""))
                .find();
    }

    /** An argument of a wrong form. */
    static Part argument() {
        return rows(
                given(state -> state.said(Detail.DAYS))
                        .then(days -> step("Write the duration in hours: `" + hours(days) + "` in place of `" + days
                                        + "`")
                                .commands(state -> whole(state, "").stream()
                                        .filter(line -> line.contains(" " + days) || line.contains("=" + days))
                                        .map(line -> line.replace(days, hours(days)))
                                        .toList())),
                always().then(step("Correct the argument that the message names, and run the command again")));
    }

    private static String hours(String duration) {
        int digits = (int) duration.chars().takeWhile(Character::isDigit).count();
        int days = switch (duration.charAt(digits)) {
            case 'y' -> 365;
            case 'm' -> 30;
            case 'w' -> 7;
            default -> 1;
        };
        return Integer.parseInt(duration.substring(0, digits)) * days * 24 + "h";
    }

    /** Which of several programs ran there. */
    private static Part program() {
        return step(state -> "See which CLI ran"
                        + state.said(Detail.PROGRAM, ": the log shows %s")
                        + state.cliVersion()
                                .map(version -> " of version " + version)
                                .orElse("")
                        + state.said(Detail.SEARCH_PATH, ", sought in PATH=%s")
                        + ". If another one is newer, name that by its absolute path, or put its folder first in that PATH;"
                        + " else update it")
                .run("type -a chainloop");
    }

    private static Part update() {
        return rows(
                given(UnknownWord::known)
                        .then(known -> step(state -> "Update the Chainloop CLI where that ran: "
                                + state.cliVersion()
                                        .map(version -> "it is " + version + ", and ")
                                        .orElse("")
                                + known)),
                when(State::otherProgramRan).then(program()),
                when(State::serverIsNewer)
                        .then(step(state -> "Update the Chainloop CLI where that ran to "
                                + state.said(Detail.SERVER_VERSION).orElseThrow()
                                + ", the control plane's version: it is "
                                + state.cliVersion().orElseThrow()
                                + ", and newer ones know more commands and options")),
                given(State::cliVersion)
                        .then(version -> provided(
                                "newer versions know it",
                                step("update the Chainloop CLI where that ran: it is " + version))));
    }

    /** What the command did not get: its line was cut, the value before was empty, or it was not given. */
    private static Part missingOptions() {
        return rows(
                given(state -> state.said(Detail.CUT_OPTION))
                        .then(option -> step(state -> "Repair the line before `" + option + "` in the script"
                                        + state.said(Detail.CUT_AT, " (the shell names %s)")
                                        + ": it does not go on there, so " + ran(state) + " without "
                                        + missing(state) + ", and the shell took the rest for a command of its own."
                                        + " A line goes on if it ends in `\\`, with not even a blank behind that")
                                .commands(state -> state.says(Detail.CUT_LINE)
                                        ? whole(state, state.said(Detail.CUT_LINE, " %s"))
                                        : completed(state))),
                when(state -> state.says(Detail.BLANK_ARGUMENT))
                        .then(step(state ->
                                        "Remove the blank behind the `\\` that ends a line of the command in the script: "
                                                + ran(state) + " with that blank as its last argument and without "
                                                + missing(state) + ", as the lines below were cut off")
                                .commands(CommandTable::completed)),
                given(CommandTable::withoutValue)
                        .then(option -> step(state ->
                                        "Give `" + option + "` a value: " + ran(state) + " with none there, as"
                                                + " of an empty variable, so that it took the next word, an option, for its value")
                                .commands(state -> whole(state, "").stream()
                                        .map(line -> line.replace(
                                                option + " --", option + " " + placeholder(option) + " --"))
                                        .toList())),
                always().then(step(state ->
                                "Give the command what it lacks: " + ran(state) + " without " + missing(state))
                        .commands(CommandTable::completed)));
    }

    private static String ran(State state) {
        return state.said(Detail.COMMAND)
                .map(command -> "`" + command + "` ran")
                .orElse("the command right before the message ran");
    }

    private static List<String> missingNames(State state) {
        return NAME_OF_OPTION
                .matcher(state.said(Detail.MISSING_OPTIONS).orElse(""))
                .results()
                .map(found -> "--" + found.group())
                .toList();
    }

    private static String missing(State state) {
        List<String> names = missingNames(state);
        return names.isEmpty() ? "an option" : "`" + String.join("` and `", names) + "`";
    }

    /** The option that stands right before one that the command lacks although it is there. */
    private static Optional<String> withoutValue(State state) {
        List<String> missing = missingNames(state);
        return TWO_OPTIONS
                .matcher(state.said(Detail.ARGUMENTS).orElse(""))
                .results()
                .filter(found -> missing.contains(found.group(2)))
                .map(found -> found.group(1))
                .findFirst();
    }

    private static String placeholder(String option) {
        return option.replace("--", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static List<String> completed(State state) {
        return whole(
                state,
                missingNames(state).stream()
                        .map(name -> " " + name + " " + placeholder(name))
                        .collect(Collectors.joining()));
    }

    /** The command that failed, and what it lacked; none where a word of it may be secret. */
    private static List<String> whole(State state, String rest) {
        return wordsOf(state)
                .map(line -> line + rest)
                .map(line -> List.of("chainloop " + state.ofAttestation(line)))
                .orElse(List.of());
    }

    /** The CLI has the logins that Docker and podman keep for its user, unless it is given one. */
    static Part registryLogin() {
        return rows(
                always().also(step(state ->
                                "Log in to the registry as the user as whom the CLI runs, with the same HOME"
                                        + (state.place().isCi() ? ", in the job" : "")
                                        + " (`podman login` does, too), and add the material again"
                                        + (readsGithubsPackages(state)
                                                ? "; the job needs `packages: read` in its `permissions:`, and the package must be"
                                                        + " open to this repository"
                                                : ""))
                        .at(State::there)
                        .run(CommandTable::login)),
                always().also(provided(
                        "no such login is to be there",
                        step("give `attestation add` these options, and the password in"
                                        + " CHAINLOOP_REGISTRY_PASSWORD")
                                .at(State::there)
                                .run(CommandTable::withRegistry))));
    }

    private static boolean readsGithubsPackages(State state) {
        return state.onGithub() && registry(state).equals("ghcr.io");
    }

    /** A cloud's registry takes the cloud's own login, and a job cannot be asked for a password. */
    private static String login(State state) {
        String host = registry(state).endsWith(".docker.io") ? "docker.io" : registry(state);
        Matcher amazon = AMAZON.matcher(host);
        if (amazon.matches()) {
            return "aws ecr get-login-password --region " + amazon.group(1)
                    + " |\n  docker login --username AWS --password-stdin " + host;
        }
        if (host.endsWith(".pkg.dev") || host.endsWith("gcr.io")) {
            return "gcloud auth configure-docker " + host;
        }
        if (host.endsWith(".azurecr.io")) {
            return "az acr login --name " + host.substring(0, host.indexOf('.'));
        }
        if (readsGithubsPackages(state)) {
            return "echo \"${{ secrets.GITHUB_TOKEN }}\" |\n  docker login ghcr.io --username \"${{ github.actor }}\""
                    + " --password-stdin";
        }
        return state.place().isCi()
                ? "echo \"$REGISTRY_PASSWORD\" |\n  docker login " + host + " --username USER --password-stdin"
                : "docker login " + host;
    }

    private static String registry(State state) {
        return state.said(Detail.REGISTRY).orElseThrow();
    }

    private static String withRegistry(State state) {
        String options = " --registry-server " + registry(state) + " --registry-username USER";
        return whole(state, options).stream()
                .filter(command -> command.startsWith("chainloop att"))
                .findFirst()
                .orElse("chainloop attestation add --value IMAGE" + options);
    }

    /** A word processor or a chat has changed the command that was pasted from it. */
    static Part typeset() {
        return rows(when(state -> state.says(Detail.TYPESET))
                .then(
                        step("Type the command with plain hyphens and quotes: in the one that ran, a program for documents or"
                                        + " chats put a dash (\u2013) or curly quotes in their place, and the CLI takes such an"
                                        + " option for a name")
                                .commands(CommandTable::retyped)));
    }

    /** Where the command is hidden, the sentence is all. */
    private static List<String> retyped(State state) {
        return state.said(Detail.TYPESET)
                .map(words -> LONG_OPTION.matcher(words).replaceAll(" --"))
                .map(words -> DASH.matcher(words).replaceAll("-"))
                .map(words -> SINGLE_QUOTE.matcher(words).replaceAll("'"))
                .map(words -> DOUBLE_QUOTE.matcher(words).replaceAll("\""))
                .filter(words -> words.chars().allMatch(letter -> letter < 128)
                        && !HIDDEN.matcher(words).find())
                .map(words -> List.of("chainloop " + words.strip()))
                .orElse(List.of());
    }
}
