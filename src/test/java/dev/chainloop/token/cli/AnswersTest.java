package dev.chainloop.token.cli;

import dev.chainloop.token.testing.AnswerTable;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays the tables of {@link AnswerTable}; {@code -Dgolden.update=true} writes what would be compared. */
class AnswersTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"check", "places", "sources", "states", "tokens", "values", "verify"})
    void answersAsWritten(String table) throws Exception {
        AnswerTable.named(table).check(folder, SchemaTest::assertFollows);
    }
}
