package dev.chainloop.token.source;

import dev.chainloop.token.core.Form;
import java.util.Optional;

/**
 * The control plane that the Chainloop CLI talks to, unless one of its options names another.
 *
 * @param address host and port, as they are written there
 * @param from what names it: an option, a variable, {@code control-plane.api} or {@code default}
 */
public record Host(String address, String from) {
    public static final String VARIABLE = "CHAINLOOP_CONTROL_PLANE_API";

    public static final String DEFAULT = "api.cp.chainloop.dev:443";

    public static final String OF_CONFIG = "control-plane.api";

    private static final String NO_ADDRESS = "(not HOST:PORT)";

    /** Leaves out a text that is not an address, because it may be anything. */
    public Host {
        address = Form.isAddress(address) ? address : NO_ADDRESS;
    }

    public boolean isAddress() {
        return !address.equals(NO_ADDRESS);
    }

    /** A variable overrides the config file, which overrides the default; empty if the config file was not read. */
    public static Optional<Host> of(Environment environment, ConfigFile config, boolean read) {
        if (environment.isSet(VARIABLE)) {
            return Optional.of(new Host(environment.get(VARIABLE).orElseThrow(), "$" + VARIABLE));
        }
        if (!read || config.isUnreadable()) {
            return Optional.empty();
        }
        return Optional.of(
                config.api().isPresent() ? new Host(config.api().get(), OF_CONFIG) : new Host(DEFAULT, "default"));
    }
}
