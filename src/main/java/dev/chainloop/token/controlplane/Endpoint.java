package dev.chainloop.token.controlplane;

import com.google.common.net.HostAndPort;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.http.UnreachableException;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Host;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * A control plane, and how to connect to it.
 *
 * @param address its gRPC port
 * @param from what names it: an option, a variable, {@code control-plane.api} or {@code default}
 * @param authority an authority to trust besides the system's, as the Chainloop CLI accepts it: a file name, PEM, or
 *     base64 of PEM
 * @param plainText whether to connect without TLS
 */
public record Endpoint(HostAndPort address, String from, Optional<String> authority, boolean plainText) {
    /** What an address looks like, for a sentence about a wrong one. */
    public static final String FORM = "HOST:PORT without https://, as in " + Host.DEFAULT
            + "; a host name is in lower case and has no underscore";

    /** The address in a text like {@code api.cp.chainloop.dev:443} or {@code [::1]:443}; empty when it is not one. */
    public static Optional<HostAndPort> address(String text) {
        try {
            // The gRPC library takes only a host that a URL can have; and a token that was given by mistake must not be
            // sent to name servers.
            boolean usable = Form.isAddress(text)
                    && new URI("dns://" + text).parseServerAuthority().getPort() > 0;
            return usable ? Optional.of(HostAndPort.fromString(text)) : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** What options give; each part wins over the variable, the config file and the CLI's default, in that order. */
    public record Given(Optional<HostAndPort> address, Optional<String> authority, boolean insecure) {
        /** Whether nothing but the config file could say which control plane is meant. */
        public boolean needsConfig(Environment environment) {
            return address.isEmpty() && environment.nonEmpty(Host.VARIABLE).isEmpty();
        }
    }

    /** The control plane to ask, found as the Chainloop CLI does. An empty value counts as none. */
    public static Endpoint of(Given given, Environment environment, ConfigReading config) throws UnreachableException {
        Optional<ConfigReading.ControlPlaneKeys> keys =
                config instanceof ConfigReading.Read read ? Optional.of(read.controlPlane()) : Optional.empty();
        boolean plainText = given.insecure
                || environment
                        .nonEmpty("CHAINLOOP_API_INSECURE")
                        .map(Environment::isTrue)
                        .orElse(keys.isPresent() && keys.get().insecure());
        Host host = Host.of(environment, config, true).orElse(new Host(Host.DEFAULT, "default"));
        Optional<HostAndPort> address = given.address.or(() -> address(host.address()));
        if (address.isEmpty()) {
            throw new UnreachableException(
                    "cannot be asked: " + host.from() + (host.from().startsWith("$") ? "" : " of the config file")
                            + " does not name a host and port",
                    "It takes " + FORM + ".");
        }
        return new Endpoint(
                address.get(),
                given.address.isPresent() ? "--control-plane" : host.from(),
                given.authority
                        .or(() -> environment.nonEmpty("CHAINLOOP_CONTROL_PLANE_API_CA"))
                        .or(() -> keys.flatMap(ConfigReading.ControlPlaneKeys::authority)),
                plainText);
    }
}
