package dev.chainloop.token.cli.doc;

import dev.chainloop.token.cli.option.CommandModel;
import dev.chainloop.token.cli.option.Option;
import dev.chainloop.token.core.Keyword;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The shells that can complete a command line; a new one is a constant here and what writes its script. */
public enum Completion implements Keyword {
    BASH,
    ZSH,
    FISH;

    private static final Pattern SENTENCE_END = Pattern.compile("\\.( |$)");
    private static final Pattern SPECIAL = Pattern.compile("[\\[\\]:\\\\]");
    private static final Pattern MORE_VALUES = Pattern.compile("\\[,.*");

    public String script(List<CommandModel> models) {
        CommandModel tool = models.get(0);
        List<CommandModel> commands = models.subList(1, models.size());
        return switch (this) {
            case BASH -> Bash.script(tool, commands);
            case ZSH -> Zsh.script(tool, commands);
            case FISH -> Fish.script(tool, commands);
        };
    }

    private static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    private static boolean takesSeveral(ArgSpec option) {
        return option.paramLabel().contains("[,");
    }

    /** What a shell is told about a value, by its kind. */
    private static String choice(ArgSpec option, String file, String any, String one, String several) {
        boolean free = Option.words(option).isEmpty();
        return option.paramLabel().startsWith("FILE") ? file : free ? any : takesSeveral(option) ? several : one;
    }

    /** What an option does, short enough to fit beside it: the first sentence of its description. */
    private static String summary(ArgSpec option) {
        return SENTENCE_END.split(option.description()[0], 2)[0];
    }

    /** The completion for bash: the words that go with a command and the option before the cursor. */
    private static final class Bash {
        /** bash splits {@code --option=value} into three words. Where there are no words, it completes files. */
        private static final String SCRIPT = """
                _chainloop-token() {
                  local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}
                  local command= joint= before= words= many= reply
                  case $word in
                    =) word= ;;
                    --*=*) joint=${word%%=*}= option=${word%%=*} word=${word#*=} ;;
                    *) if [ "$option" = = ]; then option=${COMP_WORDS[COMP_CWORD - 2]}; fi ;;
                  esac
                  if ((COMP_CWORD > 1)); then command=${COMP_WORDS[1]}; fi
                  case $command in @COMMANDS@) ;; *) command= ;; esac
                  case "$command $option" in
                @CASES@  esac
                  if [[ $many && $word == *,* ]]; then before=${word%,*}, word=${word##*,}; fi
                  COMPREPLY=()
                  for reply in $(compgen -W "$words" -- "$word"); do
                    if [[ ($reply != -* || $word == -*) && ,$before != *,"$reply",* ]]; then COMPREPLY+=("$joint$before$reply"); fi
                  done
                }

                complete -F _chainloop-token -o default chainloop-token
                """;

        static String script(CommandModel tool, List<CommandModel> commands) {
            List<String> words = commands.stream().map(CommandModel::word).toList();
            StringBuilder cases = new StringBuilder();
            commands.forEach(command -> cases.append(cases(command, List.of())));
            return SCRIPT.replace("@COMMANDS@", String.join(" | ", words))
                    .replace("@CASES@", cases.append(cases(tool, words)));
        }

        private static String cases(CommandModel command, List<String> commands) {
            StringBuilder cases = new StringBuilder();
            List<String> words = new ArrayList<>(commands);
            command.arguments().forEach(argument -> words.addAll(Option.words(argument)));
            for (OptionSpec option : command.options()) {
                words.addAll(List.of(option.names()));
                for (String name : takesValue(option) ? option.names() : new String[0]) {
                    cases.append("    '" + command.word() + " " + name + "') words='"
                            + String.join(" ", Option.words(option)) + "'" + (takesSeveral(option) ? " many=1" : "")
                            + " ;;\n");
                }
            }
            return cases + "    '" + command.word() + " '*) words='" + String.join(" ", words) + "' ;;\n";
        }
    }

