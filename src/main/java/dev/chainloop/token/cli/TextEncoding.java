package dev.chainloop.token.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How a stream's text is encoded, as far as that matters for tokens: they are ASCII. */
enum TextEncoding {
    /** ASCII, UTF-8 or anything else in which an ASCII character is one byte. */
    BYTES(1, StandardCharsets.UTF_8),
    /** What older PowerShells write. */
    UTF_16LE(2, StandardCharsets.UTF_16LE),
    UTF_16BE(2, StandardCharsets.UTF_16BE);

    private static final byte CONTINUATION = (byte) 0x80;
    private static final byte OTHER = (byte) 0xff;

    /** How many bytes a unit has. */
    final int width;

    final Charset charset;

    TextEncoding(int width, Charset charset) {
        this.width = width;
        this.charset = charset;
    }

    /** The encoding of a text: UTF-16 if a byte-order mark and an ASCII character say so. */
    static TextEncoding of(byte[] bytes, int length) {
        if (length < 4) {
            return BYTES;
        }
        if (bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe && bytes[2] > 0 && bytes[3] == 0) {
            return UTF_16LE;
        }
        return bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff && bytes[2] == 0 && bytes[3] > 0 ? UTF_16BE : BYTES;
    }

    /** Whether so few bytes leave open which encoding it is. */
    static boolean isOpen(byte[] bytes, int length) {
        return length < 4 && length > 0 && (bytes[0] == (byte) 0xff || bytes[0] == (byte) 0xfe);
    }

    /** A unit in one byte: ASCII as it is; what goes on with a character like a continuation byte of UTF-8. */
    byte unit(byte[] bytes, int index) {
        if (this == BYTES) {
            return bytes[index];
        }
        byte high = this == UTF_16LE ? bytes[index + 1] : bytes[index];
        byte low = this == UTF_16LE ? bytes[index] : bytes[index + 1];
        if (high == 0 && low >= 0) {
            return low;
        }
        return (high & 0xfc) == 0xdc ? CONTINUATION : OTHER;
    }

    /** Text with one byte for each unit. */
    byte[] units(byte[] bytes, int length) {
        if (this == BYTES) {
            return bytes;
        }
        byte[] units = new byte[length / width];
        for (int i = 0; i < units.length; i++) {
            units[i] = unit(bytes, i * width);
        }
        return units;
    }
}
