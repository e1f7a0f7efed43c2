package dev.chainloop.token.http;

import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The proxy that the usual variables name. */
public final class HttpsProxy {
    private static final Pattern SEPARATORS = Pattern.compile("[,\\s]+");

    private HttpsProxy() {}

    /**
     * The proxy for a host.
     *
     * @param variables gives the value of a variable that is set and not empty
     * @param host a name, or an address with or without brackets
     */
    public static Proxy of(Function<String, Optional<String>> variables, String host) throws UnreachableException {
        Optional<String> named = either(variables, "HTTPS_PROXY");
        String bare = host.replace("[", "").replace("]", "").toLowerCase(Locale.ROOT);
        if (named.isEmpty() || isExempt(bare, either(variables, "NO_PROXY"))) {
            return Proxy.NO_PROXY;
        }
        try {
            URI proxy = URI.create(named.get().contains("://") ? named.get() : "http://" + named.get());
            if (proxy.getHost() != null && "http".equalsIgnoreCase(proxy.getScheme()) && proxy.getUserInfo() == null) {
                int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
                return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port));
            }
        } catch (IllegalArgumentException e) {
            // Reported below without the value, which can contain a password.
        }
        throw new UnreachableException(
                "cannot be asked: $HTTPS_PROXY names no usable proxy",
                "It takes http://host:port, without a user name; list hosts that need no proxy in $NO_PROXY.");
    }

    private static Optional<String> either(Function<String, Optional<String>> variables, String name) {
        return variables.apply(name).or(() -> variables.apply(name.toLowerCase(Locale.ROOT)));
    }

    /** Whether the list has the host, a domain that it is in, or {@code *}; this machine itself is always exempt. */
    private static boolean isExempt(String host, Optional<String> list) {
        boolean loopback = InetAddresses.isInetAddress(host)
                && InetAddresses.forString(host).isLoopbackAddress();
        if (loopback || host.equals("localhost")) {
            return true;
        }
        for (String word : SEPARATORS.split(list.orElse("").toLowerCase(Locale.ROOT), -1)) {
            String domain = word.startsWith("*.") ? word.substring(2) : word.startsWith(".") ? word.substring(1) : word;
            if (domain.equals("*") || host.equals(domain) || (!domain.isEmpty() && host.endsWith("." + domain))) {
                return true;
            }
        }
        return false;
    }
}
