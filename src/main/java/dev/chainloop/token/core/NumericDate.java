package dev.chainloop.token.core;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads NumericDate values: JSON numbers of seconds since the epoch (RFC 7519 section 2). */
final class NumericDate {
    /** The years that RFC 3339 can write: 0000 to 9999. */
    private static final long MIN_SECONDS = -62_167_219_200L;

    private static final long MAX_SECONDS = 253_402_300_799L;

    /** Longer numbers are no times; the bound keeps their conversion cheap. */
    private static final int MAX_LENGTH = 64;

    private NumericDate() {}

    /**
     * The instant a claim's value stands for, cut to whole seconds as the server does (golang-jwt's time precision).
     *
     * @return empty when the value is not a number, lies outside the years 0000 to 9999, or is written in a way that no
     *     time is
     */
    static Optional<Instant> read(@Nullable Object value) {
        if (!(value instanceof JsonNumber number) || number.text().length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String text = number.text();
        if (isPlain(text)) {
            return ofSeconds(Long.parseLong(text));
        }
        BigDecimal decimal;
        try {
            decimal = new BigDecimal(text);
        } catch (NumberFormatException e) {
            // An exponent beyond 32 bits is good JSON, and no time.
            return Optional.empty();
        }
        if (decimal.signum() == 0) {
            return ofSeconds(0);
        }
        // The magnitude is bounded first: rounding 1e999999999 would fill the memory.
        long magnitude = (long) decimal.precision() - decimal.scale();
        if (magnitude > 13) {
            return Optional.empty();
        }
        if (magnitude < -MAX_LENGTH) {
            return ofSeconds(decimal.signum() < 0 ? -1 : 0);
        }
        return ofSeconds(decimal.setScale(0, RoundingMode.FLOOR).longValueExact());
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