    /** The completion for zsh: a function for {@code compsys}, with a description of each option. */
    private static final class Zsh {
        /**
         * Options after the command are the command's own. Autoloaded, the file is the function's body; sourced, it
         * defines the function.
         */
        private static final String SCRIPT = """
                #compdef chainloop-token

                _chainloop-token() {
                  local curcontext="$curcontext" state ret=1
                  local -a line commands
                  commands=(
                @COMMANDS@  )
                  _arguments -C -S -A '-*' \\
                @OPTIONS@    '1: :->command' '*:: :->rest' && ret=0
                  case $state in
                    command) _describe -t commands command commands && ret=0 ;;
                    rest)
                      case $line[1] in
                @CASES@      esac
                      ;;
                  esac
                  return ret
                }

                if [ "$funcstack[1]" = _chainloop-token ]; then
                  _chainloop-token "$@"
                else
                  compdef _chainloop-token chainloop-token
                fi
                """;

        static String script(CommandModel tool, List<CommandModel> commands) {
            StringBuilder words = new StringBuilder();
            StringBuilder cases = new StringBuilder();
            for (CommandModel command : commands) {
                words.append("    " + quoted(command.word() + ":" + command.summary()) + "\n");
                cases.append("        " + command.word() + ")\n          _arguments -S \\\n" + options(command)
                        + "            " + argument(command) + "&& ret=0\n          ;;\n");
            }
            return SCRIPT.replace("@COMMANDS@", words)
                    .replace("@OPTIONS@", options(tool))
                    .replace("@CASES@", cases);
        }

        private static String options(CommandModel command) {
            StringBuilder lines = new StringBuilder();
            for (OptionSpec option : command.options()) {
                String text = "[" + SPECIAL.matcher(summary(option)).replaceAll("\\\\$0") + "]"
                        + (takesValue(option) ? value(option) : "");
                for (String name : option.names()) {
                    String joint = takesValue(option) && name.startsWith("--") ? "=" : "";
                    lines.append(
                            "    '(" + String.join(" ", option.names()) + ")'" + name + joint + quoted(text) + " \\\n");
                }
            }
            return lines.toString();
        }

        /** Only arguments with words to choose from: zsh inserts nothing where it also has a message to show. */
        private static String argument(CommandModel command) {
            for (PositionalParamSpec argument : command.arguments()) {
                if (argument.completionCandidates() != null) {
                    return quoted("1" + value(argument)) + " ";
                }
            }
            return "";
        }

        private static String value(ArgSpec option) {
            String name = MORE_VALUES.matcher(option.paramLabel()).replaceFirst("");
            String words = String.join(" ", Option.words(option));
            String several = "_values -s , " + name + " " + words;
            return ":" + name.replace(":", "\\:") + ":" + choice(option, "_files", "", "(" + words + ")", several);
        }

        private static String quoted(String text) {
            return "'" + text.replace("'", "'\\''") + "'";
        }
    }

    /** The completion for fish: a line for each command and option, with its description. */
    private static final class Fish {
        private static final String START = "complete -c chainloop-token";

        static String script(CommandModel tool, List<CommandModel> commands) {
            String bare = START + " -n '__fish_use_subcommand'";
            StringBuilder script = new StringBuilder(START + " -f\n");
            for (CommandModel command : commands) {
                script.append(bare + " -a " + command.word() + " -d " + quoted(command.summary()) + "\n");
            }
            script.append(options(bare, tool));
            for (CommandModel command : commands) {
                String chosen = START + " -n '__fish_seen_subcommand_from " + command.word() + "'";
                script.append(options(chosen, command));
                for (PositionalParamSpec argument : command.arguments()) {
                    if (argument.completionCandidates() != null) {
                        script.append(chosen + " -a " + quoted(String.join(" ", Option.words(argument))) + "\n");
                    }
                }
            }
            return script.toString();
        }

        private static String options(String start, CommandModel command) {
            StringBuilder lines = new StringBuilder();
            for (OptionSpec option : command.options()) {
                lines.append(start);
                for (String name : option.names()) {
                    lines.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
                }
                lines.append((takesValue(option) ? value(option) : "") + " -d " + quoted(summary(option)) + "\n");
            }
            return lines.toString();
        }

        private static String value(ArgSpec option) {
            String words = String.join(" ", Option.words(option));
            String several = " -x -a " + quoted("(__fish_append , " + words + ")");
            return choice(option, " -r -F", " -x", " -x -a " + quoted(words), several);
        }

        private static String quoted(String text) {
            return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
        }
    }
}
