package dev.chainloop.token.cli.doc;

import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.diagnosis.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual's pages, in mdoc, made from the commands' models. Part of the main page is written by hand. */
public final class Manual {
    private static final String EXIT_STATUS = "@EXIT STATUS@\n";
    private static final String FINDINGS = "@FINDINGS@\n";

    private final StringBuilder page = new StringBuilder();
    private final CommandModel command;

    private Manual(CommandModel command) {
        this.command = command;
    }

    /**
     * The page of the tool.
     *
     * @param version the tool's
     * @param date as mdoc wants it: month day, year
     * @param handwritten the sections after the options, with places for the exit statuses and the findings
     */
    public static String main(ToolModel tool, String version, String date, String handwritten) {
        Manual manual = new Manual(tool.tool());
        manual.head("chainloop-token", "find, decode and diagnose Chainloop tokens", version, date);
        manual.line(".Nm");
        manual.line(".Op Ar COMMAND");
        manual.line(".Op Ar OPTIONS");
        manual.line(".Op Ar TOKEN | Fl");
        manual.section("DESCRIPTION");
        manual.line(".Nm");
        manual.text("finds the token that the Chainloop command line would send, decodes it without its key, "
                + "says what kind it is, what is wrong with it and what to do. "
                + "It works offline unless you ask it not to, and it never prints the token. Without a command it is");
        manual.line(".Xr chainloop-token-inspect 1 .");
        manual.section("COMMANDS");
        manual.line(".Bl -tag -width completion");
        for (CommandModel command : tool.commands()) {
            manual.line(".It Cm " + command.word());
            manual.text(command.summary());
            manual.line("See");
            manual.line(".Xr chainloop-token-" + command.word() + " 1 .");
        }
        manual.line(".El");
        manual.arguments();
        manual.options();
        Manual exits = new Manual(tool.tool());
        exits.exitStatus();
        Manual findings = new Manual(tool.tool());
        findings.findings();
        return manual.page + handwritten.replace(EXIT_STATUS, exits.page).replace(FINDINGS, findings.page);
    }

    /**
     * The page of a command.
     *
     * @param version the tool's
     * @param date as mdoc wants it: month day, year
     */
    public static String of(CommandModel command, String version, String date) {
        Manual manual = new Manual(command);
        manual.head("chainloop-token-" + command.word(), withoutStop(command.summary()), version, date);
        manual.line(".Nm " + command.name());
        manual.line(".Op Ar OPTIONS");
        for (PositionalParamSpec argument : command.parameters().arguments()) {
            manual.line(argument.paramLabel().startsWith("[") ? ".Op Ar " + label(argument) : ".Ar " + label(argument));
        }
        manual.section("DESCRIPTION");
        manual.text(command.summary());
        manual.arguments();
        manual.options();
        manual.exitStatus();
        manual.section("EXAMPLES");
        manual.line(".Bd -literal");
        for (String example : command.examples()) {
            manual.text(example);
        }
        manual.line(".Ed");
        manual.section("SEE ALSO");
        manual.line(".Xr chainloop-token 1");
        return manual.page.toString();
    }

    private void head(String name, String summary, String version, String date) {
        line(".\\\" Made in the build from the same model as the help.");
        line(".Dd " + date);
        line(".Dt " + name.toUpperCase(Locale.ROOT) + " 1");
        line(".Os chainloop-token " + version);
        section("NAME");
        line(".Nm " + name);
        line(".Nd " + escaped(summary));
        section("SYNOPSIS");
    }

    private void arguments() {
        List<PositionalParamSpec> arguments = command.parameters().arguments();
        if (arguments.isEmpty()) {
            return;
        }
        section("ARGUMENTS");
        line(".Bl -tag -width Ds");
        for (PositionalParamSpec argument : arguments) {
            line(".It Ar " + label(argument));
            describe(argument);
        }
        line(".El");
    }

    private void options() {
        section("OPTIONS");
        for (Parameters.Group group : command.parameters().groups()) {
            line(".Ss " + group.heading());
            line(".Bl -tag -width Ds");
            for (OptionSpec option : group.options()) {
                List<String> forms = new ArrayList<>();
                for (String name : option.names()) {
                    forms.add("Fl " + escaped(name.substring(1))
                            + (OptionValue.takesOne(option) ? " Ar " + label(option) : ""));
                }
                line(".It " + String.join(" , ", forms));
                describe(option);
            }
            line(".El");
        }
    }

    private void describe(ArgSpec argument) {
        text(argument.description()[0]);
        OptionValue values = OptionValue.of(argument);
        if (!values.words().isEmpty()) {
            line(".Pp");
            text((values.many() ? "Values, separated by commas: " : "Values: ") + String.join(", ", values.words())
                    + ".");
        }
    }

    private void exitStatus() {
        section("EXIT STATUS");
        line(".Bl -tag -width Ds");
        for (CommandModel.Exit exit : command.exits()) {
            line(".It " + exit.status());
            text(exit.meaning() + ".");
        }
        line(".El");
    }

    private void findings() {
        section("FINDINGS");
        text("What may be wrong with a token or around it, by the id that stands in the JSON output. "
                + "On those of severity error check fails.");
        line(".Bl -tag -width Ds");
        for (Rule rule : Rule.values()) {
            line(".It Cm " + escaped(rule.id()) + " Pq " + rule.severity().word());
            text(rule.meaning() + ".");
        }
        line(".El");
    }

    private static String label(ArgSpec argument) {
        String label = argument.paramLabel();
        String bare = label.startsWith("[") && label.endsWith("]") ? label.substring(1, label.length() - 1) : label;
        return bare.equals("TOKEN | -") ? "TOKEN | Fl" : escaped(bare);
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private void section(String title) {
        line(".Sh " + title);
    }

    /** Text, with each sentence on a line of its own, as is the custom in mdoc. */
    private void text(String text) {
        line(escaped(text).replace(". ", ".\n"));
    }

    private void line(String line) {
        page.append(line).append('\n');
    }

    /** Escapes text for use in a line or as a macro's argument. */
    private static String escaped(String text) {
        String safe = text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("`", "\\(ga")
                .replace("'", "\\(aq")
                .replace("~", "\\(ti")
                .replace("\"", "\\(dq")
                .replace("…", "\\[u2026]");
        return safe.startsWith(".") ? "\\&" + safe : safe;
    }
}
