package dev.chainloop.token.cli;

import dev.chainloop.token.cli.doc.Topic;
import dev.chainloop.token.cli.option.CommandModel;
import dev.chainloop.token.cli.option.Converters;
import dev.chainloop.token.cli.option.Option;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.core.Keyword;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command line and its subcommand, which its first word names. Only that subcommand's model is built: building all of
 * them would take longer than an inspection. Its errors quote no value, which may be a token.
 */
final class Invocation {
    /** Longer than any option. A longer word could be a piece of a token. */
    private static final int MAX_NAME = 20;

    private static final int MAX_OPTIONS = 1000;

    /** The subcommand that the command line names, if any. */
    final Optional<Subcommand> named;

    final Command command;
    final CommandModel model;
    private final List<String> args;

    /** Loaded only for an option that is unknown. */
    private static final class Unknown {
        static final Pattern SAFE = Pattern.compile("-[a-z]|--[a-z][a-z-]*");
    }

    private Invocation(Optional<Subcommand> named, List<String> args) {
        this.named = named;
        this.command = named.orElse(Subcommand.INSPECT).create();
        this.args = args;
        this.model = named.isPresent()
                ? new CommandModel(named.get().word(), named.get().summary)
                : new CommandModel("", "Show what a Chainloop token is, and why Chainloop refuses it.");
        command.describe(model);
        if (named.isEmpty()) {
            model.examples(List.of(
                            "chainloop-token                              is my token all right?",
                            "chainloop-token explain <err.log             why does it fail?",
                            "chainloop-token check --min-remaining 30m    will it do for this job?"))
                    .exits(ExitCode.meanings());
        }
    }

    static Invocation of(String... args) {
        List<String> all = Arrays.asList(args);
        Optional<Subcommand> named = all.isEmpty() ? Optional.empty() : Subcommand.ofWord(args[0]);
        return new Invocation(named, named.isPresent() ? all.subList(1, all.size()) : all);
    }

    void parse() throws UsageException {
        refuseOtherWord();
        refuseMany();
        @Nullable Exception error = parsed();
        refuseLaterCommand();
        if (Option.isSet(model.help()) || Option.isSet(model.version())) {
            boolean alone = args.size() == 1
                    && List.of("-h", "-V", "--help", "--version").contains(args.get(0));
            if (command instanceof CheckCommand && !alone) {
                throw new UsageException("--help and --version stand alone, so that no gate passes because of them");
            }
            return;
        }
        if (error != null) {
            throw reworded(error);
        }
    }

    private @Nullable Exception parsed() {
        if (args.isEmpty()) {
            return null; // Without loading the parser, which would be a tenth of the start.
        }
        CommandSpec spec = model.spec();
        spec.parser()
                .collectErrors(true) // So that all arguments are read, and -h is found.
                .expandAtFiles(false);
        try {
            ParseResult result =
                    new CommandLine(spec).setInterpolateVariables(false).parseArgs(args.toArray(new String[0]));
            return result.errors().isEmpty() ? null : result.errors().get(0);
        } catch (CommandLine.ParameterException e) {
            return e;
        }
    }

    /** Refuses more options than the parser reads quickly; arguments may be of any number. */
    private void refuseMany() throws UsageException {
        int options = 0;
        for (String arg : args.contains("--") ? args.subList(0, args.indexOf("--")) : args) {
            options += arg.startsWith("-") ? 1 : 0;
        }
        if (options > MAX_OPTIONS) {
            throw new UsageException("more than " + MAX_OPTIONS + " options are given");
        }
    }

    /** Refuses a first word that is another tool's command, or a mistyped one. */
    private void refuseOtherWord() throws UsageException {
        if (named.isPresent() || args.isEmpty() || args.get(0).startsWith("-")) {
            return;
        }
        String instead = instead(args.get(0));
        Optional<String> meant = Converters.similar(args.get(0), Keyword.words(List.of(Subcommand.values())));
        if (meant.isEmpty() && args.size() == 1) {
            meant = Converters.similar(args.get(0), Keyword.words(List.of(Topic.values())))
                    .map(topic -> "chainloop-token help " + topic);
        }
        if (!instead.isEmpty() || meant.isPresent()) {
            String hint = instead.isEmpty() ? "did you mean `" + meant.orElseThrow() + "`?" : instead;
            throw new UsageException("there is no such command; " + hint);
        }
    }

