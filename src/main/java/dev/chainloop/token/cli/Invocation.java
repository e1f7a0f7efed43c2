package dev.chainloop.token.cli;

import dev.chainloop.token.cli.doc.CommandModel;
import dev.chainloop.token.cli.option.Option;
import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.cli.option.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command line and its subcommand, which its first word names. Only that subcommand's model is built: building all of
 * them would take longer than an inspection.
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
    private final Command command;
    private final List<String> args;
    private final Parameters parameters;

    private Invocation(Optional<Subcommand> named, List<String> args) {
        this.named = named;
        this.command = named.orElse(Subcommand.INSPECT).create();
        this.args = args;
        this.parameters = command.parameters().others(help, version);
    }

    /** Finds the subcommand. */
    static Invocation of(String... args) {
        List<String> all = Arrays.asList(args);
        Optional<Subcommand> named = all.isEmpty() ? Optional.empty() : Subcommand.ofWord(args[0]);
        return new Invocation(named, named.isPresent() ? all.subList(1, all.size()) : all);
    }

    Command command() {
        return command;
    }

    /** The subcommand that the command line names, if any. */
    Optional<Subcommand> named() {
        return named;
    }

    /** What follows the subcommand's word. */
    List<String> args() {
        return args;
    }

    /** What it takes. */
    Parameters parameters() {
        return parameters;
    }

    /** The command as its documents describe it. */
    CommandModel model() {
        return new CommandModel(
                named.isPresent() ? named.get().word() : "",
                named.orElse(Subcommand.INSPECT).summary(),
                parameters,
                command.examples(),
                named.isPresent() ? command.exits() : ExitCode.meanings());
    }

    boolean wantsHelp() {
        return Option.isSet(help);
    }

    boolean wantsVersion() {
        return Option.isSet(version);
    }

    /** Reads the options' values. */
    void parse() throws UsageException {
        Mistake mistake = new Mistake(named, args, parameters);
        mistake.refuseOtherWord();
        @Nullable Exception error = parsed();
        if (wantsHelp() || wantsVersion()) {
            return;
        }
        mistake.refuseLaterCommand();
        if (error != null) {
            throw mistake.of(error);
        }
    }

    /** The first error, or null. */
    private @Nullable Exception parsed() {
        CommandSpec spec = parameters.spec();
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
}
