package dev.chainloop.token.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at a time, which is several times as fast as one by one. */
public final class ByteSearch {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** A one in each byte; times a character, that character in each. */
    public static final long EACH = 0x0101_0101_0101_0101L;

    /** The highest bit of each byte. */
    public static final long HIGH = 0x8080_8080_8080_8080L;

    private ByteSearch() {}

    /**
     * Finds the first of some bytes that has a value.
     *
     * @param from where to begin
     * @param to where to end, exclusive
     * @return its index; {@code to} when there is none
     */
    public static int indexOf(byte[] bytes, int from, int to, char ascii) {
        long wanted = EACH * ascii;
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long zeros = zeros(eight(bytes, i) ^ wanted) & HIGH;
            if (zeros != 0) {
                return i + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
            }
        }
        while (i < to && bytes[i] != ascii) {
            i++;
        }
        return i;
    }

    /** Eight bytes, the first of them the lowest. */
    public static long eight(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    /** Sets the highest bit of the first byte that is zero, if any is; those of the bytes above it say nothing. */
    public static long zeros(long eight) {
        return (eight - EACH) & ~eight;
    }
}
