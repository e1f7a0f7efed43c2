package dev.chainloop.token.cli.doc;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The manual, in mdoc: a section a command, with its help, between sections that are written by hand. */
public final class Manual {
    /** With the indent of its section, 80 columns have room for it. */
    private static final int WIDTH = 72;

    private Manual() {}

    /**
     * The page.
     *
     * @param date as mdoc wants it: month day, year
     * @param handwritten the page, with places for the version, the date and the commands
     */
    public static String of(CommandSpec tool, String version, String date, String handwritten) {
        StringBuilder commands = new StringBuilder();
        for (Map.Entry<String, CommandLine> command : tool.subcommands().entrySet()) {
            commands.append(".Ss " + command.getKey() + "\n")
                    .append(literal(Help.of(command.getValue().getCommandSpec(), WIDTH)));
        }
        return handwritten.replace("@VERSION@", version).replace("@DATE@", date).replace("@COMMANDS@\n", commands);
    }

    /** Text as it is, escaped from mdoc. */
    private static String literal(String text) {
        String safe = text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("`", "\\(ga")
                .replace("'", "\\(aq")
                .replace("~", "\\(ti")
                .replace("\"", "\\(dq")
                .replace("…", "\\[u2026]")
                .replace("\n.", "\n\\&.");
        return ".Bd -literal\n" + safe + ".Ed\n";
    }
}
