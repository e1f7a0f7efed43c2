package dev.chainloop.token.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.source.Place;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which messages are found in a text, in which order, and what they name. */
class RowsTest {
    @Test
    void thereAreAtMostFiftyAndNoTextTwice() {
        assertTrue(
                KnownMessage.values().length <= 50,
                "a text with the meaning and cure of another message belongs there");
        Set<String> texts = new HashSet<>();
        for (KnownMessage message : KnownMessage.values()) {
            message.texts.forEach(text -> assertTrue(texts.add(text), text));
        }
    }

    /** As the CLI prints it, in JSON, as the reason in a chain of Go's errors, and colored, wrapped and quoted in a mail. */
    @ParameterizedTest
    @EnumSource(KnownMessage.class)
    void eachTextIsFoundInTheUsualFormsOfLine(KnownMessage message) {
        String list = "\n" + new CliRun().run("explain", "--list").out();
        for (String text : message.texts) {
            assertTrue(list.contains("\n" + text + "\n"), text);
            for (String log : List.of(
                    text,
                    "INF starting\n6:03AM ERR " + text + "\nexit status 1\n",
                    "{\"level\":\"error\",\"message\":\""
                            + text.replace("\"", "\\\"").replace("'", "\\u0027") + "\"}\n{}",
                    "INF x\nERR pushing: rpc error: code = Unknown desc = " + text + ": context canceled",
                    "> INF x\r\n> ERR \u001b[31m" + text.replace(" ", "\u001b[0m\r\n> \u001b[1;38;5;9m") + "\u001b[0m",
                    text.toUpperCase(Locale.ROOT),
                    "[90m6:03AM[0m [31mERR[0m " + text.replace("'", "\u2019").replace("-", "\u2011"))) {
                List<MessageMatch> found = MessageSearch.findAll(log);
                assertEquals(
                        List.of(message),
                        found.stream().map(MessageMatch::message).toList(),
                        log);
                assertEquals(text, found.get(0).text(), log);
            }
        }
    }

