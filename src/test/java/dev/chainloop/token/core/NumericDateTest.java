package dev.chainloop.token.core;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.TokenMint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The time claims, read through a whole token: as the server, by the floating-point number that is nearest. */
class NumericDateTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00Z",
        "-1, 1969-12-31T23:59:59Z",
        "1715935250.9999999999999999999999999999, 2024-05-17T08:40:51Z",
        "-0.5, 1969-12-31T23:59:59Z",
        "1715935250000000000000e-12, 2024-05-17T08:40:50Z",
        "-62167219200, 0000-01-01T00:00:00Z",
        "253402300799, 9999-12-31T23:59:59Z",
        "253402300799.999, 9999-12-31T23:59:59Z",
        "-62167219201, ",
        "253402300800, ",
        "1e13, ",
        "1e-99999999999999999999, 1970-01-01T00:00:00Z",
        "-9e-66, 1969-12-31T23:59:59Z",
    })
    void aNumberOfSecondsIsCutToWholeOnes(String number, Instant instant) throws MalformedTokenException {
        assertEquals(Optional.ofNullable(instant), time(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1715935250\"", "null", "[1715935250]", "{\"exp\":1}"})
    void aValueThatIsNotANumberIsNotATime(String json) throws MalformedTokenException {
        assertEquals(Optional.empty(), time(json));
    }

    /** Go adds the seconds from the year 1 to 1970, with 64 bits, and compares the sums (time.Unix, Time.Before). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "253402300800",
                "9223371974719179007",
                "9223371974719179264",
                "9223372036854775807",
                "1e300",
                "-1e18"
            })
    void anExpiryThatOverflowsInGoIsLongPast(String number) throws MalformedTokenException {
        long sum = (long) Double.parseDouble(number) + 62_135_596_800L;
        boolean past = sum < 62_135_596_800L + 1_767_225_600L;
        Claims claims =
                new Parser().decode(TokenMint.token("{\"exp\":" + number + "}")).claims();
        assertEquals(past, claims.isLongPast("exp"));
        assertEquals(!past, claims.isFarAhead("exp"));
    }

    @Test
    void longNumbersMeanWhatTheySayAndCostNothing() throws MalformedTokenException {
        String zeros = "0".repeat(500_000);
        assertQuick(Optional.empty(), "1".repeat(64));
        for (String one : List.of("1." + zeros, "1" + zeros + "e-500000", "0." + zeros + "1e500001", "1e-" + zeros)) {
            assertQuick(Optional.of(Instant.ofEpochSecond(1)), one);
        }
    }

    private static void assertQuick(Optional<Instant> instant, String number) throws MalformedTokenException {
        Claims claims =
                new Parser().decode(TokenMint.token("{\"exp\":" + number + "}")).claims();
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int i = 0; i < 1000; i++) {
                assertEquals(instant, claims.time("exp"));
            }
        });
    }

    private static Optional<Instant> time(String json) throws MalformedTokenException {
        Claims claims = new Parser()
                .decode(TokenMint.token("{\"exp\":" + json + ",\"nbf\":" + json + ",\"iat\":1}"))
                .claims();
        assertEquals(Optional.of(Instant.ofEpochSecond(1)), claims.time("iat"));
        assertEquals(claims.time("exp"), claims.time("nbf"));
        return claims.time("exp");
    }
}
