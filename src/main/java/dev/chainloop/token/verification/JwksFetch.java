package dev.chainloop.token.verification;

import dev.chainloop.token.core.JsonObjectReader;
import io.jsonwebtoken.io.DeserializationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a JWK set, over HTTPS, or over HTTP on this machine. It uses the platform's simplest client, which keeps the
 * native executable small.
 */
final class JwksFetch {
    static final String REMEDY = "Check the URL, or download the set some other way and give it with --jwks.";

    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_PORT = 65_535;
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";

    private final Proxies proxies;
    private final List<X509Certificate> authorities;
    private final Duration timeout;
    private final Names names;

    /** Resolves a host name. */
    interface Names {
        /** All addresses, at least one. */
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /**
     * A fetch.
     *
     * @param authorities trusted in place of the platform's; none for the platform's
     * @param timeout for the connection, and for each read of the answer
     */
    JwksFetch(Proxies proxies, List<X509Certificate> authorities, Duration timeout) {
        this(proxies, authorities, timeout, InetAddress::getAllByName);
    }

    JwksFetch(Proxies proxies, List<X509Certificate> authorities, Duration timeout, Names names) {
        this.proxies = proxies;
        this.authorities = authorities;
        this.timeout = timeout;
        this.names = names;
    }

    /** The set at a URL. */
    KeySet set(URI url) throws KeyException {
        return JwkReader.set(get(url), false);
    }

    /** The set of an issuer, by OpenID Connect Discovery 1.0 section 4. */
    KeySet discovered(String issuer) throws KeyException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        URI start = uri(base + WELL_KNOWN);
        Map<String, ?> document = document(get(start));
        if (!issuer.equals(document.get("issuer"))) {
            throw new KeyException(
                    "answers with the discovery document of another issuer",
                    "Check the issuer's URL character by character.");
        }
        if (!(document.get("jwks_uri") instanceof String keys)) {
            throw new KeyException("publishes a discovery document without a jwks_uri", REMEDY);
        }
        URI place = uri(keys);
        checkPlace(place);
        checkNeighbourhood(start, place);
        return set(place);
    }

    /**
     * The user trusts only the issuer. Its document must not send this tool to a weaker scheme, nor to services that only
     * this machine or its network can reach, unless the issuer is there itself.
     */
    private void checkNeighbourhood(URI issuer, URI keys) throws KeyException {
        if (isHttps(issuer) && !isHttps(keys)) {
            throw new KeyException("publishes its keys over plain HTTP, but is asked over HTTPS itself", REMEDY);
        }
        Set<AddressScope> own = scopes(issuer);
        for (AddressScope scope : scopes(keys)) {
            if (scope != AddressScope.GLOBAL && !own.contains(scope)) {
                throw new KeyException(
                        "publishes its keys on " + scope.phrase() + ", but is not there itself",
                        "If that is right, give the keys' URL with --jwks-url.");
            }
        }
    }

    /** The scope of a URL's host; unknown for a name that a proxy looks up. */
    private Set<AddressScope> scopes(URI url) throws KeyException {
        String host = Proxies.unbracketed(url.getHost());
        Set<AddressScope> scopes = EnumSet.noneOf(AddressScope.class);
        Optional<InetAddress> literal = AddressScope.literal(host);
        if (literal.isPresent()) {
            scopes.add(AddressScope.of(literal.get()));
        } else if (proxies.of(url).type() == Proxy.Type.DIRECT) {
            try {
                for (InetAddress address : names.addresses(host)) {
                    scopes.add(AddressScope.of(address));
                }
            } catch (UnknownHostException e) {
                throw fault(e);
            }
        }
        return scopes;
    }

    private static Map<String, ?> document(byte[] text) throws KeyException {
        try {
            return new JsonObjectReader().read(text);
        } catch (DeserializationException e) {
            throw new KeyException("publishes a discovery document that " + e.getMessage(), REMEDY);
        }
    }

