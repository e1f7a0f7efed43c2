package dev.chainloop.token.source;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says after two seconds what is being waited for, so that nobody thinks the tool hangs. */
public final class Hint extends Thread {
    static final Duration SILENCE = Duration.ofSeconds(2);

    private final Search.Notes notes;
    private final String sentence;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Hint(Search.Notes notes, String sentence) {
        super("hint");
        this.notes = notes;
        this.sentence = sentence;
        setDaemon(true);
    }

    /**
     * Starts to wait.
     *
     * @param notes takes the sentence when {@link #end} has not been called by then
     * @param sentence without a full stop
     */
    public static Hint after(Search.Notes notes, String sentence) {
        Hint hint = new Hint(notes, sentence);
        try {
            hint.start();
        } catch (OutOfMemoryError e) {
            // The system allows no more threads; the wait continues without a hint.
        }
        return hint;
    }

    @Override
    public void run() {
        try {
            // Not a sleep: from JDK 21 on that loads classes which no class-data archive may have.
            if (!ended.await(SILENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                notes.note(sentence);
            }
        } catch (InterruptedException e) {
            // The wait has ended.
        }
    }

    /** The wait has ended. */
    public void end() {
        ended.countDown();
    }
}
