package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.ClassPrepareRequest;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.GoldenCase;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a start may load, counted, since no machine changes that: the project's own classes, lambdas and hidden ones included,
 * each of which takes a tenth of a millisecond, and patterns that are compiled, by a breakpoint in their constructor.
 */
class BudgetIT {
    private static final String PATTERN = "java.util.regex.Pattern";

    private static final String RUN = """
            "$JAVA_HOME/bin/java" "$WATCH" "-Xbootclasspath/a:$JAR" -cp "$JAR" dev.chainloop.token.Main $ARGS >out
            """;

    @TempDir
    Path home;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            an API token of the variable         | terminal | API      | ''                   |  81 |  3 | API token "ci" of acme: never
            a healthy login at a terminal        | terminal | LOGIN    | ''                   |  90 |  3 | User token .*: expires
            a healthy login without a terminal   | job      | LOGIN    | ''                   | 105 |  3 | User token .*: expires
            an expired login                     | terminal | EXPIRED  | ''                   | 130 |  3 | ✗ User token .*: expired
            an expired API token in a GitHub job | github   | API-OVER | ''                   | 130 |  3 | ✗ API token "ci" of acme: exp
            explain of a known message           | terminal | EXPIRED  | explain issuer.*  | 190 | 20 | issuer not found
            """)
    void needsFewClassesAndPatterns(
            String name, String place, String token, String args, int classes, int patterns, String said)
            throws Exception {
        // A token in a variable that nothing reads would be a finding.
        Program run = Tool.in(home).unset("T").unset("CHAINLOOP_TOKEN");
        run.env("ARGS", args.replace("issuer.*", "issuer not found: cp.chainloop"));
        switch (token) {
            case "API" -> run.env("CHAINLOOP_TOKEN", TokenMint.described("API"));
            case "API-OVER" -> run.env("CHAINLOOP_TOKEN", TokenMint.described("API exp=1"));
            case "LOGIN" -> GoldenCase.logIn(home, TokenMint.described("USER exp=4102444800"));
            default -> GoldenCase.logIn(home, TokenMint.described("USER"));
        }
        if (place.equals("terminal")) {
            Program.require("script");
            run.atTerminal();
        } else if (place.equals("github")) {
            run.env("GITHUB_ACTIONS", "true").env("CI", "true").env("GITHUB_REPOSITORY", "acme/web");
        }
        run.env("WATCH", "-Xlog:class+load:file=loaded").script(RUN);
        String answer = Files.readString(home.resolve("out"));
        assertTrue(answer.matches("(?s)" + said + ".*"), answer);
        long loaded = Files.readString(home.resolve("loaded"))
                .lines()
                .filter(line -> line.contains("] dev.chainloop."))
                .count();
        assertTrue(
                loaded > 40 && loaded <= classes,
                name + ": " + loaded + " classes, at most " + classes
                        + "; is there a lambda in what every start runs?");
        // Not in the same run: with a debugger, more classes are verified, and so loaded.
        long compiled = calls(run, PATTERN, "<init>");
        assertTrue(compiled <= patterns, name + ": " + compiled + " patterns");
    }

    /** A value is decoded once, wherever it stands and whoever asks what it is; the token within a malformed one is another. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "an expired login in a job,                  '',            USER,               '',         1",
        "'a stale variable, a login, a third token', API exp=1,     USER exp=4102444800, API jti=\"x\", 3",
        "a token behind Bearer beside a login,       Bearer,        USER exp=4102444800, '',         3",
        "the same token behind Bearer and as login,  Bearer of USER exp=4102444800, USER exp=4102444800, '', 2",
    })
    void decodesEachValueOnce(String name, String variable, String login, String stray, int decoded) throws Exception {
        Program run = Tool.in(home)
                .unset("T")
                .unset("CHAINLOOP_TOKEN")
                .env("GITHUB_ACTIONS", "true")
                .env("CI", "true");
        GoldenCase.logIn(home, TokenMint.described(login));
        if (!variable.isEmpty()) {
            String bare = variable.replaceFirst("^Bearer( of )?", "");
            String token = TokenMint.described(bare.isEmpty() ? "API" : bare);
            run.env("CHAINLOOP_TOKEN", bare.equals(variable) ? token : "Bearer " + token);
        }
        if (!stray.isEmpty()) {
            run.env("OTHER_TOKEN", TokenMint.described(stray));
        }
        run.env("ARGS", "");
        assertEquals(decoded, calls(run, "dev.chainloop.token.core.Parser", "decode"));
    }

    /** Runs it with a Java that connects to this as its debugger, and counts the calls of a method. */
    private static long calls(Program run, String type, String method) throws Exception {
        ListeningConnector connector = Bootstrap.virtualMachineManager().listeningConnectors().stream()
                .filter(one -> one.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("localAddress").setValue("127.0.0.1");
        arguments.get("timeout").setValue("60000");
        run.env("WATCH", "-agentlib:jdwp=transport=dt_socket,address=" + connector.startListening(arguments));
        CompletableFuture<CliRun.Result> ended = CompletableFuture.supplyAsync(() -> {
            try {
                return run.script(RUN);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        VirtualMachine machine = connector.accept(arguments);
        connector.stopListening(arguments);
        ClassPrepareRequest loading = machine.eventRequestManager().createClassPrepareRequest();
        loading.addClassFilter(type);
        loading.enable();
        machine.classesByName(type).forEach(loaded -> stopAt(loaded, method));
        long calls = 0;
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                for (Event event : events) {
                    calls += event instanceof BreakpointEvent ? 1 : 0;
                    if (event instanceof ClassPrepareEvent loaded) {
                        stopAt(loaded.referenceType(), method);
                    }
                }
                events.resume();
            }
        } catch (VMDisconnectedException e) {
            ended.join();
            return calls;
        }
    }

    private static void stopAt(ReferenceType type, String name) {
        for (Method method : type.methods()) {
            if (method.name().equals(name)) {
                type.virtualMachine()
                        .eventRequestManager()
                        .createBreakpointRequest(method.location())
                        .enable();
            }
        }
    }
}