    /** What to use instead of a command of the Chainloop CLI or of a similar tool; empty for any other word. */
    private static String instead(String word) {
        return switch (word) {
            case "decode", "show", "status", "whoami" -> "the token is shown without a command, or with `inspect`";
            case "test", "validate" -> "`check` tells whether the token meets your requirements";
            case "list" -> "`sources` shows every place a token can come from";
            case "login" -> "`chainloop auth login` of the Chainloop CLI does that";
            case "logout" ->
                "`chainloop config reset` of the Chainloop CLI removes the login, and its whole config file";
            case "create", "revoke" -> "`chainloop organization api-token " + word + "` of the Chainloop CLI does that";
            case "version" -> "the version is shown by `--version`";
            case "topic", "topics" -> "`chainloop-token help` lists the topics";
            default ->
                word.length() <= MAX_NAME
                                && Keyword.find(List.of(Topic.values()), word).isPresent()
                        ? "see `chainloop-token help " + word + "`"
                        : "";
        };
    }

    /** Refuses a command that does not come first. */
    private void refuseLaterCommand() throws UsageException {
        for (PositionalParamSpec argument : named.isPresent() ? List.<PositionalParamSpec>of() : model.arguments()) {
            for (String value : Option.<List<String>>value(argument).orElse(List.of())) {
                if (Subcommand.ofWord(value).isPresent()) {
                    throw new UsageException("the command comes first, as in `chainloop-token " + value + " …`");
                }
            }
        }
    }

    /** An error of picocli's in other words: its own message quotes the value. */
    private UsageException reworded(Exception error) {
        if (error instanceof CommandLine.UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched().get(0));
        }
        if (error instanceof CommandLine.OverwrittenOptionException twice) {
            return new UsageException("option " + nameOf(twice.getOverwritten()) + " is given twice");
        }
        if (error instanceof CommandLine.MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return new UsageException("option " + nameOf(missing.getMissing().get(0)) + " needs a value");
        }
        if (error instanceof CommandLine.ParameterException other && other.getArgSpec() != null) {
            ArgSpec argument = other.getArgSpec();
            if (other.getCause() instanceof UsageException own) {
                return new UsageException(nameOf(argument) + " " + own.getMessage());
            }
            return new UsageException("option " + nameOf(argument)
                    + (argument.arity().max() == 0 ? " takes no value" : " has a value that cannot be read"));
        }
        return new UsageException("the command line cannot be read");
    }

    private UsageException unmatched(String argument) {
        // As a user counts: from 1, the command's word included.
        int place = args.indexOf(argument) + (named.isPresent() ? 2 : 1);
        String position = " (argument " + place + ")";
        if (!argument.startsWith("-")) {
            return new UsageException("unexpected argument" + position);
        }
        String name = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
        // What looks so much like an option cannot be a piece of a token.
        boolean safe = name.length() <= MAX_NAME && Unknown.SAFE.matcher(name).matches();
        return new UsageException("unknown option" + (safe ? " " + name : "") + position + hintAtOption(name));
    }

    /** What an unknown option may have been meant for: another option, one of another command, or an option's value. */
    private String hintAtOption(String name) {
        String hint = Converters.hint(name, names(model));
        if (!hint.isEmpty()) {
            return hint;
        }
        List<String> takers = new ArrayList<>();
        for (CommandModel other : Subcommand.models()) {
            if (!other.isTool() && names(other).contains(name)) {
                takers.add(other.word());
            }
        }
        if (!takers.isEmpty()) {
            return "; it is an option of " + Converters.listed(takers, "and");
        }
        for (OptionSpec option : model.options()) {
            for (String word : Option.words(option)) {
                if (name.equals("--" + word)) {
                    return "; did you mean " + option.shortestName() + " " + word + "?";
                }
            }
        }
        return "";
    }

    private static List<String> names(CommandModel model) {
        List<String> names = new ArrayList<>();
        model.options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }

    private String nameOf(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : model.word();
    }
}
