package dev.chainloop.token.explain;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a text is that holds no known message: each word by which that is told. */
class UnknownTextTest {
    private static final Map<UnknownText, String> SAID = Map.of(
            UnknownText.EMPTY, "No message to explain",
            UnknownText.PROSE, "A question, no message",
            UnknownText.NETWORK, "chainloop-token ask",
            UnknownText.MESSAGE, "If the message is about the token:",
            UnknownText.OTHER, "so the one here is not judged.");

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ` `                          | EMPTY
            how to rotate it             | PROSE
            what does it mean            | PROSE
            why not                      | PROSE
            where is it                  | PROSE
            when does it end             | PROSE
            which one counts             | PROSE
            who made it                  | PROSE
            can i have one               | PROSE
            can you help                 | PROSE
            do i need one                | PROSE
            does it work                 | PROSE
            is my build broken           | PROSE
            is the build broken          | PROSE
            should it be so              | PROSE
            Why Not                      | PROSE
            the build stops, or not?     | PROSE
            then i ran it                | PROSE
            so i'm lost                  | PROSE
            now i've run it              | PROSE
            it is my build               | PROSE
            then we ran it               | PROSE
            it is our build              | PROSE
            please help                  | PROSE
            why?                         | OTHER
            why: it stopped              | OTHER
            it stopped: why not          | OTHER
            oops: does it work?          | OTHER
            ERR why not                  | OTHER
            somehow it stopped           | OTHER
            dial tcp 10.0.0.1            | NETWORK
            it timed out                 | NETWORK
            connection reset             | NETWORK
            connection closed            | NETWORK
            could not resolve x          | NETWORK
            name resolution failed       | NETWORK
            bad proxy                    | NETWORK
            tls: bad record              | NETWORK
            tls handshake                | NETWORK
            bad certificate              | NETWORK
            unexpected eof               | NETWORK
            code = unavailable           | NETWORK
            the frobnicator is out       | OTHER
            bad auth                     | MESSAGE
            bad token                    | MESSAGE
            bad jwt                      | MESSAGE
            status 401                   | MESSAGE
            status 403                   | MESSAGE
            status 4031                  | OTHER
            no permission                | MESSAGE
            it is forbidden              | MESSAGE
            it was denied                | MESSAGE
            bad credential               | MESSAGE
            not logged in                | MESSAGE
            bad login                    | MESSAGE
            to log in                    | MESSAGE
            it expired                   | MESSAGE
            bad issuer                   | MESSAGE
            bad OIDC                     | MESSAGE
            bad claim                    | MESSAGE
            bad signature                | MESSAGE
            bad bearer                   | MESSAGE
            CHAINLOOP_X is bad           | MESSAGE
            """)
    void isToldByItsWords(String text, UnknownText kind) {
        CliRun run = CliRun.withHome(home);
        if (kind != UnknownText.NETWORK) {
            run.env("CHAINLOOP_TOKEN", TokenMint.described("API expired"));
        }
        String screen = run.stdin(text).run("explain").out().replaceAll("\\s+", " ");
        assertTrue(screen.contains(SAID.get(kind)), screen);
    }
}
