package dev.chainloop.token.controlplane;

import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Host;
import java.util.Optional;

/**
 * Where the settings of the connection to a control plane come from, in the Chainloop CLI's order: an option, a
 * variable, the config file, the CLI's default. An empty value counts as none.
 */
public final class Settings {
    private static final String AUTHORITY = "CHAINLOOP_CONTROL_PLANE_API_CA";
    private static final String INSECURE = "CHAINLOOP_API_INSECURE";

    private final Environment environment;
    private final ConfigReading config;

    /** The settings of an environment and a config file. */
    public Settings(Environment environment, ConfigReading config) {
        this.environment = environment;
        this.config = config;
    }

    /** Whether nothing but an unreadable config file could say which control plane is meant. */
    public boolean isUnknown(Optional<Address> named) {
        return named.isEmpty()
                && environment.nonEmpty(Host.VARIABLE).isEmpty()
                && config instanceof ConfigReading.Unreadable;
    }

    /**
     * The control plane to ask.
     *
     * @param named the address that an option names
     * @param authority the authority that an option names
     * @param insecure whether an option asks for plain text
     * @throws UnreachableException when the address that applies is not one
     */
    public Endpoint endpoint(Optional<Address> named, Optional<String> authority, boolean insecure)
            throws UnreachableException {
        Optional<ConfigReading.ControlPlaneKeys> keys =
                config instanceof ConfigReading.Read read ? Optional.of(read.controlPlane()) : Optional.empty();
        boolean plainText = insecure
                || environment
                        .nonEmpty(INSECURE)
                        .map(Environment::isTrue)
                        .orElse(keys.isPresent() && keys.get().insecure());
        return new Endpoint(
                named.isPresent() ? named.get() : address(keys.flatMap(ConfigReading.ControlPlaneKeys::api)),
                authority
                        .or(() -> environment.nonEmpty(AUTHORITY))
                        .or(() -> keys.flatMap(ConfigReading.ControlPlaneKeys::authority)),
                plainText);
    }

    private Address address(Optional<String> fromConfig) throws UnreachableException {
        Optional<String> fromVariable = environment.nonEmpty(Host.VARIABLE);
        Optional<String> text = fromVariable.or(() -> fromConfig);
        Optional<Address> address = Address.of(text.orElse(Host.DEFAULT));
        if (address.isEmpty()) {
            throw new UnreachableException(
                    "cannot be asked: "
                            + (fromVariable.isPresent() ? "$" + Host.VARIABLE : "control-plane.api of the config file")
                            + " does not name a host and port",
                    "It takes HOST:PORT without https://, as in " + Host.DEFAULT + ".");
        }
        return address.get();
    }

    /** The organization that the config file names. */
    public Optional<String> organization() {
        return config instanceof ConfigReading.Read read ? read.organization() : Optional.empty();
    }
}
