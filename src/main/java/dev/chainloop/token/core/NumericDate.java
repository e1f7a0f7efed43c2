package dev.chainloop.token.core;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads NumericDate values: JSON numbers of seconds since the epoch (RFC 7519 section 2). */
final class NumericDate {
    /** The years that RFC 3339 can write: 0000 to 9999. */
    private static final long MIN_SECONDS = -62_167_219_200L;

    private static final long MAX_SECONDS = 253_402_300_799L;

    /** No second in those years has more digits before the decimal point. */
    private static final int MAX_DIGITS = 12;

    /** Larger exponents move the decimal point beyond the longest text; the limit prevents an overflow. */
    private static final long MAX_EXPONENT = 1L << 40;

    private NumericDate() {}

    /**
     * The instant a claim's value stands for, cut to whole seconds as the server does (golang-jwt's time precision).
     *
     * @return empty when the value is not a number, or lies outside the years 0000 to 9999
     */
    static Optional<Instant> read(@Nullable Object value) {
        if (!(value instanceof JsonNumber number)) {
            return Optional.empty();
        }
        String text = number.text();
        return isPlain(text) ? ofSeconds(Long.parseLong(text)) : ofDecimal(text);
    }

    /**
     * Reads a number with a fraction, an exponent or many digits. Digit by digit, because
     * {@link java.math.BigDecimal} refuses exponents beyond 32 bits and is slow with many digits.
     */
    private static Optional<Instant> ofDecimal(String text) {
        int start = text.charAt(0) == '-' ? 1 : 0;
        int end = mantissaEnd(text);
        int point = text.indexOf('.');
        int pointAt = point < 0 ? end : point;
        int first = start;
        while (first < end && (text.charAt(first) == '0' || text.charAt(first) == '.')) {
            first++;
        }
        if (first == end) {
            return ofSeconds(0);
        }
        // The number of digits before the decimal point once the exponent has moved it; negative when zeros follow the
        // point.
        long whole = (first < pointAt ? pointAt - first : pointAt + 1 - first) + exponent(text, end);
        if (whole > MAX_DIGITS) {
            return Optional.empty();
        }
        long seconds = 0;
        boolean fraction = false;
        int digits = 0;
        for (int i = first; i < end && !fraction; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                continue;
            }
            if (digits < whole) {
                seconds = seconds * 10 + (c - '0');
                digits++;
            } else {
                fraction = c != '0';
            }
        }
        for (; digits < whole; digits++) {
            seconds *= 10;
        }
        return ofSeconds(start == 0 ? seconds : -seconds - (fraction ? 1 : 0));
    }

    private static int mantissaEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == 'e' || text.charAt(i) == 'E') {
                return i;
            }
        }
        return text.length();
    }

    /** The exponent that starts at an index, or zero when the text has ended there. */
    private static long exponent(String text, int at) {
        long exponent = 0;
        boolean negative = false;
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '-') {
                negative = true;
            } else if (c != '+') {
                exponent = Math.min(exponent * 10 + (c - '0'), MAX_EXPONENT);
            }
        }
        return negative ? -exponent : exponent;
    }

    private static Optional<Instant> ofSeconds(long seconds) {
        return seconds < MIN_SECONDS || seconds > MAX_SECONDS
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(seconds));
    }

    private static boolean isPlain(String text) {
        if (text.length() > 18) {
            return false;
        }
        for (int i = text.charAt(0) == '-' ? 1 : 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
