package dev.chainloop.token.testing;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs the shipped jar within this JVM: only its classes, none from the build or from a dependency's own jar,
 * answer in the world that {@link CliRun} makes.
 */
public final class ShippedJar implements GoldenCase.Player, AutoCloseable {
    private final URLClassLoader loader;

    public ShippedJar() throws IOException {
        Path tests = Path.of("target/test-classes");
        loader = new URLClassLoader(
                new URL[] {Tool.jar().toUri().toURL(), tests.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    @Override
    public CliRun.Result play(
            Path home, Map<String, String> variables, String machine, String stdin, List<String> arguments)
            throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Where jjwt looks for its own classes.
        thread.setContextClassLoader(loader);
        try {
            return run(home, variables, machine, stdin, arguments);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private CliRun.Result run(
            Path home, Map<String, String> variables, String machine, String stdin, List<String> arguments)
            throws ReflectiveOperationException {
        Class<?> type = loader.loadClass(CliRun.class.getName());
        Object run = type.getMethod("withHome", Path.class).invoke(null, home);
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            type.getMethod("env", String.class, String.class).invoke(run, variable.getKey(), variable.getValue());
        }
        type.getMethod("machine", String.class).invoke(run, machine);
        if (stdin != null) {
            type.getMethod("stdin", String.class).invoke(run, stdin);
        }
        Object result = type.getMethod("run", String[].class).invoke(run, (Object) arguments.toArray(new String[0]));
        return new CliRun.Result((int) get(result, "status"), (String) get(result, "out"), (String) get(result, "err"));
    }

    private static Object get(Object result, String component) throws ReflectiveOperationException {
        return result.getClass().getMethod(component).invoke(result);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
