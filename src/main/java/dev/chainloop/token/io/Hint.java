package dev.chainloop.token.io;

import java.time.Duration;

/** Says after two seconds what is being waited for, so that nobody thinks the tool hangs. */
public final class Hint {
    /** How long it waits. */
    public static final Duration SILENCE = Duration.ofSeconds(2);

    private final Thread thread;

    private Hint(Notes notes, String sentence) {
        thread = new Thread(() -> waitAndTell(notes, sentence), "hint");
        thread.setDaemon(true);
    }

    /**
     * Starts to wait.
     *
     * @param notes takes the sentence when {@link #end} has not been called by then
     * @param sentence without a full stop
     */
    public static Hint after(Notes notes, String sentence) {
        Hint hint = new Hint(notes, sentence);
        try {
            hint.thread.start();
        } catch (OutOfMemoryError e) {
            // The system allows no more threads; the wait continues without a hint.
        }
        return hint;
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
