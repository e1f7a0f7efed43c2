package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.OddControlPlane;
import dev.chainloop.token.testing.SelfSigned;
import dev.chainloop.token.testing.TokenMint;
import java.nio.file.Path;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers about a token that no control plane gives: neither an acceptance nor a refusal. */
class OddAnswersTest {
    private static final String WEB = "answers like a web server, not like a control plane";
    private static final String LONG = "answers with more data than a control plane would";
    private static final String SEVERAL = "answers one question with several messages";
    private static final String NO_STATUS = "answers without a gRPC status";
    private static final String CUT = "answers with a message that is cut off";
    private static final String DAMAGED = "answers with a message that is compressed or damaged";
    private static final String BROKEN = "closes the connection, or does not speak gRPC";

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            head=302 message= end=0                | WEB
            head=204 message= end=0                | WEB
            head=500 message= end=0                | WEB
            head=302 end=16                        | WEB
            only=302/0                             | WEB
            only=302/16                            | WEB
            only=503/3                             | WEB
            head=103 head=200 message= end=0       | WEB
            bare message= end=0                    | WEB
            page=200 message= end=0                | WEB
            page=404 stop                          | WEB
            only=200/3                             | fails with an error of its own, which says nothing about the token: gRPC code 3
            head=200 end=0                         | answers without a message
            only=200/0                             | answers without a message
            head=200 message= message= end=0       | SEVERAL
            head=200 message= message= message= message= end=0 | SEVERAL
            head=200 message= end=16               | answers with both a message and an error
            head=200 message= end=3                | answers with both a message and an error
            head=200 cut=abc end=0                 | CUT
            head=200 prefix end=0                  | CUT
            head=200 message= cut= end=0           | CUT
            head=200 cut=abc end=16                | CUT
            head=200 flag=1 end=0                  | DAMAGED
            head=200 flag=2 end=0                  | DAMAGED
            gzip=200 flag=1 end=0                  | DAMAGED
            gzip=200 message= end=0                | DAMAGED
            head=200 message= mute                 | NO_STATUS
            head=200 mute                          | NO_STATUS
            only=200                               | NO_STATUS
            head=200 message= stop                 | NO_STATUS
            head=200 stop                          | NO_STATUS
            head=200 message= reset                | BROKEN
            reset                                  | BROKEN
            head=200 message= close                | BROKEN
            close                                  | BROKEN
            flood=header                           | LONG
            flood=indexes                          | LONG
            flood=headers                          | BROKEN
            flood=pings                            | BROKEN
            """)
    void isNeitherYesNorNo(String answer, String what) throws Exception {
        String sentence = what.replace("WEB", WEB)
                .replace("LONG", LONG)
                .replace("SEVERAL", SEVERAL)
                .replace("NO_STATUS", NO_STATUS)
                .replace("CUT", CUT)
                .replace("DAMAGED", DAMAGED)
                .replace("BROKEN", BROKEN);
        try (OddControlPlane server = new OddControlPlane(ServerSocketFactory.getDefault(), answer)) {
            assertCannotBeAsked(server, sentence, ask(server, "--insecure"));
        }
    }

    /** There it is the decrypted answer that is checked. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            only=302/16                            | WEB
            flood=header                           | LONG
            """)
    void isNeitherYesNorNoOverTls(String answer, String what) throws Exception {
        Path authority = home.resolve("ca.pem");
        ServerSocketFactory sockets = SelfSigned.tls(authority).getServerSocketFactory();
        try (OddControlPlane server = new OddControlPlane(sockets, answer)) {
            String sentence = what.equals("WEB") ? WEB : LONG;
            assertCannotBeAsked(server, sentence, ask(server, "--control-plane-ca=" + authority));
        }
    }

    private CliRun.Result ask(OddControlPlane server, String option) {
        return CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.API_TOKEN))
                .run("ask", "--control-plane=" + server.address(), option);
    }

    private static void assertCannotBeAsked(OddControlPlane server, String sentence, CliRun.Result result) {
        assertTrue(result.err().contains(server.address() + " " + sentence + "."), result.err() + result.out());
        assertEquals("", result.out());
        assertEquals(5, result.status());
    }

    /** What gRPC allows, although few servers send it. */
    @ParameterizedTest
    @CsvSource({
        "head=200 message= end=0, 0",
        "sized=200 message= end=0, 0",
        "padded=200 message= end=0, 0",
        "only=200/16, 1",
        "head=200 end=16, 1",
        "sized=200 end=16, 1"
    })
    void isAnAnswer(String answer, int status) throws Exception {
        try (OddControlPlane server = new OddControlPlane(ServerSocketFactory.getDefault(), answer)) {
            CliRun.Result result = ask(server, "--insecure");
            assertEquals(status, result.status(), result.err());
            assertTrue(result.out().startsWith(status == 0 ? "Accepted by " : "Refused by "), result.out());
        }
    }
}
