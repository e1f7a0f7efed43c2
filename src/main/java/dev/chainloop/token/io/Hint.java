package dev.chainloop.token.io;

import java.time.Duration;

/** Says after two seconds what is being waited for, so that nobody thinks the tool hangs. */
public record Hint(Thread thread) {
    /** How long it waits. */
    public static final Duration SILENCE = Duration.ofSeconds(2);

    /**
     * Starts to wait.
     *
     * @param notes takes the sentence when {@link #end} has not been called by then
     */
    public static Hint after(Notes notes, String sentence) {
        Thread thread = new Thread(() -> waitAndTell(notes, sentence), "hint");
        start(thread);
        return new Hint(thread);
    }

    /** Starts a thread that is optional, and does not keep the process alive. */
    public static void start(Thread thread) {
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // The system allows no more threads.
        }
    }

    private static void waitAndTell(Notes notes, String sentence) {
        try {
            Thread.sleep(SILENCE.toMillis());
            notes.note(sentence);
        } catch (InterruptedException e) {
            // The wait has ended.
        }
    }

    /** The wait has ended. */
    public void end() {
        thread.interrupt();
    }
}
