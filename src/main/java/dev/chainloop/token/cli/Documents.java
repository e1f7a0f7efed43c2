package dev.chainloop.token.cli;

import dev.chainloop.token.cli.doc.Completion;
import dev.chainloop.token.cli.doc.Manual;
import dev.chainloop.token.cli.option.CommandModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Run by the build: writes the manual and the completions of the installed folder. */
public final class Documents {
    private Documents() {}

    /**
     * Writes the manual and the completions.
     *
     * @param args the folder {@code share}, the main page's part that is written by hand, and the pages' date
     */
    public static void main(String... args) throws IOException {
        Path share = Path.of(args[0]);
        String handwritten = Files.readString(Path.of(args[1]));
        String date = LocalDate.parse(args[2].substring(0, "2026-01-01".length()))
                .format(DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ROOT));

        List<CommandModel> models = Subcommand.models();
        write(share.resolve("man/man1/chainloop-token.1"), Manual.main(models, Version.VALUE, date, handwritten));
        for (CommandModel command : models.subList(1, models.size())) {
            write(
                    share.resolve("man/man1/chainloop-token-" + command.word() + ".1"),
                    Manual.of(command, Version.VALUE, date));
        }
        write(share.resolve("bash-completion/completions/chainloop-token"), Completion.BASH.script(models));
        write(share.resolve("zsh/site-functions/_chainloop-token"), Completion.ZSH.script(models));
        write(share.resolve("fish/vendor_completions.d/chainloop-token.fish"), Completion.FISH.script(models));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
