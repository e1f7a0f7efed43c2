package dev.chainloop.token.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.testing.GoldenCase;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every finding has a transcript that shows it. */
class TranscriptsTest {
    @ParameterizedTest
    @EnumSource(Rule.class)
    void eachRuleHasATranscript(Rule rule) throws IOException {
        assertEquals(true, !cases("finding-" + rule.word()).isEmpty(), "finding-" + rule.word() + "…");
    }

    private static List<GoldenCase> cases(String prefix) throws IOException {
        return GoldenCase.all().stream()
                .filter(golden -> golden.toString().startsWith(prefix))
                .toList();
    }
}
