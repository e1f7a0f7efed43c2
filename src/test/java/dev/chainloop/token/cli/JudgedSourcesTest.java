package dev.chainloop.token.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.chainloop.token.core.JudgeTest;
import dev.chainloop.token.core.JudgeTest.JudgedToken;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.testing.CliRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A value is judged alike wherever it comes from: as an argument, on stdin, in the variable and in the config file. */
class JudgedSourcesTest {
    @TempDir
    Path home;

    static List<JudgedToken> rows() throws IOException {
        List<JudgedToken> rows = new ArrayList<>();
        for (JudgedToken judged : JudgeTest.rows()) {
            // Whatever a source might take off, and some of the rest.
            if (judged.text().matches("(?s).*[^A-Za-z0-9._-].*") || judged.bytes().length % 5 == 0) {
                rows.add(judged);
            }
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everySourceJudgesAlike(JudgedToken judged) throws IOException {
        String text = judged.text();
        Path config = Files.createDirectories(home.resolve(".config/chainloop")).resolve("config.toml");
        // What JSON escapes, TOML escapes alike.
        Files.writeString(
                config, "[auth]\ntoken = " + new TextNode(text).toString().replace("\u007f", "\\u007f"));
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(judged.bytes());
        line.writeBytes("\r\n".getBytes(UTF_8));
        // An option's value cannot look like an option.
        String option = text.startsWith("--") ? "--" : "--token";
        String field = "--field=status";
        List<CliRun.Result> results = List.of(
                CliRun.withHome(home).run("inspect", field, option, text),
                CliRun.withHome(home).env("CHAINLOOP_TOKEN", text).run(field),
                CliRun.withHome(home).run("inspect", "--source", "config", field),
                CliRun.withHome(home)
                        .stdin(Descriptor.Kind.PIPE, new ByteArrayInputStream(line.toByteArray()))
                        .run("inspect", "-", field));
        for (CliRun.Result result : results) {
            String status = result.out().strip();
            String sources = results.stream().map(CliRun.Result::out).toList().toString();
            if (text.isBlank()) {
                // That is not a value.
                assertEquals("none", status, sources);
            } else if (judged.ours()) {
                assertTrue(status.equals("typed") || status.equals("unrecognized"), sources);
                assertTrue(result.status() < 2, sources);
            } else {
                boolean large = result == results.get(2) && Files.size(config) > 256 << 10;
                assertEquals(large ? "error" : "malformed", status, sources);
                assertEquals(large ? 4 : 3, result.status(), sources);
            }
        }
    }
}
