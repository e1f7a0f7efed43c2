package dev.chainloop.token.verification;

import dev.chainloop.token.core.JsonObjectReader;
import io.jsonwebtoken.io.DeserializationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a JWK set, over HTTPS, or HTTP on this machine. One deadline is set for all of it, names and handshakes too. The
 * platform's simplest client does: a larger one would make the bundle larger.
 */
final class JwksFetch {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int MAX_REDIRECTS = 5;
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";
    private static final String NEXT = "Check the URL, or get the set by other means and give it with --jwks.";

    private final Proxies proxies;
    private final List<X509Certificate> authorities;
    private final Duration deadline;

    /**
     * A fetch.
     *
     * @param authorities trusted in place of the platform's; none for the platform's
     */
    JwksFetch(Proxies proxies, List<X509Certificate> authorities) {
        this(proxies, authorities, DEADLINE);
    }

    JwksFetch(Proxies proxies, List<X509Certificate> authorities, Duration deadline) {
        this.proxies = proxies;
        this.authorities = authorities;
        this.deadline = deadline;
    }

    /** The set at a URL. */
    KeySet set(URI url) throws KeyException {
        return withinDeadline(() -> JwkReader.set(get(url), false));
    }

    /** The set of an issuer, by OpenID Connect Discovery 1.0 section 4. */
    KeySet discovered(String issuer) throws KeyException {
        return withinDeadline(() -> {
            String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
            Map<String, ?> document = document(get(uri(base + WELL_KNOWN)));
            if (!issuer.equals(document.get("issuer"))) {
                throw new KeyException(
                        "answers discovery with the document of another issuer",
                        "Check the issuer's URL, to the last character.");
            }
            if (!(document.get("jwks_uri") instanceof String keys)) {
                throw new KeyException("publishes a discovery document without a jwks_uri", NEXT);
            }
            return JwkReader.set(get(uri(keys)), false);
        });
    }

    private static Map<String, ?> document(byte[] text) throws KeyException {
        try {
            return new JsonObjectReader().read(text);
        } catch (DeserializationException e) {
            throw new KeyException("publishes a discovery document that " + e.getMessage(), NEXT);
        }
    }

    private KeySet withinDeadline(Callable<KeySet> work) throws KeyException {
        FutureTask<KeySet> task = new FutureTask<>(work);
        // A thread that can be left behind: reading a name or a line of the answer may block for longer than any
        // timeout
        // that the client has.
        Thread thread = new Thread(task, "jwks-fetch");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw tooSlow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooSlow();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KeyException fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private KeyException tooSlow() {
        return new KeyException("has not answered in full within " + deadline.toSeconds() + " s", NEXT);
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
            } finally {
                if (connection != null) {
                    connection.disconnect();
                }
            }
        }
        throw new KeyException("redirects more than " + MAX_REDIRECTS + " times", NEXT);
    }

    private static void checkPlace(URI url) throws KeyException {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getHost() == null || url.getUserInfo() != null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new KeyException("leads to a URL that is not HTTPS", NEXT);
        }
        if (scheme.equals("http") && !Proxies.isLoopback(url.getHost())) {
            throw new KeyException(
                    "leads to plain HTTP on another machine, where anybody on the way can change the keys",
                    "Use an HTTPS URL.");
        }
    }

    private HttpURLConnection open(URI url) throws IOException, KeyException {
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection(proxies.of(url));
        if (connection instanceof HttpsURLConnection https && !authorities.isEmpty()) {
            https.setSSLSocketFactory(trusting(authorities));
        }
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) deadline.toMillis());
        connection.setReadTimeout((int) deadline.toMillis());
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("User-Agent", "chainloop-token");
        return connection;
    }

    private static SSLSocketFactory trusting(List<X509Certificate> authorities) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static byte[] body(HttpURLConnection connection, int status) throws IOException, KeyException {
        if (status != HttpURLConnection.HTTP_OK) {
            throw new KeyException("answers with status " + status + " and no key set", NEXT);
        }
        try (InputStream in = connection.getInputStream()) {
            byte[] bytes = in.readNBytes(KeyRing.MAX_BYTES + 1);
            if (bytes.length > KeyRing.MAX_BYTES) {
                throw new KeyException("answers with more than 1 MiB", NEXT);
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
            throw new KeyException("redirects to nowhere", NEXT);
        }
        URI to = from.resolve(uri(location));
        if (to.getHost() == null || !to.getHost().equalsIgnoreCase(from.getHost())) {
            throw new KeyException("redirects to another host", "If that host is the right one, name its URL.");
        }
        return to;
    }

    private static URI uri(String text) throws KeyException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new KeyException("leads to something that is no URL", NEXT);
        }
    }

    private KeyException fault(IOException e) {
        if (e instanceof SocketTimeoutException) {
            return tooSlow();
        }
        if (e instanceof UnknownHostException) {
            return new KeyException("has a host that cannot be found", "Check the URL, the network and $HTTPS_PROXY.");
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return new KeyException("cannot be reached", "Check the URL, the network and $HTTPS_PROXY.");
        }
        if (isUntrusted(e)) {
            return new KeyException(
                    "shows a certificate of an authority that is not trusted here",
                    "If the authority is your own, name its certificate with --ca.");
        }
        if (e instanceof SSLException) {
            return new KeyException(
                    "cannot be asked over TLS: its certificate is not for this host, or it speaks no version known here",
                    "Check the URL and the server's certificate.");
        }
        return notHttp();
    }

    private static KeyException notHttp() {
        return new KeyException("breaks the connection off, or does not speak HTTP", NEXT);
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
