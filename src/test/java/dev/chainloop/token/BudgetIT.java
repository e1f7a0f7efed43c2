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
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a start may load, counted because no machine changes that: the project's own classes, lambdas and hidden ones included,
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
            an API token of the variable         | variable: @API@                           |  80 |  0 | API token "ci" of acme never
            a healthy login at a terminal        | login: @USER exp=4102444800@              |  84 |  0 | Your login expires
            a login with its organization        | config: organization = 'acme'; login: @USER exp=4102444800@ | 89 | 0 | Your login expires
            a healthy login without a terminal   | in: job; login: @USER exp=4102444800@     |  84 |  0 | User token .* expires
            an expired login                     | login: @USER@                             | 101 |  0 | ✗ Error: your login expired
            an expired API token in a GitHub job | in: github; variable: @API exp=1@         | 101 |  0 | ✗ Error: API token "ci" of acme exp
            explain of a known message           | $ explain issuer not found: cp.chainloop; login: @USER@ | 126 | 17 | issuer not found
            """)
    void needsFewClassesAndPatterns(String name, String world, int classes, int patterns, String said)
            throws Exception {
        Program run = in(world);
        if (!world.startsWith("in: ")) {
            Program.require("script");
            run.atTerminal();
        }
        run.env("WATCH", "-Xlog:class+load:file=loaded").script(RUN);
        String answer = Files.readString(home.resolve("out"));
        assertTrue(answer.matches("(?s)" + said + ".*"), answer);
        String log = Files.readString(home.resolve("loaded"));
        // To compare two records costs a third of a start: their equals is made of method handles.
        assertTrue(!log.contains(" java.lang.runtime."), name + ": records are compared");
        boolean lambdas = log.contains(".InnerClassLambdaMetafactory ");
        assertTrue(!lambdas || world.startsWith("$ explain"), name + ": a lambda, or a pattern that has one");
        long loaded =
                log.lines().filter(line -> line.contains("] dev.chainloop.")).count();
        assertTrue(
                loaded > 40 && loaded <= classes,
                name + ": " + loaded + " classes, at most " + classes + "; no more than this is needed to answer");
        // Not in the same run: with a debugger, more classes are verified, and so loaded.
        long compiled = calls(run, PATTERN + " <init>").size();
        assertTrue(compiled <= patterns, name + ": " + compiled + " patterns");
    }

    /** A value is decoded once, wherever it is and whoever asks what it is; the token within a malformed value is a different one. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            an expired login in a job                 | login: @USER@                                         | 1
            a stale variable, a login, a third token  | variable: @API exp=1@; login: @USER exp=4102444800@; env: OTHER_TOKEN=@API jti="x"@ | 3
            a token behind Bearer beside a login      | variable: Bearer @API@; login: @USER exp=4102444800@  | 3
            the same token behind Bearer and as login | variable: Bearer @USER exp=4102444800@; login: @USER exp=4102444800@ | 2
            """)
    void decodesEachValueOnce(String name, String world, int decoded) throws Exception {
        List<String> calls = calls(in("in: github; " + world), "dev.chainloop.token.core.Parser decode");
        assertEquals(decoded, calls.size());
    }

    /** A token in a variable that nothing reads would be a finding. */
    private Program in(String lines) throws IOException {
        TestWorld world = TestWorld.of(lines.split("; "));
        world.makeFiles(home);
        return Tool.in(home)
                .unset("T")
                .unset("CHAINLOOP_TOKEN")
                .with(world.variables(home))
                .env("ARGS", world.one("$", ""));
    }

    /**
     * All is read before the first value is inspected, and no more than was asked for: with a token on stdin, a login, and a
     * variable. What {@code ask} passes on is the CLI's own.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "inspect,                        1, 1",
        "inspect -t TOKEN,               1, 0",
        "inspect -,                      0, 1",
        "inspect --source env,           0, 0",
        "inspect --source config,        1, 0",
        "check --type user,              1, 1",
        "check --source env,             0, 0",
        "sources,                        1, 1",
        "sources -t TOKEN,               1, 0",
        "explain issuer-not-found,       1, 1",
        "ask --source env --cli ./none,  1, 0",
    })
    void readsOnceAndNoMoreThanIsAskedFor(String args, int files, int stdin) throws Exception {
        Program run = in("$ " + args.replace("TOKEN", TokenMint.described("API"))
                        + "; variable: @USER@; login: @USER exp=4102444800@")
                .reading(TokenMint.described("API"));
        List<String> calls = calls(
                run,
                "dev.chainloop.token.io.NamedFile read written mode isOpenToOthers",
                "dev.chainloop.token.io.StandardInput open",
                "dev.chainloop.token.source.Environment get isSet",
                "dev.chainloop.token.source.Machine attended exists home read",
                "dev.chainloop.token.source.ConfigFile read",
                "dev.chainloop.token.diagnosis.Evidence of");
        int inspected = calls.indexOf("Evidence.of");
        assertTrue(inspected > 0, calls::toString);
        assertEquals(files, calls.stream().filter("ConfigFile.read"::equals).count(), calls::toString);
        assertEquals(stdin, calls.stream().filter("StandardInput.open"::equals).count(), calls::toString);
        if (!args.startsWith("ask")) {
            assertEquals(calls.size() - 1, inspected, calls::toString);
        }
    }

    /**
     * Runs it with a Java that connects to this as its debugger.
     *
     * @param wanted a type and the names of some of its methods each
     * @return their calls, in their order, as the type's simple name and the method's
     */
    private static List<String> calls(Program run, String... wanted) throws Exception {
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
        Map<String, List<String>> methods = new HashMap<>();
        for (String one : wanted) {
            List<String> words = List.of(one.split(" "));
            methods.put(words.get(0), words.subList(1, words.size()));
            ClassPrepareRequest loading = machine.eventRequestManager().createClassPrepareRequest();
            loading.addClassFilter(words.get(0));
            loading.enable();
            machine.classesByName(words.get(0)).forEach(loaded -> stopAt(loaded, methods.get(words.get(0))));
        }
        List<String> calls = new ArrayList<>();
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                for (Event event : events) {
                    if (event instanceof BreakpointEvent call) {
                        String type = call.location().declaringType().name();
                        calls.add(type.substring(type.lastIndexOf('.') + 1) + "."
                                + call.location().method().name());
                    }
                    if (event instanceof ClassPrepareEvent loaded) {
                        stopAt(
                                loaded.referenceType(),
                                methods.get(loaded.referenceType().name()));
                    }
                }
                events.resume();
            }
        } catch (VMDisconnectedException e) {
            ended.join();
            return calls;
        }
    }

    private static void stopAt(ReferenceType type, List<String> names) {
        for (Method method : type.methods()) {
            if (names.contains(method.name())) {
                type.virtualMachine()
                        .eventRequestManager()
                        .createBreakpointRequest(method.location())
                        .enable();
            }
        }
    }
}
