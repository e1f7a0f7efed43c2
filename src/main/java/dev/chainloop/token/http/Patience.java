package dev.chainloop.token.http;

import dev.chainloop.token.io.Hint;
import dev.chainloop.token.io.Notes;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long to wait for another machine, from the look-up of its name until its whole answer is processed.
 *
 * @param notes are told what is being waited for
 */
public record Patience(Duration most, Notes notes) {
    /** The result of asking a machine of that name; any failure other than being unreachable is passed on. */
    public <T> T await(String who, Callable<T> work) throws UnreachableException, ExecutionException {
        // In a thread that can be left: a name's look-up, or a header that trickles, outlasts a client's timeouts.
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "online");
        thread.setDaemon(true);
        Hint hint = Hint.after(notes, "waiting for " + who);
        try {
            thread.start();
            return task.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new UnreachableException(
                    "did not send its full answer within " + most.toSeconds() + " s",
                    "A firewall may keep it from being reached. Check the address, the network and $HTTPS_PROXY.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("was not waited for: the wait was interrupted", "Try again.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnreachableException known) {
                throw known;
            }
            throw e;
        } catch (OutOfMemoryError e) {
            // Java's error for a system that allows no more threads.
            throw new UnreachableException("cannot be asked: no other thread can be started", "See `ulimit -u`.");
        } finally {
            hint.end();
            task.cancel(true);
        }
    }
}
