package dev.chainloop.token.cli.doc;

import dev.chainloop.token.core.Keyword;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The shells that can complete a command line; a new one is a constant here and what writes its script. */
public enum Shell implements Keyword {
    BASH("bash"),
    ZSH("zsh"),
    FISH("fish");

    private final String word;

    Shell(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** The script that the shell reads. */
    public String script(List<CommandModel> models) {
        return switch (this) {
            case BASH -> BashCompletion.script(models);
            case ZSH -> Zsh.script(models);
            case FISH -> Fish.script(models);
        };
    }

    /** The completion for zsh: a function for {@code compsys}, with a description of each option. */
    private static final class Zsh {
        private final StringBuilder script = new StringBuilder();

        static String script(List<CommandModel> models) {
            return new Zsh().all(models);
        }

        private String all(List<CommandModel> models) {
            line("#compdef chainloop-token");
            line("");
            line("_chainloop-token() {");
            line("  local curcontext=\"$curcontext\" state ret=1");
            line("  local -a line commands");
            line("  commands=(");
            for (CommandModel command : models.subList(1, models.size())) {
                line("    " + quoted(command.word() + ":" + command.summary()));
            }
            line("  )");
            // Options after the command are the command's own.
            line("  _arguments -C -S -A '-*' \\");
            options(models.get(0));
            line("    '1: :->command' '*:: :->rest' && ret=0");
            line("  case $state in");
            line("    command) _describe -t commands command commands && ret=0 ;;");
            line("    rest)");
            line("      case $line[1] in");
            for (CommandModel command : models.subList(1, models.size())) {
                line("        " + command.word() + ")");
                line("          _arguments -S \\");
                options(command);
                line("            " + argument(command) + "&& ret=0");
                line("          ;;");
            }
            line("      esac");
            line("      ;;");
            line("  esac");
            line("  return ret");
            line("}");
            line("");
            // Autoloaded, the file is the function's body; sourced, it defines the function.
            line("if [ \"$funcstack[1]\" = _chainloop-token ]; then");
            line("  _chainloop-token \"$@\"");
            line("else");
            line("  compdef _chainloop-token chainloop-token");
            line("fi");
            return script.toString();
        }

        private void options(CommandModel command) {
            for (OptionSpec option : command.parameters().options()) {
                String text = "[" + CommandModel.Value.summary(option).replaceAll("([\\[\\]:\\\\])", "\\\\$1") + "]"
                        + (CommandModel.Value.takesOne(option) ? value(CommandModel.Value.of(option)) : "");
                String others = "'(" + String.join(" ", option.names()) + ")'";
                for (String name : option.names()) {
                    String joint = CommandModel.Value.takesOne(option) && name.startsWith("--") ? "=" : "";
                    line("    " + others + name + joint + quoted(text) + " \\");
                }
            }
        }

        /** Only arguments with words to choose from: zsh inserts nothing where it also has a message to show. */
        private static String argument(CommandModel command) {
            for (PositionalParamSpec argument : command.parameters().arguments()) {
                if (argument.completionCandidates() != null) {
                    return quoted("1" + value(CommandModel.Value.of(argument))) + " ";
                }
            }
            return "";
        }

        private static String value(CommandModel.Value values) {
            String label = ":" + values.label().replace(":", "\\:") + ":";
            if (values.file()) {
                return label + "_files";
            }
            if (values.words().isEmpty()) {
                return label;
            }
            return values.many()
                    ? label + "_values -s , " + values.label() + " " + String.join(" ", values.words())
                    : label + "(" + String.join(" ", values.words()) + ")";
        }

        private static String quoted(String text) {
            return "'" + text.replace("'", "'\\''") + "'";
        }

        private void line(String text) {
            script.append(text).append('\n');
        }
    }

    /** The completion for fish: a line for each command and option, with its description. */
    private static final class Fish {
        private static final String START = "complete -c chainloop-token";

        private final StringBuilder script = new StringBuilder();

        static String script(List<CommandModel> models) {
            return new Fish().all(models);
        }

        private String all(List<CommandModel> models) {
            line(START + " -f");
            String bare = "'__fish_use_subcommand'";
            for (CommandModel command : models.subList(1, models.size())) {
                line(START + " -n " + bare + " -a " + command.word() + " -d " + quoted(command.summary()));
            }
            options(bare, models.get(0));
            for (CommandModel command : models.subList(1, models.size())) {
                String chosen = "'__fish_seen_subcommand_from " + command.word() + "'";
                options(chosen, command);
                for (PositionalParamSpec positional : command.parameters().arguments()) {
                    CommandModel.Value values = CommandModel.Value.of(positional);
                    if (!values.words().isEmpty()) {
                        line(START + " -n " + chosen + " -a " + quoted(String.join(" ", values.words())));
                    }
                }
            }
            return script.toString();
        }

        private void options(String when, CommandModel command) {
            for (OptionSpec option : command.parameters().options()) {
                StringBuilder line = new StringBuilder(START + " -n " + when);
                for (String name : option.names()) {
                    line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
                }
                if (CommandModel.Value.takesOne(option)) {
                    line.append(values(CommandModel.Value.of(option)));
                }
                line(line.append(" -d ")
                        .append(quoted(CommandModel.Value.summary(option)))
                        .toString());
            }
        }

        private static String values(CommandModel.Value values) {
            if (values.file()) {
                return " -r -F";
            }
            String words = String.join(" ", values.words());
            if (words.isEmpty()) {
                return " -x";
            }
            return " -x -a " + (values.many() ? quoted("(__fish_append , " + words + ")") : quoted(words));
        }

        private static String quoted(String text) {
            return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
        }

        private void line(String text) {
            script.append(text).append('\n');
        }
    }
}
