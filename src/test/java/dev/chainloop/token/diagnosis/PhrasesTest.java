package dev.chainloop.token.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhrasesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            token.txt: not valid TOML | token.txt: not valid TOML
            a/b: no such file         | a/b: no such file
            its scope is x.y          | Its scope is x.y
            ''                        | ''
            """)
    void aFileAtTheStartOfASentenceKeepsItsName(String clause, String start) {
        assertEquals(start, Phrases.capitalized(clause));
    }
}
