package dev.chainloop.token.source;

import dev.chainloop.token.core.Form;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The control plane that the Chainloop CLI talks to, unless an option of its own names another.
 *
 * @param address host and port, as they stand there
 * @param from what names it: an option, a variable, {@code control-plane.api} or {@code default}
 * @param mistake what stands there in place of an address; empty where that is one, or may be anything
 */
public record Host(String address, String from, Optional<Mistake> mistake) {
    public static final String VARIABLE = "CHAINLOOP_CONTROL_PLANE_API";

    public static final String DEFAULT = "api.cp.chainloop.dev:443";

    private static final String STORE_VARIABLE = "CHAINLOOP_ARTIFACT_CAS_API";
    private static final String DEFAULT_STORE = "api.cas.chainloop.dev:443";

    /** The domain of the public installation. */
    private static final String PUBLIC = ".chainloop.dev:443";

    /** A class of its own, so that a run that needs none does not load the machinery of patterns. */
    private static final class Patterns {
        /** A name of the internet, which no token is. */
        static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63}){0,7}\\.[a-z]{2,24}");
    }

    /** Leaves out what is no address: it may be anything. */
    public Host(String text, String from) {
        this(shown(text), from, Form.isAddress(text) ? Optional.empty() : Mistake.of(text));
    }

    private static String shown(String text) {
        return Form.isAddress(text)
                ? text
                : bare(text)
                        .map(bare ->
                                "(write " + bare + ", without " + text.substring(0, text.indexOf("://") + 1) + "//)")
                        .orElse("(not HOST:PORT)");
    }

    /**
     * What people write in place of an address.
     *
     * @param written how it stands there, without a path
     * @param meant the address
     */
    public record Mistake(String written, String meant) {
        static Optional<Mistake> of(String text) {
            String scheme = text.substring(0, text.indexOf(':') + 1) + "//";
            return Patterns.NAME.matcher(text).matches()
                    ? Optional.of(new Mistake(text, text + ":443"))
                    : bare(text).map(bare -> new Mistake(scheme + (text.contains(bare) ? bare : host(bare)), bare));
        }

        private static String host(String address) {
            return address.substring(0, address.lastIndexOf(':'));
        }
    }

    /** The address in a URL of the web, which people put there; empty when there is none. */
    public static Optional<String> bare(String url) {
        boolean secure = url.startsWith("https://");
        if (!secure && !url.startsWith("http://")) {
            return Optional.empty();
        }
        String host = url.substring(url.indexOf("://") + 3);
        int end = host.indexOf('/');
        host = end < 0 ? host : host.substring(0, end);
        String address = host.lastIndexOf(':') > host.lastIndexOf(']') ? host : host + (secure ? ":443" : ":80");
        return Optional.of(address).filter(Form::isAddress);
    }

    /** The artifact store that the CLI uploads to: a variable wins over the config file, and that over the default. */
    static Host ofStore(Environment environment, ConfigReading config) {
        Optional<String> variable =
                environment.isSet(STORE_VARIABLE) ? environment.get(STORE_VARIABLE) : Optional.empty();
        return variable.map(address -> new Host(address, "$" + STORE_VARIABLE))
                .or(() -> config.controlPlane().store().map(address -> new Host(address, "artifact-cas.api")))
                .orElseGet(() -> new Host(DEFAULT_STORE, "default"));
    }

    /** Whether an address is of the public installation, and of no other. */
    public static boolean isPublic(String address) {
        return address.endsWith(PUBLIC);
    }

    /** Whether an option named it, which other commands need too. */
    public boolean isAsked() {
        return from.startsWith("--");
    }

    /** A variable wins over the config file, and that over the default; empty when the config file was not read. */
    public static Optional<Host> of(Environment environment, ConfigReading config, boolean read) {
        if (environment.isSet(VARIABLE)) {
            return Optional.of(new Host(environment.get(VARIABLE).orElse(""), "$" + VARIABLE));
        }
        if (!read || config instanceof ConfigReading.Unreadable) {
            return Optional.empty();
        }
        Optional<String> api = config.controlPlane().api();
        return Optional.of(api.isPresent() ? new Host(api.get(), "control-plane.api") : new Host(DEFAULT, "default"));
    }
}
