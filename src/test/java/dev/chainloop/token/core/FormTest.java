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
        "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMN, true",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNO, false",
        "eyJhbGciOiJIUzI1NiJ9, false",
        "EYJHBGCIOIJIUZINIJABCDEF, true",
    })
    void aVariablesNameIsPlainAndNoPieceOfASecret(String text, boolean plain) {
        assertEquals(plain, Form.isPlain(text));
    }

    @ParameterizedTest
    @CsvSource({
        "8c1d2b3c-0000-4000-8000-000000000001, true",
        "8C1D2B3C-0000-4000-8000-00000000000F, true",
        "8c1d2b3c-0000-4000-8000-00000000000, false",
        "8c1d2b3c00000-4000-8000-000000000001, false",
        "8c1d2b3g-0000-4000-8000-000000000001, false",
    })
    void anIdIsAUuid(String text, boolean id) {
        assertEquals(id, Form.isId(text));
    }
}
