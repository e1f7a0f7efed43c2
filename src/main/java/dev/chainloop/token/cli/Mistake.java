package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Converters;
import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.cli.option.Similar;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.core.Keyword;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What is wrong with a command line, in words that quote no value: one may be a token. */
final class Mistake {
    /** Longer than any option. A longer word could be a piece of a token. */
    private static final int MAX_NAME = 20;

    private final Optional<Subcommand> named;
    private final List<String> args;
    private final Parameters parameters;

    /** Of the command that is named, if any, with what follows its word and what it takes. */
    Mistake(Optional<Subcommand> named, List<String> args, Parameters parameters) {
        this.named = named;
        this.args = args;
        this.parameters = parameters;
    }

    /** Refuses a first word that is another tool's command, or a mistyped one. */
    void refuseOtherWord() throws UsageException {
        if (named.isPresent() || args.isEmpty() || args.get(0).startsWith("-")) {
            return;
        }
        String instead = instead(args.get(0));
        if (!instead.isEmpty()) {
            throw new UsageException("this word is not a command here; " + instead);
        }
        Optional<String> meant = Similar.to(args.get(0), Keyword.words(List.of(Subcommand.values())));
        if (meant.isPresent()) {
            throw new UsageException("there is no such command; did you mean `" + meant.get() + "`?");
        }
    }

    /** What to use instead of a command of the Chainloop CLI or of a similar tool; empty for any other word. */
    private static String instead(String word) {
        return switch (word) {
            case "decode", "show", "status", "whoami" -> "the token is shown without a command, or with `inspect`";
            case "test", "validate" -> "`check` tells whether the token meets your requirements";
            case "list" -> "`sources` shows every place a token can come from";
            case "login" -> "`chainloop auth login` of the Chainloop CLI logs in";
            case "logout" -> "`chainloop config reset` of the Chainloop CLI logs out";
            case "create", "revoke" ->
                "`chainloop organization api-token` of the Chainloop CLI makes and revokes tokens";
            case "version" -> "the version is shown by `--version`";
            default -> "";
        };
    }

    /** Refuses a command that does not come first. */
    void refuseLaterCommand() throws UsageException {
        if (named.isPresent()) {
            return;
        }
        for (PositionalParamSpec argument : parameters.arguments()) {
            @Nullable List<String> values = argument.getValue();
            for (String value : values == null ? List.<String>of() : values) {
                if (Subcommand.ofWord(value).isPresent()) {
                    throw new UsageException(
                            "the command comes first, as in `chainloop-token " + value + corrected(value) + "`");
                }
            }
        }
    }

    /** The other arguments behind the command's word, if they are all known words: any other may be a token. */
    private String corrected(String command) {
        Parameters meant = parametersOf(Subcommand.ofWord(command).orElseThrow());
        List<String> known = names(meant);
        known.add("-");
        for (OptionSpec option : meant.options()) {
            wordsOf(option).forEach(known::add);
        }
        List<String> others = new ArrayList<>(args);
        others.remove(command);
        return known.containsAll(others) ? " " + String.join(" ", others) : " …";
    }

    /** Rewords an error of picocli's, whose own message quotes the value. */
    UsageException of(Exception error) {
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
        return new UsageException(
                "unknown option" + (isSafeToName(name) ? " " + name : "") + position + hintAtOption(name));
    }

    /** Whether a text looks so much like an option that it cannot be a piece of a token. */
    private static boolean isSafeToName(String name) {
        return name.length() <= MAX_NAME && name.matches("-[a-z]|--[a-z][a-z-]*");
    }

    /** What an unknown option may have been meant for: another option, one of another command, or an option's value. */
    private String hintAtOption(String name) {
        String hint = Similar.hint(name, names(parameters));
        if (!hint.isEmpty()) {
            return hint;
        }
        List<String> takers = new ArrayList<>();
        for (Subcommand subcommand : Subcommand.values()) {
            if (names(parametersOf(subcommand)).contains(name)) {
                takers.add(subcommand.word());
            }
        }
        if (!takers.isEmpty()) {
            return "; it is an option of " + Converters.listed(takers, "and");
        }
        for (OptionSpec option : parameters.options()) {
            for (String word : wordsOf(option)) {
                if (name.equals("--" + word)) {
                    return "; did you mean " + option.shortestName() + " " + word + "?";
                }
            }
        }
        return "";
    }

    private static Parameters parametersOf(Subcommand subcommand) {
        return subcommand.create().parameters();
    }

    private static List<String> names(Parameters parameters) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : parameters.options()) {
            names.addAll(List.of(option.names()));
        }
        return names;
    }

    private static Iterable<String> wordsOf(OptionSpec option) {
        return option.completionCandidates() == null ? List.of() : option.completionCandidates();
    }

    private static String nameOf(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
