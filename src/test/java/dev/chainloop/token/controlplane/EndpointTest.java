package dev.chainloop.token.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.net.HostAndPort;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.cp.chainloop.dev:443",
                "127.0.0.1:9000",
                "[::1]:443",
                "localhost:65535",
                "[::ffff:1.2.3.4]:1"
            })
    void isReadAndWrittenTheSame(String text) {
        assertEquals(Optional.of(text), Endpoint.address(text).map(HostAndPort::toString));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":443",
                "cp_1:1",
                ".:1",
                "a..b:1",
                "999.1.1.1:1",
                "xn--:1",
                "host:443#x",
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
        assertEquals(Optional.empty(), Endpoint.address(text));
    }
}
