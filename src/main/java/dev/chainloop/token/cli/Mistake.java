package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Choice;
import dev.chainloop.token.cli.option.Nearest;
import dev.chainloop.token.cli.option.UsageException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What is wrong with a command line, in words that quote no value: one may be a token. */
final class Mistake {
    /** Longer than any option. A longer word could be a piece of a token. */
    private static final int MAX_NAME = 20;

    private final Invocation invocation;

    Mistake(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Rewords an error of picocli's, whose own message quotes the value. */
    UsageException of(Exception error) {
        if (error instanceof CommandLine.UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched());
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
            return new UsageException("option " + nameOf(argument)
                    + (argument.arity().max() == 0 ? " takes no value" : " has a value that cannot be read"));
        }
        return new UsageException("the command line cannot be read");
    }

    private UsageException unmatched(List<String> unmatched) {
        String first = unmatched.get(0);
        String position = " (argument " + invocation.placeOf(first) + ")";
        if (!first.startsWith("-")) {
            return new UsageException("unexpected argument" + position + Nearest.hint(first, invocation.names()));
        }
        String name = first.contains("=") ? first.substring(0, first.indexOf('=')) : first;
        return new UsageException(
                "unknown option" + (isSafeToName(name) ? " " + name : "") + position + hintAtOption(name));
    }

    /** Whether a text looks so much like an option that it cannot be a piece of a token. */
    private static boolean isSafeToName(String name) {
        int start = name.startsWith("--") ? 2 : 1;
        for (int i = start; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c != '-' || i == start)) {
                return false;
            }
        }
        return start == 1 ? name.length() == 2 : name.length() > start && name.length() <= MAX_NAME;
    }

    /** What an unknown option may have been meant for: another option, one of another command, or an option's value. */
    private String hintAtOption(String name) {
        String hint = Nearest.hint(name, invocation.names());
        if (!hint.isEmpty()) {
            return hint;
        }
        List<String> takers = new ArrayList<>();
        for (Subcommand subcommand : Subcommand.values()) {
            if (Invocation.of(subcommand.word()).names().contains(name)) {
                takers.add(subcommand.word());
            }
        }
        if (!takers.isEmpty()) {
            return "; it is an option of " + Choice.listed(takers, "and");
        }
        for (OptionSpec option : invocation.parameters().options()) {
            if (option.completionCandidates() != null) {
                for (String word : option.completionCandidates()) {
                    if (name.equals("--" + word)) {
                        return "; did you mean " + option.shortestName() + " " + word + "?";
                    }
                }
            }
        }
        return "";
    }

    private static String nameOf(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
