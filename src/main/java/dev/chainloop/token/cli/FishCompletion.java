package dev.chainloop.token.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What fish needs: a line for each command and option, with what it does. */
final class FishCompletion {
    private static final String START = "complete -c chainloop-token";

    private final StringBuilder script = new StringBuilder();

    private FishCompletion() {}

    static String script() {
        return new FishCompletion().all();
    }

    private String all() {
        line(START + " -f");
        String bare = "'__fish_use_subcommand'";
        for (Subcommand subcommand : Subcommand.values()) {
            line(START + " -n " + bare + " -a " + subcommand.word() + " -d " + quoted(subcommand.summary()));
        }
        options(bare, Invocation.of().spec());
        for (Subcommand subcommand : Subcommand.values()) {
            String chosen = "'__fish_seen_subcommand_from " + subcommand.word() + "'";
            CommandSpec spec = Invocation.of(subcommand.word()).spec();
            options(chosen, spec);
            for (PositionalParamSpec positional : spec.positionalParameters()) {
                Values values = Values.of(positional);
                if (!values.words().isEmpty()) {
                    line(START + " -n " + chosen + " -a " + quoted(String.join(" ", values.words())));
                }
            }
        }
        return script.toString();
    }

    private void options(String when, CommandSpec spec) {
        for (OptionSpec option : spec.options()) {
            StringBuilder line = new StringBuilder(START + " -n " + when);
            for (String name : option.names()) {
                line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            if (Values.takesOne(option)) {
                line.append(values(Values.of(option)));
            }
            line(line.append(" -d ").append(quoted(Values.summary(option))).toString());
        }
    }

    private static String values(Values values) {
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