    private byte[] get(URI start) throws KeyException {
        URI url = start;
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            checkPlace(url);
            HttpURLConnection connection = null;
            try {
                connection = open(url);
                int status = connection.getResponseCode();
                if (status < 0) {
                    throw notHttp();
                }
                if (!isRedirect(status)) {
                    return body(connection, status);
                }
                url = redirected(url, connection.getHeaderField("Location"));
            } catch (IOException e) {
                throw fault(e);
            } catch (RuntimeException | StackOverflowError | LinkageError e) {
                // Some answers make the client fail: an authentication challenge that it cannot parse, or endless
                // headers.
                throw notHttp();
            } finally {
                if (connection != null) {
                    connection.disconnect();
                }
            }
        }
        throw new KeyException("redirects more than " + MAX_REDIRECTS + " times", REMEDY);
    }

    private static boolean isHttps(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private static void checkPlace(URI url) throws KeyException {
        boolean web = isHttps(url) || "http".equalsIgnoreCase(url.getScheme());
        if (url.getHost() == null || url.getUserInfo() != null || !web) {
            throw new KeyException("leads to a URL that is not HTTPS", REMEDY);
        }
        if (url.getPort() > MAX_PORT) {
            throw new KeyException("leads to a URL with a port above " + MAX_PORT, REMEDY);
        }
        if (!isHttps(url) && !Proxies.isLoopback(url.getHost())) {
            throw new KeyException(
                    "leads to plain HTTP on another machine: anyone on the network path can change the keys",
                    "Use an HTTPS URL.");
        }
    }

    private HttpURLConnection open(URI url) throws IOException, KeyException {
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection(proxies.of(url));
        if (connection instanceof HttpsURLConnection https && !authorities.isEmpty()) {
            https.setSSLSocketFactory(KnownAuthorities.sockets(authorities));
        }
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("User-Agent", "chainloop-token");
        return connection;
    }

    private static byte[] body(HttpURLConnection connection, int status) throws IOException, KeyException {
        if (status != HttpURLConnection.HTTP_OK) {
            throw new KeyException("answers with status " + status + " and no key set", REMEDY);
        }
        try (InputStream in = connection.getInputStream()) {
            byte[] bytes = in.readNBytes(KeyRing.MAX_BYTES + 1);
            if (bytes.length > KeyRing.MAX_BYTES) {
                throw new KeyException("answers with more than 1 MiB", REMEDY);
            }
            return bytes;
        }
    }

    private static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    private static URI redirected(URI from, @Nullable String location) throws KeyException {
        if (location == null) {
            throw new KeyException("redirects without saying where", REMEDY);
        }
        URI to = from.resolve(uri(location));
        if (to.getHost() == null || !to.getHost().equalsIgnoreCase(from.getHost())) {
            throw new KeyException("redirects to another host", "If that host is the right one, name its URL.");
        }
        if (isHttps(from) && !isHttps(to)) {
            throw new KeyException("redirects from HTTPS to plain HTTP", REMEDY);
        }
        return to;
    }

    private static URI uri(String text) throws KeyException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new KeyException("leads to something that is not a URL", REMEDY);
        }
    }

    private KeyException fault(IOException e) {
        if (e instanceof SocketTimeoutException) {
            return new KeyException("did not send its full answer within " + timeout.toSeconds() + " s", REMEDY);
        }
        if (e instanceof UnknownHostException) {
            return new KeyException(
                    "names a host that cannot be found", "Check the URL, the network and" + " $HTTPS_PROXY.");
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return new KeyException("cannot be reached", "Check the URL, the network and $HTTPS_PROXY.");
        }
        if (isUntrusted(e)) {
            return new KeyException(
                    "presents a certificate of an authority that is not trusted here",
                    "If the authority is your own, give its certificate with --ca.");
        }
        if (e instanceof SSLException) {
            return new KeyException(
                    "cannot be asked over TLS: its certificate is not for this host, or it supports no TLS version"
                            + " known here",
                    "Check the URL and the server's certificate.");
        }
        return notHttp();
    }

    private static KeyException notHttp() {
        return new KeyException("closes the connection, or does not speak HTTP", REMEDY);
    }

    private static boolean isUntrusted(Throwable e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }
}
