package dev.chainloop.token.io;

import static org.junit.jupiter.api.Assertions.*;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as they arrive, in whatever pieces. */
class LineReaderTest {
    private static final String TEXT = "one\r\n\n\rtwo\u00e9\nabcdefgh\nabcdefghi\n" + "x".repeat(40) + "\nlast";

    private static final List<String> LINES =
            List.of("one", "", "\rtwo\u00e9", "abcdefgh", "xxxxxxxxx", "xxxxxxxxx", "last");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void splitsAtLineFeedsAndKeepsNoLineThatIsTooLong(int piece) throws IOException {
        assertEquals(LINES, read(TEXT, piece, 8));
        assertEquals(LINES, read(TEXT + "\n", piece, 8));
        assertEquals(List.of("xxxx"), read("abcdef", piece, 3));
        assertEquals(List.of(), read("", piece, 3));
    }

    private static List<String> read(String text, int piece, int longest) throws IOException {
        LineReader reader = new LineReader(new Pieces(text, piece), longest);
        List<String> all = new ArrayList<>();
        for (String line = reader.next(); line != null; line = reader.next()) {
            all.add(line);
        }
        return all;
    }

    private static final class Pieces extends InputStream {
        private final InputStream all;
        private final int piece;

        Pieces(String text, int piece) {
            this.all = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            this.piece = piece;
        }

        @Override
        public int read() throws IOException {
            return all.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return all.read(bytes, from, Math.min(piece, length));
        }
    }
}
