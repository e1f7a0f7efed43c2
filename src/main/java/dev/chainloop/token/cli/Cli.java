package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Options;
import dev.chainloop.token.cli.option.UsageException;

/** Runs one command line. Catches everything and returns only the status. */
public final class Cli {
    private Cli() {}

    public static int run(World world, String... args) {
        Console console = new Console(world);
        Invocation invocation = Invocation.of(args);
        try {
            invocation.parse();
            if (Options.isSet(invocation.help)) {
                console.answer(invocation.help(world));
            } else if (Options.isSet(invocation.version)) {
                console.answer("chainloop-token " + Version.VALUE + "\n");
            } else {
                return invocation.command.run(world, console).status;
            }
            return ExitCode.OK.status;
        } catch (UsageException e) {
            console.error(String.valueOf(e.getMessage()), "Try `" + invocation.furtherHelp() + "`.");
            return ExitCode.USAGE.status;
        } catch (Console.OutputException e) {
            console.error(String.valueOf(e.getMessage()));
            return ExitCode.OUTPUT.status;
        } catch (LinkageError e) {
            throw e; // Not a bug: the system allowed no class to be loaded. Main reports it without another.
        } catch (Throwable e) { // Even a stack overflow or a full heap must not print a trace that could quote a token.
            // An exception's message is left out, because it could contain anything.
            StackTraceElement[] trace = e.getStackTrace();
            String place = trace.length == 0 ? "" : " at " + trace[0].getFileName() + ":" + trace[0].getLineNumber();
            console.error(
                    "this is a bug in chainloop-token " + Version.VALUE + " ("
                            + e.getClass().getSimpleName() + place + ")",
                    "Please open an issue that quotes this line; it contains no part of your token.");
            return ExitCode.DEFECT.status;
        }
    }
}
