package dev.chainloop.token.verification;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** Where an address can be reached from, by the registries of special-purpose addresses (RFC 6890). */
public enum AddressScope {
    GLOBAL("the Internet"),
    PRIVATE("a private network"),
    LINK_LOCAL("a link-local address"),
    LOOPBACK("this machine");

    private static final byte[] NAT64 = {0x00, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private final String phrase;

    AddressScope(String phrase) {
        this.phrase = phrase;
    }

    /** A phrase for a person. */
    String phrase() {
        return phrase;
    }

    /** The scope of an address. An IPv6 address that embeds an IPv4 address has the scope of the latter. */
    static AddressScope of(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean four = address instanceof Inet4Address;
        // 0.0.0.0/8 and :: lead to this machine too.
        if (address.isLoopbackAddress() || address.isAnyLocalAddress() || (four && bytes[0] == 0)) {
            return LOOPBACK;
        }
        if (!four) {
            int start = startOfIpv4(bytes);
            if (start > 0) {
                return of(ofBytes(Arrays.copyOfRange(bytes, start, start + 4)));
            }
        }
        if (address.isLinkLocalAddress()) {
            return LINK_LOCAL;
        }
        boolean uniqueLocal = !four && (bytes[0] & 0xfe) == 0xfc;
        boolean sharedByCarrier = four && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return address.isSiteLocalAddress() || uniqueLocal || sharedByCarrier ? PRIVATE : GLOBAL;
    }

    /** Where an IPv6 address embeds an IPv4 address: after the prefix of 6to4 or NAT64, or after zeros only. */
    private static int startOfIpv4(byte[] bytes) {
        if (bytes[0] == 0x20 && bytes[1] == 0x02) {
            return 2;
        }
        byte[] prefix = Arrays.copyOf(bytes, NAT64.length);
        return Arrays.equals(prefix, NAT64) || Arrays.equals(prefix, new byte[NAT64.length]) ? NAT64.length : 0;
    }

    /** The address that a host is written as; empty for a name. Nothing is looked up. */
    public static Optional<InetAddress> literal(String host) {
        if (host.indexOf(':') < 0) {
            return dotted(host);
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            // It has colons, but is not an address.
            return Optional.empty();
        }
    }

    /**
     * Four numbers separated by dots. The platform's parser would accept fewer numbers, and look up anything else as
     * a name.
     */
    private static Optional<InetAddress> dotted(String host) {
        String[] parts = host.split("\\.", -1);
        byte[] bytes = new byte[4];
        if (parts.length != bytes.length) {
            return Optional.empty();
        }
        for (int i = 0; i < bytes.length; i++) {
            String part = parts[i];
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.empty();
            }
            int number = Integer.parseInt(part);
            if (number > 255) {
                return Optional.empty();
            }
            bytes[i] = (byte) number;
        }
        return Optional.of(ofBytes(bytes));
    }

    private static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
