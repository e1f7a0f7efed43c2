package dev.chainloop.token.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first and last address of each block, and their neighbours. */
class AddressScopeTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, LOOPBACK",
        "127.255.255.255, LOOPBACK",
        "128.0.0.1, GLOBAL",
        "0.0.0.0, LOOPBACK",
        "0.1.2.3, LOOPBACK",
        "::1, LOOPBACK",
        "::, LOOPBACK",
        "::ffff:127.0.0.1, LOOPBACK",
        "::127.0.0.1, LOOPBACK",
        "64:ff9b::7f00:1, LOOPBACK",
        "2002:7f00:1::, LOOPBACK",
        "2002:a01:203::1, PRIVATE",
        "2002:808:808::1, GLOBAL",
        "9.255.255.255, GLOBAL",
        "10.0.0.0, PRIVATE",
        "10.255.255.255, PRIVATE",
        "172.15.255.255, GLOBAL",
        "172.16.0.0, PRIVATE",
        "172.31.255.255, PRIVATE",
        "172.32.0.0, GLOBAL",
        "192.168.0.0, PRIVATE",
        "192.169.0.0, GLOBAL",
        "100.63.255.255, GLOBAL",
        "100.64.0.0, PRIVATE",
        "100.127.255.255, PRIVATE",
        "100.128.0.0, GLOBAL",
        "169.254.0.0, LINK_LOCAL",
        "169.255.0.0, GLOBAL",
        "fe80::1, LINK_LOCAL",
        "febf::1, LINK_LOCAL",
        "fec0::1, PRIVATE",
        "fbff::1, GLOBAL",
        "fc00::1, PRIVATE",
        "fdff::1, PRIVATE",
        "2001:db8::1, GLOBAL",
        "8.8.8.8, GLOBAL",
    })
    void anAddressIsWhereItsBlockIs(String address, AddressScope scope) {
        assertEquals(scope, AddressScope.of(AddressScope.literal(address).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "3",
                "10.1",
                "256.1.1.1",
                "1.2.3.4.5",
                "1.2.3.x",
                "0x7f.0.0.1",
                "1.2.3.",
                "g::1",
                ":"
            })
    void whatIsNotAnAddressIsAName(String host) {
        assertEquals(true, AddressScope.literal(host).isEmpty());
    }
}
