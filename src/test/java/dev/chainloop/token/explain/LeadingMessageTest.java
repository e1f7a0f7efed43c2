package dev.chainloop.token.explain;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.advice.Detail;
import dev.chainloop.token.advice.Leaks;
import dev.chainloop.token.core.Form;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several messages speaks, and what the lines around it tell. Lines are divided by {@code ¶}. */
class LeadingMessageTest {
    private static MessageSearch search(String log) {
        MessageSearch search = new MessageSearch(new Leaks(Instant.MAX));
        search.add(log.replace('¶', '\n'));
        return search;
    }

    /** A message that an earlier failure can cause does not lead, unless something succeeded between the two. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ERR JWT token is missing¶ERR attestation not yet initialized¶##[error]exit code 1. | token-missing",
                "ERR API token revoked¶ERR attestation not yet initialized | api-token-revoked",
                "ERR attestation not yet initialized | attestation-not-begun",
                "ERR attestation not yet initialized¶ERR API token revoked | api-token-revoked",
                "ERR API token revoked¶INF Attestation initialized!¶ERR attestation not yet initialized"
                        + " | attestation-not-begun",
                "WRN can't extract info for the auth token¶ERR attestation not yet initialized | attestation-not-begun",
                "ERR contract validation failed¶ERR attestation not yet initialized | contract validation failed",
                "ERROR: cannot delete the work folder¶ERR attestation not yet initialized | attestation-not-begun",
                "ERR contract validation failed¶ERROR - Task failed with exception | contract validation failed",
                "INFO - ERR contract validation failed¶INFO - Command exited with return code 1"
                        + " | contract validation failed",
                "level=info msg=\"ERR contract validation failed\" argo=true | contract validation failed",
            })
    void theFailureThatExplainsTheOthersLeads(String log, String expected) {
        MessageSearch search = search(log);
        String found = search.isErrorUnknown()
                ? UpstreamTexts.read()
                        .find(search.lines(), Form::isPlain)
                        .orElseThrow()
                        .text()
                : search.matches().get(0).message().id();
        assertEquals(expected, found);
    }

    /** Values are told, but none that may be of a token or a key. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "BACKEND | ERR this file is too big for the AWS-S3 CAS backend, please | AWS-S3",
                "BACKEND_LIMIT | ERR contact your administrator: fileSize=2.4G, maxSize=100M | 100M",
                "VERSION_FILE | DBG loaded version v2.4.0 from config file .chainloop.yml¶ERR x | .chainloop.yml",
                "GATE | ERR the policy \"sbom-x\" is configured as a gate and has violations | sbom-x",
                "GATE | ERR the policy \"c2lnbmF0dXJlLU9m\" is configured as a gate and has violations | -",
                "PROGRAM | + command -v chainloop¶/usr/bin/chainloop¶ERR x | /usr/bin/chainloop",
                "PROGRAM | cp a /usr/bin/chainloop | -",
                "SEARCH_PATH | X-Cron-Env: <PATH=/usr/bin:/bin> | /usr/bin:/bin",
                "UNKNOWN_WORD | ERR unknown flag: --latest-version | --latest-version",
                "CERTIFICATE_TIME | current time 2024-01-01T00:02:11Z is before 2026-09-30T00:00:00Z |"
                        + " 2024-01-01T00:02:11Z is before 2026-09-30T00:00:00Z",
            })
    void whatLinesTellAPlan(Detail detail, String log, String value) {
        assertEquals(value, search(log).testimony().details().get(detail));
    }

    /** An empty value of {@code --token} takes a word; it does not make an option unknown. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ERR unknown flag: --latest-version | false",
                "ERR unknown command \"psh\" for \"chainloop attestation\" | false",
                "ERR unknown command \"push\" for \"chainloop\" | true",
                "$ chainloop attestation psh¶ERR unknown command \"psh\" for \"chainloop attestation\" | false",
                "$ chainloop --token $T attestation psh¶ERR unknown command \"psh\" for \"chainloop\" | true",
            })
    void theOptionMayLackItsValue(String log, boolean expected) {
        assertEquals(expected, search(log).testimony().mayLackOption());
    }
}
