package dev.chainloop.token.verification;

import dev.chainloop.token.source.Environment;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Which proxy a request goes through, by the variables that other tools obey. */
final class Proxies {
    private final Environment environment;

    Proxies(Environment environment) {
        this.environment = environment;
    }

    /** The proxy for a URL; none for plain HTTP, which stays on this machine. */
    Proxy of(URI url) throws KeyException {
        Optional<String> named = environment.nonEmpty("HTTPS_PROXY").or(() -> environment.nonEmpty("https_proxy"));
        if (named.isEmpty() || !"https".equalsIgnoreCase(url.getScheme()) || isExempt(url)) {
            return Proxy.NO_PROXY;
        }
        try {
            String text = named.get().contains("://") ? named.get() : "http://" + named.get();
            URI proxy = new URI(text);
            if (proxy.getHost() != null && "http".equalsIgnoreCase(proxy.getScheme()) && proxy.getUserInfo() == null) {
                int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
                return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(unbracketed(proxy.getHost()), port));
            }
        } catch (URISyntaxException | IllegalArgumentException e) {
            // Told below, without the value: there can be a password in it.
        }
        throw new KeyException(
                "cannot be asked: $HTTPS_PROXY names no proxy that can be used",
                "It takes http://host:port, without a user; hosts to be asked directly go to $NO_PROXY.");
    }

    private boolean isExempt(URI url) {
        String host = unbracketed(url.getHost()).toLowerCase(Locale.ROOT);
        if (isLoopback(host)) {
            return true;
        }
        int port = url.getPort() < 0 ? 443 : url.getPort();
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

    /** A host, a domain with all below it, either with a port, or the star. */
    private static boolean covers(String word, String host, int port) {
        int colon = word.lastIndexOf(':');
        boolean hasPort = colon > 0 && word.indexOf(':') == colon;
        if (hasPort && !word.substring(colon + 1).equals(String.valueOf(port))) {
            return false;
        }
        String name = unbracketed(hasPort ? word.substring(0, colon) : word);
        String domain = name.startsWith("*.") ? name.substring(1) : name;
        String bare = domain.startsWith(".") ? domain.substring(1) : domain;
        return name.equals("*") || (!bare.isEmpty() && (host.equals(bare) || host.endsWith("." + bare)));
    }

    /** Whether a host is this machine by its very name; a name that a resolver maps to it does not count. */
    static boolean isLoopback(String host) {
        String name = unbracketed(host).toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.equals("::1") || isLoopbackAddress(name);
    }

    private static boolean isLoopbackAddress(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals("127")) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
