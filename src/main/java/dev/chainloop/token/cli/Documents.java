package dev.chainloop.token.cli;

import dev.chainloop.token.cli.doc.Completion;
import dev.chainloop.token.cli.doc.Help;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Run by the build: writes the completions, which are packed as resources, and the manual. */
public final class Documents {
    /** With the indent of the manual's sections, 80 columns have room for it. */
    private static final int WIDTH = 72;

    private Documents() {}

    /** Takes the folder of the resources, the manual's file, its part that is written by hand, and its date */
    public static void main(String... args) throws IOException {
        CommandSpec tool = Invocation.of().spec();
        StringBuilder commands = new StringBuilder();
        for (Subcommand one : Subcommand.values()) {
            tool.addSubcommand(one.word(), Invocation.of(one.word()).spec());
            String help = Help.of(Invocation.of(one.word()).spec(), WIDTH);
            commands.append(".Ss " + one.word() + "\n.Bd -literal\n" + escaped(help) + ".Ed\n");
        }
        Files.writeString(Path.of(args[0], "completion.bash"), Completion.bash(tool));
        Files.writeString(Path.of(args[0], "completion.zsh"), Completion.zsh(tool));
        Files.writeString(Path.of(args[0], "completion.fish"), Completion.fish(tool));

        String date = LocalDate.parse(args[3].substring(0, "2026-01-01".length()))
                .format(DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ROOT)); // As mdoc wants it.
        Path page = Path.of(args[1]);
        Files.createDirectories(page.getParent());
        Files.writeString(
                page,
                Files.readString(Path.of(args[2]))
                        .replace("@VERSION@", Version.VALUE)
                        .replace("@DATE@", date)
                        .replace("@COMMANDS@\n", commands));
    }

    /** Text as it is, escaped from mdoc. */
    private static String escaped(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("`", "\\(ga")
                .replace("'", "\\(aq")
                .replace("~", "\\(ti")
                .replace("\"", "\\(dq")
                .replace("…", "\\[u2026]")
                .replace("\n.", "\n\\&.");
    }
}
