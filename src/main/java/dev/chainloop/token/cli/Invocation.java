package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Options;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.diagnosis.Phrases;
import dev.chainloop.token.render.JsonReport;
import dev.chainloop.token.render.ViewOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A command line and its subcommand, which its first word names. Only that subcommand's model is built: building all of
 * them would take longer than an inspection. Its errors quote no value, which may be a token.
 */
final class Invocation {
    /** Longer than any option or command. A longer word could be a piece of a token. */
    private static final int MAX_NAME = 20;

    final Optional<Subcommand> named;

    final Command command;
    final OptionSpec help = Options.flag("Show this help.", "-h", "--help");
    final OptionSpec version = Options.flag("Show the version.", "-V", "--version");
    private final List<String> args;
    private boolean misnamed;
    private int unknownOption = Integer.MAX_VALUE;
    private Optional<CommandSpec> spec = Optional.empty();

    private Invocation(Optional<Subcommand> named, List<String> args) {
        this.named = named;
        this.command = command(named.orElse(Subcommand.INSPECT));
        this.args = args;
    }

    static Invocation of(String... args) {
        List<String> all = Arrays.asList(args);
        Optional<Subcommand> named = all.isEmpty() ? Optional.empty() : Subcommand.ofWord(args[0]);
        return new Invocation(named, named.isPresent() ? all.subList(1, all.size()) : all);
    }

    String help(World world) {
        return HelpCommand.of(
                named.isPresent() ? spec() : Subcommand.tool(), ViewOptions.columns(world.environment(), true));
    }

    private static Command command(Subcommand named) {
        return switch (named) {
            case INSPECT -> new InspectCommand();
            case EXPLAIN -> new ExplainCommand();
            case CHECK -> new CheckCommand(false);
            case SOURCES -> new SourcesCommand();
            case ASK -> new AskCommand();
            case MASK -> new MaskCommand();
            case VERIFY -> new CheckCommand(true);
            case HELP -> new HelpCommand(word -> of(word).spec());
            case COMPLETION -> new CompletionCommand();
        };
    }

    /** The help that says more about an error of the command line. */
    String furtherHelp() {
        String word = named.orElse(Subcommand.INSPECT).word();
        return "chainloop-token " + (misnamed ? "--help" : command instanceof HelpCommand ? word : word + " --help");
    }

    /** picocli's model of the command; without a command, of the tool, which takes what {@code inspect} takes. */
    CommandSpec spec() {
        if (spec.isEmpty()) {
            CommandSpec made = CommandSpec.create()
                    .name("chainloop-token"
                            + (named.isPresent() ? " " + named.get().word() : ""));
            command.describe(made);
            Options.group(made, "Help", List.of(help, version));
            if (named.isPresent()) {
                made.usageMessage().header(named.get().summary);
            }
            spec = Optional.of(made);
        }
        return spec.get();
    }

    void parse() throws UsageException {
        if (args.isEmpty()) {
            return; // Without loading the parser, which would be a tenth of the start.
        }
        refuseMany();
        Optional<UsageException> error = error();
        refuseOtherWords();
        if (Options.isSet(help) || Options.isSet(version)) {
            boolean alone = args.size() == 1
                    && List.of("-h", "-V", "--help", "--version").contains(args.get(0));
            if (command instanceof CheckCommand && !alone) {
                throw new UsageException(
                        "--help and --version must be the only argument, so that no check passes because of them");
            }
        } else if (error.isPresent()) {
            throw error.get();
        }
    }

