package dev.chainloop.token.controlplane;

import dev.chainloop.token.http.UnreachableException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a server sends over HTTP/2, checked before the gRPC library gets it: the library ignores the HTTP status of an
 * answer that calls itself gRPC, and collects a header of any length before it looks at its size.
 */
final class CheckedInput extends FilterInputStream {
    /** The longest header; the library takes as much of one that it has decoded. */
    static final int MAX_HEADER = 64 << 10;

    // RFC 9113, sections 4.1 and 6: a frame's head, and its types and flags.
    private static final int HEAD = 9;
    private static final int HEADERS = 1;
    private static final int PUSH_PROMISE = 5;
    private static final int CONTINUATION = 9;
    private static final int PADDED = 0x8;
    private static final int PRIORITY = 0x20;

    /** {@code :status: 200}, which each answer starts with; RFC 7541, section 6.1 and appendix A. */
    private static final int STATUS_200 = 0x88;

    private final int most;
    private final Consumer<UnreachableException> fault;
    private final byte[] head = new byte[HEAD];
    private final Set<Integer> answered = new HashSet<>();
    private long total;
    private int headRead;
    private int payloadLeft;
    private int block;
    private int beforeFields;
    private boolean awaitsStatus;
    private boolean inTableSize;

    /**
     * Checks a stream from its beginning.
     *
     * @param most how many bytes there may be
     * @param fault is told what is wrong, before reading fails
     */
    CheckedInput(InputStream in, int most, Consumer<UnreachableException> fault) {
        super(in);
        this.most = most;
        this.fault = fault;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        total += Math.max(0, count);
        if (total > most) {
            throw fails(WrongServer.sendsTooMuch());
        }
        for (int i = offset; i < offset + count; i++) {
            check(bytes[i]);
        }
        return count;
    }

    private void check(byte next) throws IOException {
        if (payloadLeft == 0) {
            head[headRead++] = next;
            if (headRead == HEAD) {
                headRead = 0;
                startFrame();
            }
            return;
        }
        payloadLeft--;
        if (awaitsStatus && (head[3] == HEADERS || head[3] == CONTINUATION)) {
            checkStatus(next & 0xff);
        }
    }

    private void startFrame() throws IOException {
        payloadLeft = number(0, 3);
        switch (head[3]) {
            case HEADERS -> {
                block = payloadLeft;
                awaitsStatus = answered.add(number(5, 4) & Integer.MAX_VALUE);
                beforeFields = ((head[4] & PADDED) == 0 ? 0 : 1) + ((head[4] & PRIORITY) == 0 ? 0 : 5);
            }
            case PUSH_PROMISE -> block = payloadLeft;
            case CONTINUATION -> block += payloadLeft;
            default -> {}
        }
        if (block > MAX_HEADER) {
            throw fails(WrongServer.sendsTooMuch());
        }
    }

    private int number(int from, int length) {
        int number = 0;
        for (int i = from; i < from + length; i++) {
            number = number << 8 | (head[i] & 0xff);
        }
        return number;
    }

    /** The status is the first field, as all that begin with a colon are. Only sizes for the decoder can be before it. */
    private void checkStatus(int next) throws IOException {
        if (beforeFields > 0) {
            beforeFields--;
        } else if (inTableSize) {
            inTableSize = (next & 0x80) != 0;
        } else if ((next & 0xe0) == 0x20) {
            inTableSize = next == 0x3f;
        } else if (next == STATUS_200) {
            awaitsStatus = false;
        } else {
            throw fails(WrongServer.isForTheWeb());
        }
    }

    private IOException fails(UnreachableException what) {
        fault.accept(what);
        return new IOException(what.what());
    }
}
