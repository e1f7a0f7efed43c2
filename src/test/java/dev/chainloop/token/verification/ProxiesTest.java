package dev.chainloop.token.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainloop.token.source.Environment;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests go through the proxy that {@code HTTPS_PROXY} names. */
class ProxiesTest {
    @ParameterizedTest(name = "NO_PROXY={0}, {1}: through the proxy is {2}")
    @CsvSource({
        "'', https://issuer.example/keys, true",
        "other.example, https://issuer.example/keys, true",
        "issuer.example, https://issuer.example/keys, false",
        "ISSUER.example, https://issuer.EXAMPLE/keys, false",
        "example, https://issuer.example/keys, false",
        ".example, https://issuer.example/keys, false",
        "*.example, https://issuer.example/keys, false",
        "ssuer.example, https://issuer.example/keys, true",
        "'a.example, issuer.example', https://issuer.example/keys, false",
        "'a.example issuer.example', https://issuer.example/keys, false",
        "*, https://issuer.example/keys, false",
        "issuer.example:443, https://issuer.example/keys, false",
        "issuer.example:8443, https://issuer.example/keys, true",
        "issuer.example:8443, https://issuer.example:8443/keys, false",
        "'', https://localhost/keys, false",
        "'', https://127.0.0.1/keys, false",
        "'', https://[::1]/keys, false",
        "'', https://127.0.0.1.example/keys, true",
        "'', http://localhost/keys, false",
        "., https://issuer.example/keys, true",
        "3, https://10.1.2.3/keys, true",
        ".2.3, https://10.1.2.3/keys, true",
        "10.1.2.3, https://10.1.2.3/keys, false",
        "10.1.2.3:443, https://10.1.2.3/keys, false",
        "10.1.2.3:8443, https://10.1.2.3/keys, true",
        "10.0.0.0/8, https://10.1.2.3/keys, false",
        "10.0.0.0/8, https://11.1.2.3/keys, true",
        "10.1.2.2/31, https://10.1.2.3/keys, false",
        "10.1.2.4/31, https://10.1.2.3/keys, true",
        "10.1.2.3/32, https://10.1.2.3/keys, false",
        "0.0.0.0/0, https://10.1.2.3/keys, false",
        "10.0.0.0/33, https://10.1.2.3/keys, true",
        "10.0.0.0/, https://10.1.2.3/keys, true",
        "10.0.0.0/-1, https://10.1.2.3/keys, true",
        "10.0.0.0/8, https://host10.0.0.0.example/keys, true",
        "0.0.0.0/0, https://[fd00::1]/keys, true",
        "fd00::/8, https://[fd00::1]/keys, false",
        "[fd00::1], https://[fd00:0::1]/keys, false",
        "[fd00::1]:443, https://[fd00::1]/keys, false",
        "[fd00::1]:8443, https://[fd00::1]/keys, true",
        "fe00::/8, https://[fd00::1]/keys, true",
    })
    void followsNoProxy(String noProxy, URI url, boolean proxied) throws KeyException {
        assertEquals(proxied, isProxied(Map.of("HTTPS_PROXY", "http://proxy.example:3128", "NO_PROXY", noProxy), url));
        assertEquals(proxied, isProxied(Map.of("https_proxy", "proxy.example:3128", "no_proxy", noProxy), url));
    }

    private static boolean isProxied(Map<String, String> variables, URI url) throws KeyException {
        return proxies(variables).of(url).address() != null;
    }

    private static Proxies proxies(Map<String, String> variables) {
        return new Proxies(new Environment(new HashMap<>(variables), Environment.Platform.LINUX));
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.example:3128, proxy.example/<unresolved>:3128",
        "proxy.example, proxy.example/<unresolved>:80",
    })
    void readsHostAndPort(String proxy, String address) throws KeyException {
        String read = proxies(Map.of("HTTPS_PROXY", proxy))
                .of(URI.create("https://issuer.example/"))
                .address()
                .toString();
        assertEquals(address, read.replaceFirst("/[0-9.]+:", "/<unresolved>:"));
    }

    @Test
    void withoutAVariableNoneIsUsed() throws KeyException {
        assertFalse(isProxied(Map.of("HTTPS_PROXY", ""), URI.create("https://issuer.example/")));
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
    void refusesWhatItCannotUseWithoutQuotingIt(String proxy) {
        KeyException fault = assertThrows(
                KeyException.class,
                () -> proxies(Map.of("HTTPS_PROXY", proxy)).of(URI.create("https://issuer.example/")));
        assertEquals("cannot be asked: $HTTPS_PROXY names no usable proxy", fault.what());
        assertEquals(
                "It takes http://host:port, without a user name; list hosts that need no proxy in $NO_PROXY.",
                fault.remedy());
    }
}
