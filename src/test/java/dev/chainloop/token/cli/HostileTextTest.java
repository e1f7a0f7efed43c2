package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims and file names that attack the terminal, the reader or the CI runner that they are printed to. */
class HostileTextTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> SHOWN_CLAIMS =
            List.of(("jti org_id org_name token_name project_id project_name workflow_id workflow_name scope "
                            + "scope_id iss sub user_id repository project_path repository_owner_id namespace_id")
                    .split(" "));

    private static final List<String> AUDIENCES =
            List.of("api-token-auth.chainloop", "user-auth.chainloop", "chainloop", "of nobody");

    @TempDir
    Path home;

    static Stream<Arguments> attacks() {
        return Stream.of(
                arguments("a color", "\u001b[31mred"),
                arguments("a title, ended by BEL", "\u001b]0;title\u0007"),
                arguments("a hyperlink", "\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\"),
                arguments("a sequence of C1", "\u009b31m \u009d0;title\u009c"),
                arguments("all of C0", c0()),
                arguments("all of C1, and DEL", c1()),
                arguments("a line over the line", "harmless\rexpired"),
                arguments("back spaces", "abc\b\b\bxyz"),
                arguments("right to left", "\u202egnp.exe"),
                arguments("bidi controls", "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
                arguments("line separators", "a\u2028::error::b\u2029::error::c\u0085::error::d"),
                arguments("a lone high surrogate", "a\ud800"),
                arguments("a lone low surrogate", "\udc00a"),
                arguments("surrogates in the wrong order", "\udc00\ud800"),
                arguments("a whole pair, which is harmless", "\ud83d\ude00"),
                arguments("a byte-order mark", "\ufeff::error::a"),
                arguments("a command", "::error::a"),
                arguments("a command behind blanks", "  ::error::a"),
                arguments("a command behind a tab", "\t::error::a"),
                arguments("a command behind a no-break space", "\u00a0::error::a"),
                arguments("a command behind odd blanks", "\u3000\u2003\u202f::error::a"),
                arguments("a command behind an invisible character", "\u200b::error::a"),
                arguments("a command on a new line", "a\n::error::b"),
                arguments("a command on a new line of Windows", "a\r\n  ::add-mask::b"),
                arguments("a command behind a form feed", "a\f::error::b"),
                arguments("an old command", "##[error]a"),
                arguments("an old command within", "a ##[command]b"),
                arguments("an old command behind too many signs", "####[error]a"),
                arguments("two old commands", "##[error]##[error]"),
                arguments("an old command taken apart", "##\u200b[error]a"),
                arguments("colons only", "::"),
                arguments("a sign at the end", "a##"),
                arguments("a bracket at the start", "[error]"),
                arguments("quotes and a backslash", "\"\\u001b\\\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void isHarmlessAsText(String attack, String text) throws JsonProcessingException {
        for (String audience : AUDIENCES) {
            assertHarmless(attack, run(token(text, audience)));
            assertHarmless(attack, run(token(text, audience), "--claims"));
            assertHarmless(attack, run(token(text, audience), "--redact"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void isHarmlessAsABareValueOnOneLine(String attack, String text) throws JsonProcessingException {
        String names = "id,orgName,tokenName,projectName,workflowName,scope,scopeId,namespaceId,audience,issuer,"
                + "subject,algorithm,keyId,claims.iss,claims.deep,claims,header,header.alg";
        for (String audience : AUDIENCES) {
            CliRun.Result result = run(token(text, audience), "--field", names);
            assertHarmless(attack, result);
            assertEquals(names.split(",", -1).length, result.out().lines().count(), attack);
            assertEquals(
                    result.out().lines().count(),
                    result.out().chars().filter(c -> c == '\n').count(),
                    attack);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void isHarmlessAsJsonAndStillTheSame(String attack, String text) throws JsonProcessingException {
        for (String audience : AUDIENCES) {
            CliRun.Result result = run(token(text, audience), "-o", "json");
            assertHarmless(attack, result);
            JsonNode object = JSON.readTree(result.out());
            assertEquals(payload(text, audience), object.get("claims"), attack);
            assertEquals(header(text), object.get("header"), attack);
            assertEquals(text, object.get("issuer").textValue(), attack);
            assertEquals(text, object.get("subject").textValue(), attack);
            assertEquals(text, object.get("keyId").textValue(), attack);
            assertEquals(text, object.get("audience").get(1).textValue(), attack);
            if (!audience.equals("of nobody")) {
                assertEquals(text, object.get("id").textValue(), attack);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::error::a",
                "  ::error::a",
                "a\n::error::b",
                "a\r::error::b",
                "##[error]a",
                "####[error]",
                "\u001b[31mred",
                "\u007f",
                "a\n\n"
            })
    void isHarmlessAsAFilesName(String name) throws IOException {
        Path file = home.resolve("in").resolve(name);
        Files.createDirectories(file);
        CliRun.Result folder = run("-c", file.toString());
        assertHarmless(name, folder);
        assertEquals(4, folder.status());
        assertEquals(
                1, folder.out().lines().filter(line -> line.startsWith("✗ ")).count());
        CliRun.Result json = run("-c", file.toString(), "-o", "json");
        assertHarmless(name, json);
        assertEquals(
                file.toString(),
                JSON.readTree(json.out()).get("source").get("name").textValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/::error::a", "/a\n::error::b", "/##[error]a", "/\u001b[31mred"})
    void isHarmlessAsAConfigHome(String name) throws IOException {
        String folder = home + name;
        Files.createDirectories(Path.of(folder));
        CliRun.Result none =
                CliRun.withHome(home).env("XDG_CONFIG_HOME", folder).run();
        assertHarmless(folder, none);
        assertEquals(1, none.status());
        assertTrue(none.out().contains("/chainloop/config.toml"), none.out());
    }

    /** How many lines there are before the plan and the blank line above it. */
    private static long told(String text) {
        return text.replaceFirst("(?s)\nWhat to do\n.*", "").lines().count();
    }

    private CliRun.Result run(String... args) {
        return CliRun.withHome(home).run(args);
    }

    private static String token(String text, String audience) throws JsonProcessingException {
        return TokenMint.token(escaped(header(text)), escaped(payload(text, audience)));
    }

    /** JSON in ASCII: only as escapes can lone surrogates get into a token. */
    private static String escaped(ObjectNode object) throws JsonProcessingException {
        StringBuilder ascii = new StringBuilder();
        for (char c : JSON.writeValueAsString(object).toCharArray()) {
            ascii.append(c < 0x7f ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return ascii.toString();
    }

    /** A claim's name; a lone surrogate in it is refused, as the JSON library does. */
    private static String name(String text) {
        StringBuilder name = new StringBuilder(text.length());
        text.chars().filter(c -> !Character.isSurrogate((char) c)).forEach(c -> name.append((char) c));
        return name.toString();
    }

    private static ObjectNode header(String text) {
        return JSON.createObjectNode().put("alg", text).put("kid", text).put(name(text), 1);
    }

    private static ObjectNode payload(String text, String audience) {
        ObjectNode payload = JSON.createObjectNode();
        for (String claim : SHOWN_CLAIMS) {
            payload.put(claim, text);
        }
        payload.put(name(text), "a name");
        payload.putArray("aud").add(audience).add(text);
        payload.putObject("deep").put(name(text), text).putArray("deeper").add(text);
        return payload;
    }

    private static void assertHarmless(String attack, CliRun.Result result) {
        String all = result.out() + result.err();
        for (int i = 0; i < all.length(); i += Character.charCount(all.codePointAt(i))) {
            int point = all.codePointAt(i);
            assertFalse(
                    point != '\n' && isControl(point),
                    () -> attack + ": U+" + Integer.toHexString(point) + " in " + all);
        }
        assertFalse(all.contains("##["), all);
        for (String line : all.split("[\n\r\u0085\u2028\u2029]", -1)) {
            assertFalse(withoutBlanksInFront(line).startsWith("::"), all);
        }
        assertFalse(all.contains("\ufffd"), "not UTF-8: " + all);
    }

    private static boolean isControl(int point) {
        return point < 0x20
                || (point >= 0x7f && point < 0xa0)
                || (point >= 0xd800 && point < 0xe000)
                || (point >= 0x200e && point <= 0x200f)
                || (point >= 0x2028 && point <= 0x202e)
                || (point >= 0x2066 && point <= 0x2069)
                || point == 0x061c
                || point == 0x200b
                || point == 0xfeff;
    }

    private static String withoutBlanksInFront(String line) {
        int start = 0;
        while (start < line.length()
                && (Character.isWhitespace(line.charAt(start)) || Character.isSpaceChar(line.charAt(start)))) {
            start++;
        }
        return line.substring(start);
    }

    private static String c0() {
        StringBuilder text = new StringBuilder();
        for (char c = 0; c < 0x20; c++) {
            text.append(c);
        }
        return text.toString();
    }

    private static String c1() {
        StringBuilder text = new StringBuilder();
        for (char c = 0x7f; c < 0xa0; c++) {
            text.append(c);
        }
        return text.toString();
    }
}
