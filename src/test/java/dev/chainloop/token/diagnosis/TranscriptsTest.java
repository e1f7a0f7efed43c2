package dev.chainloop.token.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.explain.KnownMessage;
import dev.chainloop.token.testing.AnswerTable;
import dev.chainloop.token.testing.GoldenCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every finding has a transcript that shows it, and every message a transcript or a row. */
class TranscriptsTest {
    @ParameterizedTest
    @EnumSource(Rule.class)
    void eachRuleHasATranscript(Rule rule) throws IOException {
        assertEquals(true, !cases("finding-" + rule.word()).isEmpty(), "finding-" + rule.word() + "…");
    }

    @Test
    void eachTextOfEachMessageIsExplainedAsTheCliPrintsIt() throws IOException {
        Set<String> missing = new TreeSet<>();
        List<String> logs = new ArrayList<>();
        List<GoldenCase> all = new ArrayList<>(AnswerTable.named("explain").cases());
        all.addAll(cases("explain-"));
        for (GoldenCase golden : all) {
            logs.add(golden.stdin(Path.of("/home")));
        }
        for (KnownMessage message : KnownMessage.values()) {
            for (String text : message.texts()) {
                Pattern printed = Pattern.compile("(?s)^(?=(ERR|INF|WRN|DBG|Error:|panic:) ).*?(?i)\\Q"
                        + text.replace("NAME", "\\E[A-Za-z]+\\Q"));
                if (logs.stream().noneMatch(log -> printed.matcher(log).find())) {
                    missing.add(text);
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    private static List<GoldenCase> cases(String prefix) throws IOException {
        return GoldenCase.all().stream()
                .filter(golden -> golden.toString().startsWith(prefix))
                .toList();
    }
}
