package dev.chainloop.token.cli.doc;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The completion for fish: a line for each command and option, with its description. */
final class FishCompletion {
    private static final String START = "complete -c chainloop-token";

    private final StringBuilder script = new StringBuilder();

    private FishCompletion() {}

    static String script(List<CommandModel> models) {
        return new FishCompletion().all(models);
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
