package dev.chainloop.token.controlplane;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A protocol buffer message, whose fields are known by their numbers alone; see the encoding at protobuf.dev. A library
 * for the few fields that matter here would be larger than everything else that asking needs.
 */
final class Message {
    static final Message EMPTY = new Message();

    private final Map<Integer, Long> numbers = new HashMap<>();
    private final Map<Integer, List<ByteBuffer>> contents = new HashMap<>();

    /** The message in some bytes; what follows the first damaged field is not a part of it. */
    static Message of(ByteBuffer data) {
        Message message = new Message();
        ByteBuffer in = data.duplicate();
        try {
            while (in.hasRemaining() && message.readField(in)) {
                // Each field is added as it is read.
            }
        } catch (BufferUnderflowException e) {
            // The last field is cut off.
        }
        return message;
    }

    private boolean readField(ByteBuffer in) {
        long key = varint(in);
        int number = (int) (key >>> 3);
        // The wire type: a varint, eight bytes, bytes of a length, or four bytes.
        switch ((int) (key & 7)) {
            case 0 -> numbers.put(number, varint(in));
            case 1 -> in.getLong();
            case 2 -> {
                long length = varint(in);
                if (length < 0 || length > in.remaining()) {
                    return false;
                }
                contents.computeIfAbsent(number, one -> new ArrayList<>()).add(in.slice(in.position(), (int) length));
                in.position(in.position() + (int) length);
            }
            case 5 -> in.getInt();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A number of at most ten bytes. */
    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new BufferUnderflowException();
    }

    /** The text in a field; the last occurrence counts, here and below. */
    Optional<String> text(int number) {
        return last(number)
                .map(content ->
                        StandardCharsets.UTF_8.decode(content.duplicate()).toString());
    }

    /** The number in a field; 0 when it is absent. */
    long number(int number) {
        return numbers.getOrDefault(number, 0L);
    }

    /** The message in a field; without fields when it is absent. */
    Message message(int number) {
        return last(number).map(Message::of).orElse(EMPTY);
    }

    /** How many messages there are in a repeated field. */
    int count(int number) {
        return contents.getOrDefault(number, List.of()).size();
    }

    /** The first messages in a repeated field, at most so many. */
    List<Message> messages(int number, int most) {
        return contents.getOrDefault(number, List.of()).stream()
                .limit(most)
                .map(Message::of)
                .toList();
    }

    private Optional<ByteBuffer> last(int number) {
        List<ByteBuffer> all = contents.getOrDefault(number, List.of());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }
}
