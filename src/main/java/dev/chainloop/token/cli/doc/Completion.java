package dev.chainloop.token.cli.doc;

import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes the scripts by which shells complete a command line. Only the build calls it: the scripts are resources. */
public final class Completion {
    /** zsh can autoload the file, as the body of a function that has to answer the first Tab, too. */
    private static final String END = """

            if [ -n "$ZSH_VERSION" ]; then
              unalias compopt
              if [ "${funcstack[1]}" = _chainloop-token ]; then _bash_complete -o default -F _complete_chainloop-token; fi
            fi
            """;

    private static final Pattern SENTENCE_END = Pattern.compile("\\.( |$)");
    private static final String FISH = "complete -c chainloop-token";

    private Completion() {}

    /** The script for bash, which zsh reads by its bashcompinit. */
    public static String bash(CommandSpec tool) {
        return "#compdef chainloop-token\n" + AutoComplete.bash("chainloop-token", new CommandLine(tool)) + END;
    }

    /** The script for fish: a line for each command and option, with its description. */
    public static String fish(CommandSpec tool) {
        String bare = FISH + " -n __fish_use_subcommand";
        StringBuilder script = new StringBuilder(FISH + " -f\n").append(options(bare, tool));
        tool.subcommands().forEach((word, command) -> {
            CommandSpec spec = command.getCommandSpec();
            String chosen = FISH + " -n '__fish_seen_subcommand_from " + word + "'";
            script.append(
                    bare + " -a " + word + " -d " + quoted(spec.usageMessage().header()[0]) + "\n");
            script.append(options(chosen, spec));
            for (PositionalParamSpec argument : spec.positionalParameters()) {
                script.append(chosen + (isFile(argument) ? " -F" : " -a " + quoted(words(argument))) + "\n");
            }
        });
        return script.toString();
    }

    private static String options(String start, CommandSpec command) {
        StringBuilder lines = new StringBuilder();
        for (OptionSpec option : command.options()) {
            lines.append(start);
            for (String name : option.names()) {
                lines.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            String summary = SENTENCE_END.split(option.description()[0], 2)[0];
            lines.append((option.arity().max() > 0 ? value(option) : "") + " -d " + quoted(summary) + "\n");
        }
        return lines.toString();
    }

    private static String value(OptionSpec option) {
        String words = words(option);
        boolean several = option.paramLabel().contains("[,");
        return isFile(option) ? " -r -F" : " -x -a " + quoted(several ? "(__fish_append , " + words + ")" : words);
    }

    private static boolean isFile(ArgSpec argument) {
        return argument.paramLabel().contains("FILE");
    }

    private static String words(ArgSpec argument) {
        return argument.completionCandidates() == null ? "" : String.join(" ", argument.completionCandidates());
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
