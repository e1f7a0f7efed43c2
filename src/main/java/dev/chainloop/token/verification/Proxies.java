package dev.chainloop.token.verification;

import dev.chainloop.token.source.Environment;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Which proxy a request goes through, by the usual variables. */
public final class Proxies {
    private final Environment environment;

    /** The proxies of an environment. */
    public Proxies(Environment environment) {
        this.environment = environment;
    }

    /** The proxy for a URL; none for plain HTTP, which stays on this machine. */
    Proxy of(URI url) throws KeyException {
        return "https".equalsIgnoreCase(url.getScheme())
                ? of(unbracketed(url.getHost()), url.getPort() < 0 ? 443 : url.getPort())
                : Proxy.NO_PROXY;
    }

    /**
     * The proxy for a host.
     *
     * @param host a name, or an address without brackets
     * @throws KeyException when the variable names none that can be used
     */
    public Proxy of(String host, int port) throws KeyException {
        Optional<String> named = environment.nonEmpty("HTTPS_PROXY").or(() -> environment.nonEmpty("https_proxy"));
        if (named.isEmpty() || isExempt(host.toLowerCase(Locale.ROOT), port)) {
            return Proxy.NO_PROXY;
        }
        try {
            String text = named.get().contains("://") ? named.get() : "http://" + named.get();
            URI proxy = new URI(text);
            if (proxy.getHost() != null && "http".equalsIgnoreCase(proxy.getScheme()) && proxy.getUserInfo() == null) {
                int own = proxy.getPort() < 0 ? 80 : proxy.getPort();
                return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(unbracketed(proxy.getHost()), own));
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // Reported below without the value, which can contain a password.
        }
        throw new KeyException(
                "cannot be asked: $HTTPS_PROXY names no usable proxy",
                "It takes http://host:port, without a user name; list hosts that need no proxy in $NO_PROXY.");
    }

    private boolean isExempt(String host, int port) {
        if (isLoopback(host)) {
            return true;
        }
        String list = environment
                .nonEmpty("NO_PROXY")
                .or(() -> environment.nonEmpty("no_proxy"))
                .orElse("");
        for (String word : list.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            if (covers(word, host, port)) {
                return true;
            }
        }
        return false;
    }

    /**
     * An entry of the list: a host, a domain with its subdomains, an address or a block of addresses, each with or
     * without a port; or {@code *}.
     */
    private static boolean covers(String word, String host, int port) {
        int colon = word.lastIndexOf(':');
        // A port's colon is the only one, or follows the closing bracket of an IPv6 address.
        boolean hasPort = colon > 0 && (word.indexOf(':') == colon || word.charAt(colon - 1) == ']');
        if (hasPort && !word.substring(colon + 1).equals(String.valueOf(port))) {
            return false;
        }
        String name = unbracketed(hasPort ? word.substring(0, colon) : word);
        Optional<InetAddress> address = AddressScope.literal(host);
        if (name.equals("*")) {
            return true;
        }
        return address.isPresent() ? coversAddress(name, address.get()) : coversName(name, host);
    }

    private static boolean coversName(String name, String host) {
        String domain = name.startsWith("*.") ? name.substring(1) : name;
        String bare = domain.startsWith(".") ? domain.substring(1) : domain;
        return !bare.isEmpty() && (host.equals(bare) || host.endsWith("." + bare));
    }

    /** An address matches the same address in any spelling, or a block that contains it (CIDR, RFC 4632), but no domain. */
    private static boolean coversAddress(String name, InetAddress host) {
        int slash = name.indexOf('/');
        Optional<InetAddress> start = AddressScope.literal(slash < 0 ? name : unbracketed(name.substring(0, slash)));
        if (start.isEmpty()) {
            return false;
        }
        byte[] of = start.get().getAddress();
        byte[] is = host.getAddress();
        int bits = slash < 0 ? 8 * of.length : bits(name.substring(slash + 1));
        if (bits < 0 || bits > 8 * of.length || of.length != is.length) {
            return false;
        }
        int shift = 8 * of.length - bits;
        return new BigInteger(1, of).shiftRight(shift).equals(new BigInteger(1, is).shiftRight(shift));
    }

    private static int bits(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Whether a host's name alone says that it is this machine; a name that merely resolves to it does not count. */
    static boolean isLoopback(String host) {
        String name = unbracketed(host).toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || AddressScope.literal(name)
                        .map(InetAddress::isLoopbackAddress)
                        .orElse(false);
    }

    /** An IPv6 address without the brackets that a URL puts around it. */
    static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
