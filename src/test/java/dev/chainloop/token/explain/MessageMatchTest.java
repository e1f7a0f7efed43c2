package dev.chainloop.token.explain;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.testing.TokenMint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which messages are found in a text, in which order, and what they name. */
class MessageMatchTest {
    @ParameterizedTest
    @EnumSource(KnownMessage.class)
    void eachTextIsFoundHoweverItIsLogged(KnownMessage message) {
        for (String text : message.texts()) {
            String wrapped = text.replace(" ", "\r\n    ");
            String colored = "\u001b[31m" + text.replace(" ", "\u001b[0m \u001b[1;38;5;9m") + "\u001b[0m";
            // A text that other programs have too is one of these within its frame only, or as a sentence of its own.
            List<String> frames = message.row().frames;
            String frame = frames.isEmpty() ? "" : frames.get(0) + "\n";
            for (String bare : List.of(
                    "ERR " + text,
                    "ERR rpc error: code = Unauthenticated desc = " + text + ", see the docs",
                    "2026-01-01T00:00:00.0000000Z \u001b[90m12:00AM\u001b[0m \u001b[31mERR\u001b[0m " + text,
                    "{\"level\":\"error\",\"message\":\"" + text + "\"}",
                    "INF starting\nINF done\nERR " + text + "\nexit status 1\n",
                    "ERR " + wrapped,
                    "ERR " + colored,
                    text.toUpperCase(java.util.Locale.ROOT),
                    text.replace("'", "\u2019").replace("-", "\u2011"),
                    text.replace("'", "\u2018").replace("\"", "\u201c"),
                    "{\"msg\":\"" + text.replace("'", "\\u0027").replace("<", "\\u003c") + "\\nexit\"}",
                    "{\"log\":\"{\\\"msg\\\":\\\"\\\\u001b[31m" + text.replace("'", "\\\\u0027") + "\\\"}\"}",
                    "[90m12:00AM[0m [31mERR[0m " + text,
                    "^[[31mERR^[[0m " + text,
                    "> ERR " + text.replace(" ", "\r\n> "),
                    "ERR " + text.replace('\'', '\ufffd'),
                    "\u2502 ERR " + text.replace(" ", " \u2502\n\u2502 ") + " \u2502",
                    "[2026-01-01T00:00:00.000Z] ERR " + text.replace(" ", "\n[2026-01-01T00:00:00.000Z] "),
                    "ERR " + text.charAt(0) + "\u00ad" + text.substring(1).replace(" ", "\u00a0"),
                    "ERR " + text.substring(0, text.length() / 2) + "\n" + text.substring(text.length() / 2),
                    text.replace(" ", "\t "))) {
                String log = frame + bare;
                List<MessageMatch> matches = MessageSearch.findAll(log);
                assertEquals(1, matches.size(), log);
                assertEquals(message, matches.get(0).message(), log);
                assertEquals(text, matches.get(0).text(), log);
            }
        }
    }

