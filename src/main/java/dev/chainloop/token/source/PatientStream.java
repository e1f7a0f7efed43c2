package dev.chainloop.token.source;

import java.io.IOException;
import java.io.InputStream;

/**
 * Standard input, also where a parent process such as Node made it a non-blocking pipe: reading that fails while no data is
 * there, and for no other reason.
 */
final class PatientStream extends InputStream {
    private static final int POLL_MILLIS = 20;

    private final InputStream in;
    private final Search.Pause pause;

    PatientStream(InputStream in, Search.Pause pause) {
        this.in = in;
        this.pause = pause;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (true) {
            try {
                return in.read(bytes, offset, length);
            } catch (IOException e) {
                if (Descriptor.in().type() != Descriptor.Type.PIPE) {
                    throw e;
                }
                pause.millis(POLL_MILLIS);
            }
        }
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }
}
