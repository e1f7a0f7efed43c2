package dev.chainloop.token.verification;

import dev.chainloop.token.core.MalformedTokenException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Limits the time of work that depends on another machine. */
final class Deadline {
    private final Duration length;

    Deadline(Duration length) {
        this.length = length;
    }

    /** Work that may take too long. */
    interface Work<T> {
        /** Does it. */
        T result() throws KeyException, MalformedTokenException;
    }

    /**
     * Does the work in a thread that can be abandoned: looking up a name or reading a line of an answer may block for
     * longer than any timeout of the HTTP client.
     *
     * @throws KeyException also when time or memory runs out
     */
    <T> T bound(Work<T> work) throws KeyException, MalformedTokenException {
        FutureTask<T> task = new FutureTask<>(work::result);
        Thread thread = new Thread(task, "keys");
        thread.setDaemon(true);
        try {
            thread.start();
            return task.get(length.toMillis(), TimeUnit.MILLISECONDS);
        } catch (OutOfMemoryError e) {
            // This is the error that Java throws when the system allows no more threads.
            throw new KeyException(
                    "cannot be asked: this process cannot start another thread", "Raise the limit: see `ulimit -u`.");
        } catch (TimeoutException e) {
            throw tooSlow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooSlow();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KeyException fault) {
                throw fault;
            }
            if (e.getCause() instanceof MalformedTokenException fault) {
                throw fault;
            }
            if (e.getCause() instanceof OutOfMemoryError) {
                throw new KeyException("answers with more data than fits into memory", JwksFetch.REMEDY);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private KeyException tooSlow() {
        return new KeyException("did not send its full answer within " + length.toSeconds() + " s", JwksFetch.REMEDY);
    }
}
