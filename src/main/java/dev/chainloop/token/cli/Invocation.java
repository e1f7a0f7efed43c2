package dev.chainloop.token.cli;

import dev.chainloop.token.cli.doc.CommandModel;
import dev.chainloop.token.cli.option.Nearest;
import dev.chainloop.token.cli.option.Option;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.render.OutputFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command line and its subcommand. Only that subcommand's model is built: building all of them would take longer than
 * an inspection.
 */
final class Invocation {
    private final OptionSpec help = OptionSpec.builder("-h", "--help")
            .type(boolean.class)
            .usageHelp(true)
            .description("Show this help.")
            .build();
    private final OptionSpec version = OptionSpec.builder("-V", "--version")
            .type(boolean.class)
            .versionHelp(true)
            .description("Show the version.")
            .build();

    private final Optional<Subcommand> named;
    private final int namedAt;
    private final Command command;
    private final List<String> args;
    private final Parameters parameters;
    private final CommandSpec spec;

    /** An invocation whose arguments no longer contain the subcommand's word, which stood at the given index. */
    private Invocation(Optional<Subcommand> named, int namedAt, List<String> args) {
        this.named = named;
        this.namedAt = namedAt;
        this.command = named.orElse(Subcommand.INSPECT).create();
        this.args = args;
        this.parameters = command.parameters().others(help, version);
        this.spec = parameters.spec();
    }

    /** Finds the subcommand: the first argument that is neither an option nor an option's value, if it names one. */
    static Invocation of(String... args) {
        for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
            Optional<Subcommand> candidate = Subcommand.ofWord(args[i]);
            if (candidate.isEmpty()) {
                continue;
            }
            Place place = i == 0 ? Place.FIRST : place(candidate.get(), args, i);
            if (place == Place.FIRST) {
                List<String> rest = new ArrayList<>(Arrays.asList(args));
                rest.remove(i);
                return new Invocation(candidate, i, rest);
            }
            if (place == Place.LATER) {
                break;
            }
        }
        return new Invocation(Optional.empty(), args.length, Arrays.asList(args));
    }

    /** A word's position among the arguments that are not options. */
    private enum Place {
        FIRST,
        /** It follows another argument, as do all later words. */
        LATER,
        /** It is an option's value. */
        VALUE
    }

    /** Where the word at an index stands according to the subcommand's own model, as picocli reads it. */
    private static Place place(Subcommand candidate, String[] args, int index) {
        Invocation before = new Invocation(
                Optional.of(candidate), index, Arrays.asList(args).subList(0, index));
        try {
            ParseResult parsed = before.parser().parseArgs(before.args.toArray(new String[0]));
            for (Exception error : parsed.errors()) {
                if (error instanceof CommandLine.MissingParameterException) {
                    return Place.VALUE;
                }
            }
            for (PositionalParamSpec argument : before.parameters.arguments()) {
                if (argument.getValue() != null) {
                    return Place.LATER;
                }
            }
            return Place.FIRST;
        } catch (CommandLine.ParameterException e) {
            return Place.VALUE;
        }
    }

    Command command() {
        return command;
    }

    /** The subcommand that the command line names, if any. */
    Optional<Subcommand> named() {
        return named;
    }

    /** The command as its documents describe it. */
    CommandModel model() {
        List<CommandModel.Exit> exits = new ArrayList<>();
        for (ExitCode code : ExitCode.values()) {
            String meaning = named.isPresent() ? command.exits().meaning(code) : code.meaning();
            if (!meaning.isEmpty()) {
                exits.add(new CommandModel.Exit(code.status(), meaning));
            }
        }
        return new CommandModel(
                named.isPresent() ? named.get().word() : "",
                named.orElse(Subcommand.INSPECT).summary(),
                parameters,
                command.examples(),
                exits);
    }

    /** The subcommand's word followed by a blank, or nothing. */
    String word() {
        return named.isPresent() ? named.get().word() + " " : "";
    }

    boolean wantsHelp() {
        return Option.isSet(help);
    }

    boolean wantsVersion() {
        return Option.isSet(version);
    }

    /** Reads the options' values. */
    void parse() throws UsageException {
        ParseResult parsed;
        try {
            parsed = parser().parseArgs(args.toArray(new String[0]));
        } catch (CommandLine.ParameterException e) {
            refuseMistypedSubcommand();
            throw new Mistake(this).of(e);
        }
        if (wantsHelp() || wantsVersion()) {
            return;
        }
        refuseMistypedSubcommand();
        for (Exception error : parsed.errors()) {
            throw new Mistake(this).of(error);
        }
    }

    /**
     * The format that was asked for, whatever else is wrong with the command line. An option without its value ends
     * picocli's reading, so each later option of that name is read by itself.
     */
    OutputFormat askedFormat() {
        Optional<OutputFormat> asked = OutputOptions.asked(spec);
        for (int i = 1; asked.isEmpty() && i < args.size(); i++) {
            if (!OutputOptions.isNamedBy(args.get(i))) {
                continue;
            }
            Invocation one = new Invocation(named, namedAt, args.subList(i, Math.min(i + 2, args.size())));
            try {
                one.parser().parseArgs(one.args.toArray(new String[0]));
            } catch (CommandLine.ParameterException e) {
                // The mistake is already being reported.
            }
            asked = OutputOptions.asked(one.spec);
        }
        return asked.orElse(OutputFormat.DEFAULT);
    }

    /** Whether there are many answers, one per line. */
    boolean isOfLines() {
        return args.contains("--lines");
    }

    private CommandLine parser() {
        spec.parser()
                .collectErrors(true) // So that a -o json after the error is understood too.
                .expandAtFiles(false);
        return new CommandLine(spec).setInterpolateVariables(false);
    }

    /** Reported before other errors: without the right command, its options seem unknown. */
    private void refuseMistypedSubcommand() throws UsageException {
        if (named.isPresent()) {
            return;
        }
        List<String> words = new ArrayList<>(Keyword.words(List.of(Subcommand.values())));
        words.add("version");
        for (PositionalParamSpec argument : parameters.arguments()) {
            @Nullable List<String> values = argument.getValue();
            if (values != null && !values.get(0).contains(".")) {
                Optional<ForeignWord> foreign = ForeignWord.of(values.get(0));
                if (foreign.isPresent()) {
                    throw new UsageException(foreign.get().message());
                }
                Optional<String> near = Nearest.to(values.get(0), words);
                if (near.isPresent()) {
                    String meant = near.get().equals("version") ? version.longestName() : near.get();
                    throw new UsageException("there is no such command; did you mean `" + meant + "`?");
                }
            }
        }
    }

    /** The names of its options. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : parameters.options()) {
            names.addAll(List.of(option.names()));
        }
        return names;
    }

    /** What it takes. */
    Parameters parameters() {
        return parameters;
    }

    /** The place of an argument as a user counts: from 1, the subcommand's word included. */
    int placeOf(String argument) {
        int index = args.indexOf(argument);
        return index + (index < namedAt ? 1 : 2);
    }
}
