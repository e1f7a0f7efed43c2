package dev.chainloop.token.controlplane;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A protocol buffer message, whose fields are known by their numbers alone; see the encoding at protobuf.dev. A library
 * for the few fields that matter here would be larger than everything else that asking needs.
 */
final class Message {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final List<Field> fields = new ArrayList<>();

    /** A field; its type on the wire says which of the two values is set. */
    private record Field(int number, long value, ByteBuffer content) {}

    /** The message in some bytes; what follows the first damaged field is not a part of it. */
    static Message of(byte[] data) {
        return of(ByteBuffer.wrap(data));
    }

    private static Message of(ByteBuffer data) {
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
        switch ((int) (key & 7)) {
            case VARINT -> fields.add(new Field(number, varint(in), ByteBuffer.allocate(0)));
            case FIXED64 -> in.getLong();
            case FIXED32 -> in.getInt();
            case BYTES -> {
                long length = varint(in);
                if (length < 0 || length > in.remaining()) {
                    return false;
                }
                fields.add(new Field(number, 0, in.slice(in.position(), (int) length)));
                in.position(in.position() + (int) length);
            }
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

    /** The text in a field; the last occurrence counts. */
    Optional<String> text(int number) {
        return last(number)
                .map(field ->
                        StandardCharsets.UTF_8.decode(field.content.duplicate()).toString());
    }

    /** The number in a field; 0 when it is absent. */
    long number(int number) {
        return last(number).map(Field::value).orElse(0L);
    }

    private Optional<Field> last(int number) {
        return fields.stream().filter(field -> field.number == number).reduce((first, second) -> second);
    }

    /** The messages in a field, which may be repeated. */
    List<Message> messages(int number) {
        return fields.stream()
                .filter(field -> field.number == number)
                .map(field -> of(field.content))
                .toList();
    }
}
