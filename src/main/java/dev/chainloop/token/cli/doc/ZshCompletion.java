package dev.chainloop.token.cli.doc;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The completion for zsh: a function for {@code compsys}, with a description of each option. */
final class ZshCompletion {
    private final StringBuilder script = new StringBuilder();

    private ZshCompletion() {}

    static String script(List<CommandModel> models) {
        return new ZshCompletion().all(models);
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
