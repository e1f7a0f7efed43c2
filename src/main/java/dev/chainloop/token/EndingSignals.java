package dev.chainloop.token;

import dev.chainloop.token.cli.World;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * The signals that a user or a time limit ends the process with. They are reached by reflection, because the compiler
 * warns of each use of {@code sun.misc.Signal}. A shutdown hook would need none of this, but for hooks a native executable
 * needs a thread at each start.
 */
final class EndingSignals implements World.Ending {
    private static final List<String> NAMES = List.of("INT", "TERM");

    /** On a terminal that Ctrl-S has stopped, the action hangs. */
    private static final int PATIENCE_MILLIS = 500;

    @Override
    public void before(Runnable action) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Method handle = signalType.getMethod("handle", signalType, handlerType);
            Method number = signalType.getMethod("getNumber");
            InvocationHandler end = (proxy, method, arguments) -> {
                try {
                    Thread last = new Thread(action);
                    last.setDaemon(true);
                    last.start();
                    last.join(PATIENCE_MILLIS);
                } finally {
                    Main.exit(128 + (int) number.invoke(arguments[0]));
                }
                return null;
            };
            Object handler = Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, end);
            for (String name : NAMES) {
                handle.invoke(null, signalType.getConstructor(String.class).newInstance(name), handler);
            }
        } catch (ReflectiveOperationException e) {
            // This Java tells nobody of signals: the process ends without the action.
        }
    }
}
