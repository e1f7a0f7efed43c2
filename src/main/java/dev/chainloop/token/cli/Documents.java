package dev.chainloop.token.cli;

import dev.chainloop.token.cli.doc.Completion;
import dev.chainloop.token.cli.doc.Manual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Run by the build: writes the manual, and the completions that are packed as resources. */
public final class Documents {
    private Documents() {}

    /**
     * Writes the manual and the completions.
     *
     * @param args the folder of the resources, the manual's file, its part that is written by hand, and its date
     */
    public static void main(String... args) throws IOException {
        CommandSpec tool = Subcommand.tool();
        Files.writeString(Path.of(args[0], "completion.bash"), Completion.bash(tool));
        Files.writeString(Path.of(args[0], "completion.fish"), Completion.fish(tool));

        String date = LocalDate.parse(args[3].substring(0, "2026-01-01".length()))
                .format(DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ROOT));
        Path page = Path.of(args[1]);
        Files.createDirectories(page.getParent());
        Files.writeString(page, Manual.of(tool, Version.VALUE, date, Files.readString(Path.of(args[2]))));
    }
}
