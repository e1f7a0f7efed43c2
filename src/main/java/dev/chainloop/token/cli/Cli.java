package dev.chainloop.token.cli;

import dev.chainloop.token.cli.doc.Help;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.render.Report;
import dev.chainloop.token.render.ViewOptions;

/** Runs one command line. Catches everything and returns only the status. */
public final class Cli {
    private final World world;
    private final Console console;

    /** A command line in a world. */
    public Cli(World world) {
        this.world = world;
        this.console = new Console(world);
    }

    /**
     * Runs a command line.
     *
     * @param args the arguments, as the shell split them
     * @return the exit status
     */
    public int run(String... args) {
        Invocation invocation = Invocation.of(args);
        ExitCode code;
        try {
            code = run(invocation);
        } catch (Console.OutputException e) {
            code = unwritten(e);
        } catch (LinkageError e) {
            throw e; // Not a bug: the system allowed no class to be loaded, so as little as possible is done from here
            // on.
        } catch (Throwable e) { // Even a stack overflow or a full heap must not print a trace that could quote a token.
            code = ExitCode.DEFECT;
            if (invocation.isOfLines()) {
                // A multi-line object would break the format of the lines already written.
                console.error(defect(e));
            } else {
                fail(invocation, code, defect(e));
            }
        }
        return code.status();
    }

    private ExitCode run(Invocation invocation) throws Console.OutputException {
        try {
            invocation.parse();
            if (invocation.wantsHelp()) {
                console.answer(Help.of(invocation.model(), Subcommand.names(), world.environment(), world.outKind()));
                return ExitCode.OK;
            }
            if (invocation.wantsVersion()) {
                console.answer("chainloop-token " + Version.VALUE + "\n");
                return ExitCode.OK;
            }
            return invocation.command().run(world, console);
        } catch (Request.UnreadableKeyException e) {
            return fail(invocation, ExitCode.UNREADABLE, e.fault());
        } catch (UsageException e) {
            String help = "Try `chainloop-token " + invocation.word() + "--help`.";
            return fail(invocation, ExitCode.USAGE, new Fault("usage", String.valueOf(e.getMessage()), help));
        }
    }

    private ExitCode fail(Invocation invocation, ExitCode code, Fault fault) {
        console.error(fault);
        Diagnosis failed = Diagnosis.failed(fault, world.clock().instant());
        try {
            new AnswerWriter(world, console)
                    .write(invocation
                            .askedFormat()
                            .report()
                            .render(Report.Subject.inspected(failed, false), ViewOptions.PLAIN));
        } catch (Console.OutputException e) {
            return unwritten(e);
        } catch (RuntimeException e) {
            // Writing the output may be what failed in the first place.
            return ExitCode.DEFECT;
        }
        return code;
    }

    private ExitCode unwritten(Console.OutputException e) {
        console.error(String.valueOf(e.getMessage()), e.remedy());
        return ExitCode.OUTPUT;
    }

    /** Says where a bug is. Its message is left out, because it could contain anything. */
    private static Fault defect(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0].getFileName() + ":" + trace[0].getLineNumber();
        return new Fault(
                "defect",
                "this is a bug in chainloop-token " + Version.VALUE + " ("
                        + e.getClass().getSimpleName() + place + ")",
                "Please open an issue that quotes this line; it contains nothing of your token.");
    }
}
