package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormTest {
    @ParameterizedTest
    @CsvSource({
        "docker run -e CHAINLOOP_CONTROL_PLANE_API=localhost:9000 IMAGE, true",
        "CHAINLOOP_CONTROL_PLANE_API, true",
        "CHAINLOOP_CONTROL_PLANE_API2, false",
        "CHAINLOOP_CONTROL_PLANE_APi, false",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNO, false",
        "eyJhbGciOiJIUzI1NiJ9, false",
        "EYJHBGCIOIJIUZINIJABCDEF, true",
    })
    void aVariablesNameIsPlainAndNoPieceOfASecret(String text, boolean plain) {
        assertEquals(plain, Form.isPlain(text));
    }
}
