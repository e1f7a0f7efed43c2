package dev.chainloop.token.controlplane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.net.HostAndPort;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndpointTest {
    @Test
    void isReadAndWrittenTheSame() {
        for (String text :
                "api.cp.chainloop.dev:443 127.0.0.1:9000 [::1]:443 localhost:65535 [::ffff:1.2.3.4]:1".split(" ")) {
            assertEquals(Optional.of(text), Endpoint.address(text).map(HostAndPort::toString));
        }
    }

    @Test
    void whatNamesNoHostAndPortIsNotAnAddress() {
        String texts =
                ",:443,cp_1:1,.:1,a..b:1,999.1.1.1:1,xn--:1,host:443#x,host,host:,host:0,host:65536,host:443x,host:-1,"
                        + "https://host:443,user@host:443,host/path:443,::1:443,[host:443,[host]:443,[127.0.0.1]:443,[:]:443,"
                        + "[1::2::3]:443,-host:443,a b:443,dns:///host:443,eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJhIn0:443";
        for (String text : texts.split(",")) {
            assertEquals(Optional.empty(), Endpoint.address(text), text);
        }
    }
}
