package dev.chainloop.token.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.JudgedToken;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A value is judged alike wherever it comes from: as an argument, on stdin, in the variable and in the config file. */
class JudgedSourcesTest {
    @TempDir
    Path home;

    static List<JudgedToken> rows() throws IOException {
        return JudgedToken.all();
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
        String[] field = {"--field", "status"};
        List<CliRun.Result> results = List.of(
                CliRun.withHome(home).run("inspect", field[0], field[1], option, text),
                CliRun.withHome(home).env("CHAINLOOP_TOKEN", text).run(field),
                CliRun.withHome(home).run("inspect", "--source", "config", field[0], field[1]),
                CliRun.withHome(home)
                        .stdin(Descriptor.Kind.PIPE, new ByteArrayInputStream(line.toByteArray()))
                        .run("inspect", "-", field[0], field[1]));
        for (CliRun.Result result : results) {
            String status = result.out().strip();
            String sources = results.stream().map(CliRun.Result::out).toList().toString();
            if (text.isBlank()) {
                // That is no value.
                assertEquals("none", status, sources);
            } else if (judged.ours()) {
                assertTrue(status.equals("typed") || status.equals("unrecognized"), sources);
                assertTrue(result.status() < 2, sources);
            } else {
                assertEquals("malformed", status, sources);
                assertEquals(3, result.status(), sources);
            }
        }
    }

    static Stream<Arguments> oddClaims() throws IOException {
        Pattern claim = Pattern.compile(".*[{]\"(aud|exp|nbf|iat|iss|sub|jti|org_id)\":([^{}]*|[{].*[}])[}]>.*");
        return rows().stream()
                .filter(judged -> judged.theirs() && !judged.typed())
                .map(judged -> claim.matcher(judged.row()))
                .filter(Matcher::matches)
                .map(row -> Arguments.of(row.group(1), row.group(2)));
    }

    /** What only typed claims refuse makes a healthy token no malformed one, but it is told. */
    @ParameterizedTest
    @MethodSource("oddClaims")
    void whatOnlyTypedClaimsRefuseIsAFinding(String claim, String value) {
        String token = TokenMint.token(Payload.of(TokenMint.API_TOKEN, claim, value));
        String[] field = {"inspect", "--field", "findings", "--token"};
        String healthy = TokenMint.token(TokenMint.API_TOKEN);
        assertEquals(
                "[]\n",
                CliRun.withHome(home)
                        .run(field[0], field[1], field[2], field[3], healthy)
                        .out());
        String found = CliRun.withHome(home)
                .run(field[0], field[1], field[2], field[3], token)
                .out();
        assertTrue(found.startsWith("[{\"id\":"), found);
    }
}
