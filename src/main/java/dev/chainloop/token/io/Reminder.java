package dev.chainloop.token.io;

/** Says what is waited for, unless that comes in time. */
public final class Reminder extends Thread {
    private final String note;
    private final int seconds;
    private final Notes notes;

    private Reminder(String note, int seconds, Notes notes) {
        this.note = note;
        this.seconds = seconds;
        this.notes = notes;
    }

    /** One that waits from now on, to be interrupted. */
    public static Reminder of(String note, int seconds, Notes notes) {
        Reminder reminder = new Reminder(note, seconds, notes);
        reminder.setDaemon(true);
        reminder.start();
        return reminder;
    }

    @Override
    public void run() {
        try {
            sleep(1000L * seconds);
            notes.note(note);
        } catch (InterruptedException e) {
            // It came.
        }
    }
}
