package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.CheckResult;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Failure;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.render.DotenvReport;
import dev.chainloop.token.render.GithubReport;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.Palette;
import dev.chainloop.token.render.ShellReport;
import dev.chainloop.token.render.View;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/** Answers for CI systems; besides stdout GitHub's are written to the files that its runner names. */
final class CiOutput {
    private CiOutput() {}

    static void write(
            OutputFormat format,
            Diagnosis diagnosis,
            Optional<CheckResult> check,
            View colored,
            World world,
            Console console)
            throws Console.OutputException {
        View view = plain(colored);
        switch (format) {
            case GITHUB -> {
                GithubReport report = new GithubReport(diagnosis, check, view);
                console.answer(report.log());
                writeFiles(report, world);
            }
            case DOTENV -> {
                tellProblems(diagnosis, check, console);
                dotenv(DotenvReport.render(diagnosis, view), console);
            }
            case SHELL -> {
                tellProblems(diagnosis, check, console);
                console.answer(ShellReport.render(diagnosis, view));
            }
            case TEXT, JSON -> throw new IllegalArgumentException("not a CI format");
        }
    }

    /** Says on stderr what the values on stdout do not, for the log of a job that fails. */
    private static void tellProblems(Diagnosis diagnosis, Optional<CheckResult> check, Console console) {
        if (check.isPresent()) {
            for (Failure failure : check.get().failures()) {
                console.tell("error: " + failure.message() + " " + failure.remedy());
            }
        }
        for (Finding finding : check.isPresent() ? check.get().others() : diagnosis.findings()) {
            if (finding.severity() != Severity.INFO) {
                console.tell(finding.severity().word() + ": " + finding.message() + " " + finding.remedy());
            }
        }
    }

    /** Writes the step's outputs and the summary alone, without a word in the log. */
    static void writeGithubFiles(Diagnosis diagnosis, CheckResult check, View colored, World world)
            throws Console.OutputException {
        writeFiles(new GithubReport(diagnosis, Optional.of(check), plain(colored)), world);
    }

    private static View plain(View view) {
        return new View(view.home(), view.redact(), Palette.PLAIN);
    }

    private static void writeFiles(GithubReport report, World world) throws Console.OutputException {
        String delimiter = "chainloop-token-" + UUID.randomUUID();
        append("GITHUB_OUTPUT", report.outputs(delimiter), world);
        append("GITHUB_STEP_SUMMARY", report.summary(), world);
    }

    private static void append(String variable, String text, World world) throws Console.OutputException {
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

    private static void dotenv(DotenvReport report, Console console) throws Console.OutputException {
        for (String variable : report.leftOut()) {
            console.note(variable + " is left out: its value has a character that a dotenv file cannot hold");
        }
        console.answer(report.text());
    }
}
