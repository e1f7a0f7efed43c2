package dev.chainloop.token.core;

/**
 * A JSON number as it was written. Kept as text, because {@code 1.10} and {@code -0} do not survive a conversion.
 *
 * @param text the number's characters, valid by the grammar of RFC 8259 section 6
 */
public record JsonNumber(String text) {
    @Override
    public String toString() {
        return text;
    }
}
