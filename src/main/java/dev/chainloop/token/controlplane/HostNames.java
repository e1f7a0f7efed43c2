package dev.chainloop.token.controlplane;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.ProxiedSocketAddress;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Resolves hosts as the system does. The library's own resolver takes only what a URL may name: no IPv6 address in its
 * target's form, and no name with an underscore, as containers have.
 */
final class HostNames extends NameResolverProvider {
    private static final String SCHEME = "control-plane";

    /** The target that stands for an address. */
    static String target(Address address) {
        try {
            return new URI(SCHEME, null, "/" + address, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("an address makes a path", e);
        }
    }

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args args) {
        return new Resolver(Address.of(target.getPath().substring(1)).orElseThrow(), args);
    }

    @Override
    public String getDefaultScheme() {
        return SCHEME;
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    /** Below the library's own. */
    @Override
    protected int priority() {
        return 0;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return Set.of(InetSocketAddress.class);
    }

    private static final class Resolver extends NameResolver {
        private final Address address;
        private final Args args;

        Resolver(Address address, Args args) {
            this.address = address;
            this.args = args;
        }

        @Override
        public String getServiceAuthority() {
            return address.toString();
        }

        @Override
        public void start(Listener2 listener) {
            Objects.requireNonNull(args.getOffloadExecutor()).execute(() -> {
                StatusOr<List<EquivalentAddressGroup>> found = resolve();
                args.getSynchronizationContext()
                        .execute(() -> listener.onResult2(ResolutionResult.newBuilder()
                                .setAddressesOrError(found)
                                .build()));
            });
        }

        private StatusOr<List<EquivalentAddressGroup>> resolve() {
            try {
                ProxiedSocketAddress proxied = args.getProxyDetector()
                        .proxyFor(InetSocketAddress.createUnresolved(address.host(), address.port()));
                if (proxied != null) {
                    return StatusOr.fromValue(List.of(new EquivalentAddressGroup(proxied)));
                }
                List<EquivalentAddressGroup> found = new ArrayList<>();
                for (InetAddress one : InetAddress.getAllByName(address.host())) {
                    found.add(new EquivalentAddressGroup(new InetSocketAddress(one, address.port())));
                }
                return StatusOr.fromValue(found);
            } catch (IOException e) {
                return StatusOr.fromStatus(Status.UNAVAILABLE.withCause(e));
            }
        }

        @Override
        public void shutdown() {
            // The look-up ends by itself.
        }
    }
}