    /** For each option, picocli looks through all that precede it. */
    private void refuseMany() throws UsageException {
        int options = 0;
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.equals("--")
                    && (i == 0 || !args.get(i - 1).startsWith("-"))) { // After an option, it may be a value.
                return;
            }
            options += arg.length() > 1 && arg.startsWith("-") ? 1 : 0;
            boolean cluster = arg.length() > 9 && arg.startsWith("-") && !arg.startsWith("--");
            if (options > 100 || (cluster && arg.substring(1, 10).matches("[qhV]+"))) {
                throw new UsageException("too many options: at most 100 are allowed, and at most 8 in one argument");
            }
        }
    }

    /** Lets picocli read the arguments, and returns what is wrong with them, if anything is. */
    private Optional<UsageException> error() {
        // Errors are collected so that all arguments are read, and -h is found.
        spec().parser().collectErrors(true).expandAtFiles(false);
        try {
            List<Exception> errors = new CommandLine(spec())
                    .setInterpolateVariables(false)
                    .parseArgs(args.toArray(new String[0]))
                    .errors();
            if (!errors.isEmpty()) {
                return Optional.of(reworded(errors.get(0)));
            }
        } catch (CommandLine.ParameterException e) {
            return Optional.of(reworded(e));
        }
        for (OptionSpec option : spec().options()) {
            if (option.stringValues().size() > 1) { // picocli accepts the options of a group twice.
                return Optional.of(new UsageException("option " + option.longestName() + " is given twice"));
            }
        }
        return Optional.empty();
    }

    /** Rejects a command that does not come first, a field's name, and a lower-case word if no command was named: it cannot be a token. */
    private void refuseOtherWords() throws UsageException {
        PositionalParamSpec argument = spec().positionalParameters().get(0);
        List<String> words = argument.paramLabel().contains("TOKEN") ? argument.stringValues() : List.of();
        if (words.isEmpty() || args.indexOf(words.get(0)) > unknownOption) {
            return; // The first error is reported first; the word may be that option's value.
        }
        for (String word : words) {
            if (Subcommand.ofWord(word).isPresent()) {
                misnamed = true;
                throw new UsageException("the command must come first, as in `chainloop-token " + word + " …`");
            }
        }
        String first = words.get(0);
        if (args.contains("--field") && JsonReport.topLevelNames().contains(first)) {
            throw new UsageException("separate the names of --field with commas, as in `--field kind,expiresAt`");
        }
        if (named.isEmpty() && first.length() <= MAX_NAME && first.matches("[a-z]+")) {
            String hint = spec().findOption(first) != null ? "; did you mean `--" + first + "`?" : similar(first);
            if (words.size() == 1 || !hint.isEmpty()) { // Several words can be a message.
                misnamed = true;
                throw new UsageException("there is no such command" + hint);
            }
        }
    }

    /** Asks whether the user meant the most similar command or topic; for picocli, two common neighboring letters make words similar. */
    private String similar(String word) {
        if (List.of("attestation", "auth", "login", "org", "organization").contains(word)) {
            return "; the Chainloop CLI has `chainloop " + (word.equals("login") ? "auth login`" : word + "`");
        }
        CommandSpec known = Subcommand.tool();
        List.of(Topic.values()).forEach(topic -> known.addSubcommand(topic.word(), CommandSpec.create()));
        List<String> similar = new UnmatchedArgumentException(new CommandLine(known), List.of(word)).getSuggestions();
        boolean near = !similar.isEmpty()
                && similar.get(0).charAt(0) == word.charAt(0)
                && Math.abs(similar.get(0).length() - word.length()) <= 2;
        String meant = switch (word) { // As other tools have it.
            case "decode", "show", "status" -> "inspect";
            case "validate" -> "check";
            case "whoami" -> "ask";
            default -> near ? similar.get(0) : "";
        };
        boolean offered =
                command instanceof HelpCommand || Subcommand.ofWord(meant).isPresent();
        String hint = offered ? "; did you mean `" + meant + "`?" : "; see `chainloop-token help " + meant + "`";
        return meant.isEmpty() ? "" : hint;
    }

    /** A picocli error in other words, because its own message quotes the value. */
    private UsageException reworded(Exception error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return reworded(unmatched);
        }
        if (error instanceof CommandLine.MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return new UsageException(nameOf(missing.getMissing().get(0)) + " needs a value");
        }
        if (error instanceof CommandLine.ParameterException other && other.getArgSpec() != null) {
            ArgSpec argument = other.getArgSpec();
            if (command instanceof HelpCommand) {
                return new UsageException("there is no such command or topic" + similar(other.getValue()));
            }
            if (other.getCause() instanceof UsageException own) {
                return new UsageException(nameOf(argument) + " " + own.getMessage());
            }
            return new UsageException(nameOf(argument)
                    + (argument.arity().max() == 0 ? " takes no value" : " has a value that cannot be read"));
        }
        return new UsageException("the command line cannot be read");
    }

    private UsageException reworded(UnmatchedArgumentException unmatched) {
        String argument = unmatched.getUnmatched().get(0);
        unknownOption = args.lastIndexOf(argument);
        // As a user counts: from 1, the command's word included.
        String position = " (argument " + (unknownOption + (named.isPresent() ? 2 : 1)) + ")";
        if (!argument.startsWith("-")) {
            return new UsageException("unexpected argument" + position);
        }
        String name = argument.split("[= ]", 2)[0];
        // What looks so much like an option cannot be a piece of a token.
        if (name.length() > MAX_NAME || !name.matches("-[a-z]|--[a-z][a-z-]*")) {
            return new UsageException("unknown option" + position);
        }
        @Nullable OptionSpec option = name.equals(argument) ? null : spec().findOption(name);
        if (option != null) {
            boolean flag = option.arity().max() == 0;
            return new UsageException(name
                    + position
                    + (flag
                            ? " and what follows it are in one argument; write them as two"
                            : " and its value are in one argument; write " + name + "=VALUE"));
        }
        if (named.isEmpty()) {
            for (Subcommand other : Subcommand.values()) {
                if (of(other.word()).spec().findOption(name) != null) {
                    return new UsageException(
                            "unknown option " + name + position + "; `chainloop-token " + other.word() + "` has it");
                }
            }
        }
        List<String> similar = unmatched.getSuggestions();
        String hint = switch (name) { // As other tools have it.
            case "--json" -> spec().findOption("-o") == null ? "" : "; did you mean -o json?";
            case "--file" -> "; to read a file, run `" + spec().name() + " <FILE`";
            case "--verbose" -> "";
            default -> similar.isEmpty() ? "" : "; did you mean " + Phrases.list(similar, "or") + "?";
        };
        return new UsageException("unknown option " + name + position + hint);
    }

    private String nameOf(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName()
                : named.orElse(Subcommand.INSPECT).word();
    }
}
