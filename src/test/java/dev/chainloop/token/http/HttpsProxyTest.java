package dev.chainloop.token.http;

import static org.junit.jupiter.api.Assertions.*;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpsProxyTest {
    @ParameterizedTest
    @CsvSource({
        "'', issuer.example, true",
        "issuer.example, issuer.example, false",
        "ISSUER.example, issuer.EXAMPLE, false",
        "example, issuer.example, false",
        ".example, issuer.example, false",
        "*.example, issuer.example, false",
        "ssuer.example, issuer.example, true",
        "'a.example, issuer.example', issuer.example, false",
        "'a.example issuer.example', issuer.example, false",
        "*, issuer.example, false",
        "., issuer.example, true",
        "10.1.2.3, 10.1.2.3, false",
        "fd00::1, [fd00::1], false",
        "'', localhost, false",
        "'', 127.0.0.1, false",
        "'', [::1], false",
        "'', ::1, false",
        "'', 127.0.0.1.example, true",
    })
    void followsNoProxy(String noProxy, String host, boolean proxied) throws Exception {
        for (Map<String, String> variables : java.util.List.of(
                Map.of("HTTPS_PROXY", "http://127.0.0.1:3128", "NO_PROXY", noProxy),
                Map.of("https_proxy", "127.0.0.1:3128", "no_proxy", noProxy))) {
            assertEquals(proxied, of(variables, host).type() == Proxy.Type.HTTP);
        }
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:3128, 3128", "127.0.0.1, 80", "http://[::1]:8080, 8080"})
    void readsHostAndPort(String named, int port) throws Exception {
        InetSocketAddress address = (InetSocketAddress)
                of(Map.of("HTTPS_PROXY", named), "issuer.example").address();
        assertEquals(port, address.getPort());
        assertEquals(true, address.getAddress().isLoopbackAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://proxy.example",
                "socks5://proxy.example",
                "http://user:s3cr3t@proxy.example",
                "http://",
                ": :"
            })
    void refusesWhatItCannotUseWithoutQuotingIt(String named) {
        UnreachableException fault =
                assertThrows(UnreachableException.class, () -> of(Map.of("HTTPS_PROXY", named), "issuer.example"));
        assertEquals("cannot be asked: $HTTPS_PROXY names no usable proxy", fault.what());
        assertEquals(
                "It takes http://host:port, without a user name; list hosts that need no proxy in $NO_PROXY.",
                fault.remedy());
    }

    private static Proxy of(Map<String, String> variables, String host) throws UnreachableException {
        return HttpsProxy.of(name -> Optional.ofNullable(variables.get(name)), host);
    }
}
