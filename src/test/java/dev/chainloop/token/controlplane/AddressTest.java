package dev.chainloop.token.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.cp.chainloop.dev:443",
                "127.0.0.1:9000",
                "[::1]:443",
                "localhost:65535",
                "cp_1:1",
                "[::ffff:1.2.3.4]:1"
            })
    void isReadAndWrittenTheSame(String text) {
        assertEquals(Optional.of(text), Address.of(text).map(Address::toString));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":443",
                "host",
                "host:",
                "host:0",
                "host:65536",
                "host:443x",
                "host:-1",
                "https://host:443",
                "user@host:443",
                "host/path:443",
                "::1:443",
                "[host:443",
                "[host]:443",
                "[127.0.0.1]:443",
                "[:]:443",
                "[1::2::3]:443",
                "-host:443",
                "a b:443",
                "dns:///host:443",
                "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJhIn0:443"
            })
    void whatNamesNoHostAndPortIsNotAnAddress(String text) {
        assertEquals(Optional.empty(), Address.of(text));
    }
}
