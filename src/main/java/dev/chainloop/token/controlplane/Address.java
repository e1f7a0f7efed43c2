package dev.chainloop.token.controlplane;

import dev.chainloop.token.core.TokenShape;
import dev.chainloop.token.verification.AddressScope;
import java.util.Optional;

/**
 * Where a control plane is.
 *
 * @param host a name, or an address, without the brackets of an IPv6 one
 * @param port its gRPC port
 */
public record Address(String host, int port) {
    private static final int MAX_PORT = 65535;

    /** The address in a text like {@code api.cp.chainloop.dev:443} or {@code [::1]:443}; empty when it is not one. */
    public static Optional<Address> of(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            return Optional.empty();
        }
        String name = text.substring(0, colon);
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        String host = bracketed ? name.substring(1, name.length() - 1) : name;
        int port = port(text.substring(colon + 1));
        return port < 1 || !isHost(host, bracketed) ? Optional.empty() : Optional.of(new Address(host, port));
    }

    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5) {
            return 0;
        }
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            port = port * 10 + c - '0';
        }
        return port > MAX_PORT ? 0 : port;
    }

    private static boolean isHost(String host, boolean bracketed) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && c != '.' && !(bracketed ? c == ':' : c == '-' || c == '_')) {
                return false;
            }
        }
        if (bracketed) {
            return host.indexOf(':') >= 0 && AddressScope.literal(host).isPresent();
        }
        // A token given by mistake must not be sent to name servers.
        return !host.isEmpty() && !host.startsWith("-") && !TokenShape.isIn(host);
    }

    /** The same in the form that {@link #of} reads. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
