package dev.chainloop.token.cli;

import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes the scripts by which the shells complete a command line. */
final class Completion {
    private static final Pattern SENTENCE_END = Pattern.compile("\\.( |$)");
    private static final String FISH = "complete -c chainloop-token";

    private static final String FILES = "_chainloop-token_files \"${curr_word}\"";

    private static final String FUNCTION = """
            # Completes a word with the names of files, each as it is. Where bash has no compopt, it quotes none itself.
            function _chainloop-token_files() {
              local file
              COMPREPLY=()
              while IFS= read -r file; do
                [ -n "$file" ] || continue
                type compopt &>/dev/null || printf -v file %q "$file"
                COMPREPLY[${#COMPREPLY[@]}]=$file
              done <<<"$(compgen -f -- "$1")"
            }

            """;

    private Completion() {}

    /**
     * picocli's script for bash, but for the names of files: picocli passes them to {@code compgen -W}, which runs what looks like code
     * in them, or to an unquoted substitution, which splits and expands them.
     */
    static String bash(CommandSpec tool) {
        String script = AutoComplete.bash("chainloop-token", new CommandLine(tool));
        String start = "# Bash completion entry point function.\n";
        return script.replace("COMPREPLY=( $( compgen -f -- \"${curr_word}\" ) ) # files", FILES)
                .replace("positionals=$( compgen -f -- \"${curr_word}\" ) # files", FILES + "\n      return")
                .replace(start, FUNCTION + start);
    }

    /** The script for zsh, the body of a function that it loads by itself. */
    static String zsh(CommandSpec tool) {
        StringBuilder commands = new StringBuilder("#compdef chainloop-token\nlocal -a commands=(\n");
        StringBuilder cases = new StringBuilder("case $words[2] in\n");
        tool.subcommands().forEach((word, command) -> {
            CommandSpec spec = command.getCommandSpec();
            commands.append(inZsh(word + ":" + spec.usageMessage().header()[0]) + "\n");
            cases.append(word + ") shift words; ((CURRENT--)); _arguments -s" + arguments(spec) + ";;\n");
        });
        commands.append(")\nif ((CURRENT == 2)) && [[ $PREFIX != -* ]]; then _describe command commands; return; fi\n");
        return commands.append(cases) + "*) _arguments -s" + arguments(tool) + ";;\nesac\n";
    }

    private static String arguments(CommandSpec command) {
        StringBuilder words = new StringBuilder();
        for (OptionSpec option : command.options()) {
            boolean valued = option.arity().max() > 0;
            for (String name : option.names()) {
                String joined = name.startsWith("--") ? "=" : "+";
                words.append(inZsh("(" + String.join(" ", option.names()) + ")" + name + (valued ? joined : "") + "["
                        + summary(option) + "]" + (valued ? action(option) : "")));
            }
        }
        for (PositionalParamSpec argument : command.positionalParameters()) {
            words.append(inZsh("*" + action(argument)));
        }
        return words.toString();
    }

    private static String action(ArgSpec argument) {
        String label = argument.paramLabel().replaceAll("\\W+", " ").strip();
        String words = words(argument);
        boolean several = argument.paramLabel().contains("[,");
        // The word after the comma describes the values, and is not one of them.
        String values = several ? "_values -s , " + label.split(" ", 2)[0] + " " + words : "(" + words + ")";
        return ":" + label + ":" + (isFile(argument) ? "_files" : values);
    }

    private static String inZsh(String word) {
        return " '" + word.replace("'", "'\\''") + "'";
    }

    /** The script for fish: a line for each command and option, with its description. */
    static String fish(CommandSpec tool) {
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
            lines.append((option.arity().max() > 0 ? value(option) : "") + " -d " + quoted(summary(option)) + "\n");
        }
        return lines.toString();
    }

    /** Its first sentence. None has a bracket, which zsh would read as the end. */
    private static String summary(OptionSpec option) {
        return SENTENCE_END.split(option.description()[0], 2)[0];
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