    /** ~ is a line's end. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `` | ``
            out of cheese | ``
            issuer not fnd: cp.chainloop | ``
            JWT token is missing, then API token revoked | JWT token is missing; API token revoked
            API token revoked, then JWT token is missing | API token revoked; JWT token is missing
            your authentication token is invalid | your authentication token is invalid
            failed to parse authentication token: signature is invalid | failed to parse authentication token
            failed to load issuer: x: issuer not found: cp.chainloop | issuer not found: cp.chainloop
            failed to load issuer: no issuers configured~ERR JWT token is missing | JWT token is missing; failed to\
             load issuer
            WRN can't extract info for the auth token~ERR JWT token is missing~exit status 1 | JWT token is missing;\
             can't extract info for the auth token
            ERR API token revoked~ERR org not found~INF logged in user | org not found; API token revoked; logged in user
            {"level":"error","msg":"org not found"}~{"level":"debug","msg":"invalid audience"} | org not found;\
             invalid audience
            couldn't match JWT provider: unexpected token, invalid audience | invalid audience; couldn't match JWT\
             provider
            couldn't match JWT provider: error: code = 401 reason = UNAUTHORIZED message = JWT token has expired\
             metadata = map[] cause = <nil> | JWT token has expired; couldn't match JWT provider
            ERR operation not allowed: This auth token is valid only with the project "shop" | valid only with the\
             project "shop"; operation not allowed
            INF API token revoked! | API token revoked!
            ERR API token revoked | API token revoked
            logged in user nor API token found | logged in user nor API token found
            API token workflow mismatch | API token workflow mismatch
            superuser not found | ``
            issuer not found | issuer not found
            ERR issuer not | ``
            has expired | ``
            error mapping the user claims: user claims | error mapping the user claims
            issuer not found: a~issuer not found: b | issuer not found: b
            """)
    void theErrorThatEndedTheCommandComesFirstAndEachMessageOnce(String text, String titles) {
        List<String> found = new ArrayList<>();
        MessageSearch.findAll(text.replace('~', '\n')).forEach(match -> found.add(match.title()));
        assertEquals(titles, String.join("; ", found));
    }

    static Stream<Arguments> names() {
        String token = TokenMint.token(TokenMint.API_TOKEN);
        return Stream.of(
                arguments("issuer not found: cp.chainloop", "cp.chainloop"),
                arguments("issuer not found: cp.chainloop\n", "cp.chainloop"),
                arguments("issuer not found: cp.chainloop.", "cp.chainloop"),
                arguments("(issuer not found: cp.chainloop)", "cp.chainloop"),
                arguments("\"issuer not found: cp.chainloop\"", "cp.chainloop"),
                arguments("{\"m\":\"issuer not found: cp.chainloop\\n\"}", "cp.chainloop"),
                arguments("issuer not found:\n  https://gitlab.com, and more", "https://gitlab.com"),
                arguments("issuer not found: \u001b[1mhttps://x.example/a\u001b[0m", "https://x.example/a"),
                arguments("failed to load issuer: a: b: issuer not found: cp.chainloop", "cp.chainloop"),
                arguments("ISSUER NOT FOUND: CP.CHAINLOOP", "cp.chainloop"),
                arguments("issuer not found: cp.chain\nloop", "cp.chainloop"),
                arguments(
                        "issuer not found: https://token.actions.github\n  usercontent.com",
                        "https://token.actions.githubusercontent.com"),
                arguments("issuer not found: cp.chainloop: context canceled", "cp.chainloop"),
                arguments("issuer not found: **cp.chainloop**", "cp.chainloop"),
                arguments("issuer not found: cp.chainloop</span>", "cp.chainloop"),
                arguments("issuer not found: 'cp.chainloop'?", "cp.chainloop"),
                arguments("issuer not found: cp.chainloop.example", "cp.chainloop.example"),
                arguments("issuer not found: https://gitlab.com:8443", "https://gitlab.com:8443"),
                arguments("issuer not found: `https://idp.example/a`!", "https://idp.example/a"),
                arguments("issuer not found:", null),
                arguments("issuer not found: \"\"", null),
                arguments("no issuers configured", null),
                arguments("valid only with the project \"shop\"", "shop"),
                arguments("valid only with the project \"my shop\".", null),
                arguments("{\"m\":\"valid only with the project \\\"shop\\\"\"}", "shop"),
                arguments("valid only with the project shop", null),
                arguments("valid only with the project \"shop", null),
                arguments("scoped to a different workflow", null),
                arguments("issuer not found: " + token, null),
                arguments("issuer not found: Bearer" + token, null),
                arguments("valid only with the project \"" + token + "\"", null),
                arguments("issuer not found: " + "x".repeat(63), "x".repeat(63)),
                arguments("issuer not found: " + "x".repeat(64), null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void whatAMessageNamesIsTakenAlongIfItHasTheFormOfAName(String text, String name) {
        assertEquals(
                Optional.ofNullable(name), MessageSearch.findAll(text).get(0).name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "npm ERR! 401 Unauthorized - your token is invalid or expired",
                "Parsing error: Unexpected token is invalid here",
                "ssh-add: the incorrect passphrase supplied to decrypt the key",
                "10:04AM ERR csrf: session token not found in store",
                "INFO retrieving user claims from the cache\nINFO logged in user bob",
                "kernel: operation not allowed on device sda",
            })
    void aSentenceOfAnotherProgramIsNotAMessage(String log) {
        assertEquals(List.of(), MessageSearch.findAll(log));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it says operation not allowed when I push",
                "ERR operation not allowed",
                "{\"level\":\"error\",\"message\":\"operation not allowed\"}",
                "error: code = 403 reason = FORBIDDEN message = operation not allowed metadata = map[] cause = <nil>",
                "$ chainloop wf ls\nERR operation not allowed, ask an administrator",
            })
    void aShortMessageIsFoundWhereItStandsAlone(String log) {
        assertEquals(
                List.of(KnownMessage.OPERATION_NOT_ALLOWED),
                MessageSearch.findAll(log).stream().map(MessageMatch::message).toList());
    }

    /** Accents took quadratic time to normalize: half a megabyte of them took minutes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "issuer not found: cp.chainloop failed to load issuer ",
                "\u0301\u0323",
                "\u0301[0m\u0323[0m",
                "\\u001b[",
                "\u001b]",
                ">\n"
            })
    void aLogMadeToBeSlowTakesNoLongerThanItsLength(String unit) {
        String log = unit.repeat((1 << 20) / unit.length()) + "\nERR issuer not found: cp.chainloop";
        assertEquals(
                1,
                assertTimeoutPreemptively(Duration.ofSeconds(100), () -> MessageSearch.findAll(log))
                        .size());
    }
}
