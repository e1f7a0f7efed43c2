package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Search;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** No object that holds a secret prints it, since logs and debuggers print objects. */
class SecretsTest {
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN);

    @Test
    void aDecodedTokenTellsSizesOnly() throws MalformedTokenException {
        DecodedToken decoded = new Parser().decode(TOKEN);
        assertEquals("DecodedToken[header 2, claims 6]", decoded.toString());
        assertEquals("Claims[6]", decoded.claims().toString());
    }

    @Test
    void anArgumentIsRedacted() {
        assertEquals("Argument[--token, <redacted>]", new Search.Argument("--token", TOKEN).toString());
        assertNothingOf(request().toString());
    }

    @Test
    void anEnvironmentTellsNoValues() {
        assertEquals("Environment[LINUX, 1 variables]", environment().toString());
    }

    @Test
    void aConfigReadingIsRedacted() {
        ConfigReading reading = new ConfigReading.Read(
                Optional.of(TOKEN),
                Optional.empty(),
                false,
                false,
                new ConfigReading.ControlPlaneKeys(Optional.empty(), Optional.empty(), false));
        assertEquals("Read[<redacted>]", reading.toString());
    }

    @Test
    void aFoundTokenIsRedactedWhereverItIs() {
        Search.Result result = search().run(request());
        Look.Found token = result.found().orElseThrow();
        assertEquals(TOKEN, token.secret());
        assertEquals("Found[Origin[kind=ARGUMENT, name=TOKEN], <redacted>]", token.toString());
        assertNothingOf(result.toString());
        assertNothingOf(Inspector.inspect(token, CliRun.NOW, false).toString());
    }

    private static Search.Request request() {
        return new Search.Request(Optional.empty(), Optional.of(new Search.Argument("TOKEN", TOKEN)), Optional.empty());
    }

    private static Environment environment() {
        return new Environment(Map.of("CHAINLOOP_TOKEN", TOKEN), Environment.Platform.LINUX);
    }

    private static Search search() {
        return new Search(environment(), StandardInput.empty(), () -> CliRun.NOW, millis -> {}, sentence -> {});
    }

    private static void assertNothingOf(String text) {
        assertFalse(text.isEmpty());
        for (String segment : TOKEN.split("\\.", -1)) {
            assertFalse(text.contains(segment.substring(0, 8)), text);
            assertFalse(text.contains(segment.substring(segment.length() - 8)), text);
        }
    }
}
