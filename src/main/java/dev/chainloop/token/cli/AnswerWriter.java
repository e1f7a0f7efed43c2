package dev.chainloop.token.cli;

import dev.chainloop.token.render.Report.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/** Writes each part of an answer where it belongs. */
final class AnswerWriter {
    private final World world;
    private final Console console;

    AnswerWriter(World world, Console console) {
        this.world = world;
        this.console = console;
    }

    /** Writes all of it. */
    void write(Answer answer) throws Console.OutputException {
        for (String line : answer.notes()) {
            console.tell(line);
        }
        if (!answer.text().isEmpty()) {
            console.answer(answer.text());
        }
        append(answer);
    }

    /** Writes only to the files, and nothing to the log. */
    void append(Answer answer) throws Console.OutputException {
        for (Map.Entry<String, String> part : answer.appended().entrySet()) {
            append(part.getKey(), part.getValue());
        }
    }

    private void append(String variable, String text) throws Console.OutputException {
        Optional<String> file = world.environment().nonEmpty(variable);
        if (file.isEmpty()) {
            return;
        }
        try {
            Files.write(
                    Path.of(file.get()),
                    text.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException | InvalidPathException e) {
            throw new Console.OutputException(
                    "the file that $" + variable + " names cannot be written", "Check the disk and the path.");
        }
    }
}
