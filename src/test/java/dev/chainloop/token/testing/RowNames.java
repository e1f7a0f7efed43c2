package dev.chainloop.token.testing;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/** Puts the row before what is said of a failed test, because a test's report has only the row's number. */
public final class RowNames implements InvocationInterceptor {
    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> invoked, ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (TestAbortedException e) {
            throw e; // It is skipped.
        } catch (AssertionError | Exception e) {
            AssertionError named = new AssertionError(invoked.getArguments().get(0) + ": " + e.getMessage(), e);
            named.setStackTrace(e.getStackTrace());
            throw named;
        }
    }

    /** Those rows whose place and title contain {@code -Drow=TEXT}; without it, all. */
    public static <T> List<T> chosen(List<T> rows) {
        List<T> chosen = new ArrayList<>(rows);
        chosen.removeIf(row -> !row.toString().contains(System.getProperty("row", "")));
        return chosen;
    }
}
