package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.JudgedToken;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a token is, by the judgment of the library that the CLI and the server read it with. */
class JudgeTest {
    static List<JudgedToken> rows() throws IOException {
        return JudgedToken.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void readsWhatTheServerReadsButForTheWantedDifferences(JudgedToken judged) {
        assertEquals(judged.ours(), isRead(judged.text()), judged::row);
    }

    /** A difference that is none, or a leniency, has no place at the table's head. */
    @Test
    void eachWantedDifferenceIsOneAndIsStricter() throws IOException {
        List<JudgedToken> differences =
                rows().stream().filter(row -> row.theirs() != row.ours()).toList();
        assertTrue(differences.size() > 50, () -> differences.size() + " rows");
        assertEquals(rows().subList(0, differences.size()).toString(), differences.toString());
        differences.forEach(row -> assertTrue(row.theirs(), row::row));
    }

    private static boolean isRead(String text) {
        try {
            new Parser().decode(text);
            return true;
        } catch (MalformedTokenException e) {
            return false;
        }
    }
}
