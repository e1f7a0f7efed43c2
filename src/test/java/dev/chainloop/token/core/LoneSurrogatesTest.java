package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Escapes of lone surrogates come through the reading of JSON as the characters that they are. */
class LoneSurrogatesTest {
    private static Map<String, ?> read(String json) throws JsonProcessingException {
        return LoneSurrogates.back(
                new ObjectMapper().readValue(LoneSurrogates.away(json), new TypeReference<Map<String, Object>>() {}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"d800", "D9aF", "dbff", "dc00", "dd0e", "DFFF"})
    void loneOneIsReadInNamesAndValues(String digits) throws JsonProcessingException {
        String one = String.valueOf((char) Integer.parseInt(digits, 16));
        String escape = "\\u" + digits;
        String json = "{\"" + escape + "\":[\"" + escape + "x\",{\"x" + escape + "\":\"" + escape + escape + "\"}]}";

        assertTrue(LoneSurrogates.mayBeIn(json));
        // Two high ones, or two low ones, are no pair.
        assertEquals(Map.of(one, List.of(one + "x", Map.of("x" + one, one + one))), read(json));
    }

    @Test
    void pairStaysAPair() throws JsonProcessingException {
        assertEquals(Map.of("\uD83D\uDE00", "\uD800\uDC00"), read("{\"\\ud83d\\ude00\":\"\\uD800\\uDC00\"}"));
    }

    @Test
    void theMarkItselfIsRead() throws JsonProcessingException {
        assertEquals(Map.of("\uE000d800", "\uE000"), read("{\"\uE000d800\":\"\\ue000\"}"));
    }

    @Test
    void whatIsNotASurrogateIsLeftAlone() throws JsonProcessingException {
        String json = "{\"\\u00e4\\\\ud800\":\"\\u0000\\n\"}";
        assertEquals(Map.of("ä\\ud800", "\u0000\n"), read(json));
        assertFalse(LoneSurrogates.mayBeIn("{\"\\u00e4\":\"\\u\"}"));
        assertFalse(LoneSurrogates.mayBeIn("{\"a\":1}\\u"));
    }
}