    /** What other programs say in the log of the same job, and sentences of another sense; ~ is a line break. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            $ make~kubectl get pods~Get "http://localhost:8080/api": dial tcp 127.0.0.1:8080: connect: connection refused
            $ make~Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on\
             10.0.0.2:53: no such host~exit status 1
            $ make~ERR adding material: Get "https://ghcr.io/v2/": dial tcp: lookup ghcr.io: no such host
            $ make~ERR Get "https://ghcr.io/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority
            $ make~kubelet: E1128 error writing config file: open /etc/kubernetes/kubelet.conf: permission denied~x
            $ make~ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF
            $ make~ERROR: failed to solve: rpc error: code = Unknown desc = pull: authentication required
            $ make~Error: flag needs an argument: --token~Usage: helm login [flags]
            $ make~Error: unknown command "foo" for "chainloop"~x
            $ make~kube-apiserver: [invalid bearer token, oidc: verify token: oidc: token is expired]~x
            $ make~wrangler: API token could not be verified~exit 1
            $ make~ERR Get "https://ghcr.io/v2/": API token could not be verified
            $ make~curl: (92) HTTP/2 PROTOCOL_ERROR~x: failed to connect to OIDC provider~gh: command canceled by user
            $ make~ERR x~API token could not be verified
            $ make~bash: helm: command not found~exit 127
            $ make~ERR csrf: session user not found in store
            npm ERR! 401 Unauthorized - your token is invalid or expired
            ssh-add: the incorrect passphrase supplied to decrypt the key
            10:04AM ERR csrf: session token not found in store
            kernel: operation not allowed on~sda
            INF API token revoked!
            ERR finding token: API token not found
            ERR Error: UNAUTHORIZED: authentication required
            out of cheese
            """)
    void aLineOfAnotherProgramIsNotAMessage(String log) {
        assertEquals("", titles(log));
    }

    private static String titles(String log) {
        List<String> titles = new ArrayList<>();
        MessageSearch.findAll(log.replace('~', '\n')).forEach(match -> titles.add(match.title()));
        return String.join("; ", titles);
    }

    /** ~ is a line break; a short message counts if it stands alone; the first one ended the last command, and a mere reason on the same line is not listed. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ERR API token revoked~ERR JWT token is missing~exit status 1 | JWT token is missing; API token revoked
            failed to parse authentication token: signature is invalid | signature is invalid
            failed to load issuer: x: issuer not found: cp.chainloop | issuer not found: cp.chainloop
            ERR failed to load issuer: no issuers configured~ERR JWT token is missing | JWT token is missing;\
             no issuers configured
            WRN can't extract info for the auth token~ERR JWT token is missing~exit status 1 | JWT token is missing
            WRN Both user credentials and $CHAINLOOP_TOKEN set~ERR JWT token is missing | JWT token is missing
            {"level":"error","msg":"org not found"}~{"level":"debug","msg":"invalid audience"} | org not found
            couldn't match JWT provider: unexpected token, invalid audience | invalid audience
            couldn't match JWT provider: error: code = 401 reason = UNAUTHORIZED message = JWT token has expired\
             metadata = map[] cause = <nil> | JWT token has expired
            ERR operation not allowed: This auth token is valid only with the project "shop" | valid only with the\
             project "shop"
            INF API token revoked!~ERR API token revoked | API token revoked
            ERR API token revoked~JWT token is missing | API token revoked; JWT token is missing
            error mapping the user claims: user claims | error mapping the user claims
            ERR issuer not found: a~ERR issuer not found: b | issuer not found: b
            ERR failed to load issuer~$ chainloop wf ls~ERR out of cheese | failed to load issuer
            $ chainloop att init~ERR API token revoked~$ chainloop att push~ERR attestation not yet initialized |\
             API token revoked
            DBG does your workflow have id-token: write scope?~ERR JWT token is missing | does your workflow have\
             id-token: write scope?; JWT token is missing
            ERR x:~ operation not allowed | operation not allowed
            ERR operation not allowed | operation not allowed
            {"level":"error","message":"operation not allowed"} | operation not allowed
            error: code = 403 reason = FORBIDDEN message = operation not allowed metadata = map[] cause = <nil> | operation not\
             allowed
            $ chainloop wf ls~FTL operation not allowed, ask an administrator | operation not allowed
            ERR issuer not found: cp.chainloop~ERR JWT token is missing | JWT token is missing; issuer not found: cp.chainloop
            ERR issuer not found: cp.chainloop~ERR failed to load issuer | issuer not found: cp.chainloop
            ERR JWT token is missing~WRN Both user credentials and $CHAINLOOP_TOKEN set | JWT token is missing
            DBG error retrieving request token~ERR API token revoked | API token revoked; error retrieving request token
            $ chainloop att init~JWT token is missing | JWT token is missing
            API token~could not~be verified | API token could not be verified
            > WRN x~> ERR JWT token is missing~> WRN API token revoked | JWT token is missing; API token revoked
            [missing authentication] | missing authentication
            {"message":"API\\ttoken\\rrevoked"} | API token revoked
            ERR API\u00a0token revoked | API token revoked
            │ ERR API token~│ revoked │ | API token revoked
            """)
    void theErrorThatEndedTheLastCommandComesFirstAndEachMessageOnce(String text, String titles) {
        assertEquals(titles, titles(text));
    }

    /** ~ is a line break. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$ chainloop att init~ERR API token revoked~$ chainloop wf create~ERR out of cheese",
                "+ chainloop att init~ERR API token revoked~+ chainloop wf create~ERR out of cheese",
                "##[group]Run a~ERR API token revoked~2026-01-01T00:00:00.0000000Z ##[group]Run b~::error::out of cheese",
                "WRN Both user credentials and $CHAINLOOP_TOKEN set~50\rERR out of cheese",
                "WRN Both user credentials and $CHAINLOOP_TOKEN set~ERR out of cheese",
                "DBG invalid audience: expected \"chainloop\"~ERR out of cheese~exit status 1"
            })
    void anUnknownErrorOfTheLastCommandLeads(String log) {
        assertEquals(Optional.empty(), new MessageSearch(log.replace('~', '\n')).match());
    }

    /** The first layer with a sign counts, in any case of its letters. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            storage        | cas.v1; bytestream; uploading: dial tcp; downloading; contacting API to get status; CAS backend;\
             checksum mismatch; stored content does not match the requested digest
            other-service  | denied: requested access to the resource is denied; failed to solve: dial tcp; failed to pull; Error response from daemon: no such host; npm ERR! 401; npm error 401
            authentication | code = Unauthenticated desc = authorization error; authentication error: no such host
            authorization  | authorization error
            connection     | code = Unavailable; code = Unimplemented desc = creating config file; code = DeadlineExceeded;\
             context deadline exceeded; connection error;\
             connection refused; no such host; dial tcp; x509: unknown command; unexpected HTTP status code
            command-line   | unknown command; unknown flag; unknown shorthand flag; required flag(s); flag needs an argument;\
             invalid argument; accepts 1 arg(s), received 2
            server         | contract "x" not found; contract not found
            cli            | While parsing config; creating config file; writing config file; config.toml: permission denied;\
             inappropriate ioctl for device; the authentication process has expired; retrieved invalid token;\
             the authentication was invalid, please try again; attestation not yet initialized; creating signer from keyref
            """)
    void aSignTellsTheLayer(String layer, String signs) {
        for (String sign : signs.split("; ")) {
            assertEquals(
                    layer, new MessageSearch("x: " + sign).layer().orElseThrow().word(), sign);
        }
    }

    @Test
    void theLogOfAJobIsKnownByALineAndNotTheLineAlone() {
        String signs = "##[group]x¦##vso[x]¦##teamcity[x]¦::error::x¦::group::x¦::warning file=x::x¦section_start:1:x"
                + "¦2026-01-01T00:00:00.0000000Z x";
        for (String line : signs.split("¦")) {
            assertEquals(Optional.of(Place.ELSEWHERE), new MessageSearch("x\n" + line).job(), line);
            assertEquals(Optional.empty(), new MessageSearch(line).job(), line);
        }
    }

    /** ~ is a line break, ^ an escape. Two systems' marks name neither, and other places have no sure mark. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            github    | Current runner version: '2.320.0'
            github    | x ##[error]Process completed with exit code 1.
            github    | ^[31m##[error]Process completed^[0m with exit code 1.
            github    | Error: Process completed with exit code 1.
            gitlab    | Running with gitlab-runner 17.0
            gitlab    | Cleaning up project directory and file based variables
            azure     | ##[section]Starting: Attest
            azure     | ##[section]Finishing: Attest
            jenkins   | [Pipeline] sh
            jenkins   | Build step 'Execute shell' marked build as failure
            circleci  | Exited with code exit status 1
            circleci  | CircleCI received exit code 1
            teamcity  | TeamCity server version is 2026.1
            elsewhere | Running with gitlab-runner 17.0~[Pipeline] sh
            elsewhere | ##[group]Run chainloop~x
            container | app-1 exited with code 1
            container | Attaching to web-1
            github    | app-1 exited with code 1~Error: Process completed with exit code 1.
            elsewhere | fatal: [web-1]: FAILED! => {}
            service   | Dec 02 10:00:00 host systemd[1]: Started~Dec 02 10:00:01 host chainloop[7]: ERR JWT token is missing
            ``        | Dec 02 10:00:00 host systemd[1]: Started~ERR JWT token is missing
            ``        | current runner version: '2.320.0'
            """)
    void aLogNamesItsPlaceByMarks(@Nullable String place, String log) {
        MessageSearch search = new MessageSearch(log.replace('~', '\n').replace('^', '\u001b'));
        assertEquals(place == null ? "" : place, search.job().map(Place::word).orElse(""));
    }

    /** The beginnings of lines; ¦ separates two, and ~ is a line break. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            WRN Both user credentials and $CHAINLOOP_TOKEN set~@ x | ``       | ERR¦FTL¦FATAL¦panic: ¦{"level":"error"}¦level=error¦error:¦##[error]¦::error file=a::¦Error
            WRN Both user credentials and $CHAINLOOP_TOKEN set~@ x | progress | TERR¦1FTL
            @ x                                   | progress      | WRN¦WARN¦INF¦DBG¦DEBUG¦TRC¦{"level":"info"}¦level=info¦warning:¦INF ERR
            $ make~@ API token could not be verified | authorization | ERR¦FTL¦WRN¦DBG¦panic:¦{"level":"error"}¦rpc error: code¦authentication error:¦ERR x~ ¦ERR x~>
            """)
    void theBeginningOfALineTellsHowBadItIsAndWhoseItIs(String log, String layer, String beginnings) {
        for (String beginning : beginnings.split("¦")) {
            MessageSearch search = new MessageSearch(log.replace("@", beginning).replace('~', '\n'));
            String found = search.layer().map(Layer::word).orElse("");
            assertEquals(layer, found, beginning);
        }
    }

    /** ~ is a line break, ^ an escape, T a token. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            issuer not found: cp.chainloop~                  | cp.chainloop
            {"m":"issuer not found: cp.chainloop\\n"}        | cp.chainloop
            issuer not found:~ https://git~lab.com, and more | https://gitlab.com
            issuer not found: https://x.example/a.: b        | https://x.example/a
            issuer not found: ^[1mhttps://x.example/a^[0m    | https://x.example/a
            ISSUER NOT FOUND: CP.CHAINLOOP                   | cp.chainloop
            issuer not found: https://token.actions.github~  usercontent.com | https://token.actions.githubusercontent.com
            issuer not found: **cp.chainloop**               | cp.chainloop
            issuer not found: cp.chainloop.example           | cp.chainloop.example
            issuer not found: https://gitlab.com:8443        | https://gitlab.com:8443
            issuer not found:                                |
            valid only with the project "shop"               | shop
            {"m":"valid only with the project \\"shop\\""}   | shop
            scoped to a different workflow                   |
            issuer not found: T                              |
            issuer not found: BearerT                        |
            valid only with the project "T"                  |
            issuer not found: 123456789012345678901234567890123456789012345678901234567890123 |\
             123456789012345678901234567890123456789012345678901234567890123
            issuer not found: 1234567890123456789012345678901234567890123456789012345678901234 |
            """)
    void theNameInAMessageIsKeptIfItHasTheFormOfAName(String text, String name) {
        String log = text.replace('~', '\n')
                .replace('^', '\u001b')
                .replaceFirst("(?<=: |Bearer|\")T(?=$|\")", TokenMint.token(TokenMint.API_TOKEN));
        assertEquals(
                Optional.ofNullable(name), MessageSearch.findAll(log).get(0).name());
    }
}
