package dev.chainloop.token.cli.doc;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The completion for fish: a line for each command and option, with its description. */
final class FishCompletion {
    private static final String START = "complete -c chainloop-token";

    private final StringBuilder script = new StringBuilder();

    private FishCompletion() {}

    static String script(ToolModel tool) {
        return new FishCompletion().all(tool);
    }

    private String all(ToolModel tool) {
        line(START + " -f");
        String bare = "'__fish_use_subcommand'";
        for (CommandModel command : tool.commands()) {
            line(START + " -n " + bare + " -a " + command.word() + " -d " + quoted(command.summary()));
        }
        options(bare, tool.tool());
        for (CommandModel command : tool.commands()) {
            String chosen = "'__fish_seen_subcommand_from " + command.word() + "'";
            options(chosen, command);
            for (PositionalParamSpec positional : command.parameters().arguments()) {
                OptionValue values = OptionValue.of(positional);
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
            if (OptionValue.takesOne(option)) {
                line.append(values(OptionValue.of(option)));
            }
            line(line.append(" -d ").append(quoted(OptionValue.summary(option))).toString());
        }
    }

    private static String values(OptionValue values) {
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
