package dev.chainloop.token.controlplane;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the few fields of protocol buffer messages that matter here, by their numbers; see the encoding at protobuf.dev.
 * A library for these five fields would be larger than everything else that asking needs.
 */
final class Message {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final byte[] data;
    private final int end;
    private int position;

    private Message(byte[] data, int from, int end) {
        this.data = data;
        this.position = from;
        this.end = end;
    }

    static Message of(byte[] data) {
        return new Message(data, 0, data.length);
    }

    /** A field; its type on the wire says which of the two values is set. */
    private record Field(int number, long value, Message content) {}

    /** The text in a field; the last occurrence counts, and an unreadable one counts as absent. */
    Optional<String> text(int number) {
        List<Message> all = messages(number);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Message last = all.get(all.size() - 1);
        return Optional.of(new String(last.data, last.position, last.end - last.position, StandardCharsets.UTF_8));
    }

    /** The number in a field; 0 when it is absent. */
    long number(int number) {
        long value = 0;
        Message rest = new Message(data, position, end);
        for (Optional<Field> field = rest.next(); field.isPresent(); field = rest.next()) {
            if (field.get().number() == number) {
                value = field.get().value();
            }
        }
        return value;
    }

    /** The messages in a repeated field. */
    List<Message> messages(int number) {
        List<Message> messages = new ArrayList<>();
        Message rest = new Message(data, position, end);
        for (Optional<Field> field = rest.next(); field.isPresent(); field = rest.next()) {
            if (field.get().number() == number) {
                messages.add(field.get().content());
            }
        }
        return messages;
    }

    /** The next field; empty after the last one, and when the rest is not a message. */
    private Optional<Field> next() {
        if (position >= end) {
            return Optional.empty();
        }
        long key = varint();
        int number = (int) (key >>> 3);
        Message none = new Message(data, end, end);
        switch ((int) (key & 7)) {
            case VARINT -> {
                long value = varint();
                return position > end ? Optional.empty() : Optional.of(new Field(number, value, none));
            }
            case BYTES -> {
                long length = varint();
                if (length < 0 || length > end - position) {
                    return Optional.empty();
                }
                int from = position;
                position += (int) length;
                return Optional.of(new Field(number, 0, new Message(data, from, position)));
            }
            case FIXED64 -> {
                return skip(8, new Field(number, 0, none));
            }
            case FIXED32 -> {
                return skip(4, new Field(number, 0, none));
            }
            default -> {
                return Optional.empty();
            }
        }
    }

    private Optional<Field> skip(int bytes, Field field) {
        position += bytes;
        return position > end ? Optional.empty() : Optional.of(field);
    }

    /** A number of at most ten bytes; sets the position past the end when it is cut off. */
    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 70 && position < end; shift += 7) {
            byte next = data[position++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        position = end + 1;
        return -1;
    }
}
