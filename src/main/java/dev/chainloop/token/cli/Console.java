package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.render.Sanitizer;
import dev.chainloop.token.source.Search;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Standard output for answers, standard error for everything said beside them. */
final class Console implements Search.Notes {
    private final World world;

    Console(World world) {
        this.world = world;
    }

    /**
     * Writes an answer, which the renderers have made safe.
     *
     * @throws OutputException when it cannot be written; not when the reader has gone, which is its right
     */
    void answer(String text) throws OutputException {
        answerWhileRead(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Like {@link #answer} in UTF-8, and tells whether the reader is still there. */
    boolean answerWhileRead(byte[] text) throws OutputException {
        try {
            write(world.out(), text);
            return true;
        } catch (IOException e) {
            // On a pipe there is no other cause than that, and the system's words for it depend on the locale.
            if (!world.outKind().isPipe()) {
                throw new OutputException(
                        "the output cannot be written", "Check the disk, and what stdout is open on.");
            }
            return false;
        }
    }

    @Override
    public void note(String sentence) {
        tell("note: " + sentence);
    }

    void error(Fault fault) {
        error(fault.message(), fault.remedy());
    }

    /** What is wrong, a phrase, and what to do about it. */
    void error(String what, String remedy) {
        tell("error: " + what + (what.endsWith("?") ? " " : ". ") + remedy);
    }

    /** A line on standard error. Where that cannot be written, there is nobody left to tell. */
    void tell(String line) {
        try {
            write(world.err(), (Sanitizer.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // See above.
        }
    }

    private static void write(OutputStream stream, byte[] text) throws IOException {
        stream.write(text);
        stream.flush();
    }

    /** The answer could not be written. */
    static final class OutputException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String remedy;

        /** What cannot be written, a phrase, and what to do about it, a sentence. */
        OutputException(String message, String remedy) {
            super(message);
            this.remedy = remedy;
        }

        String remedy() {
            return remedy;
        }
    }
}
