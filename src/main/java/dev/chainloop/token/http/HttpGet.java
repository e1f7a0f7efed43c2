package dev.chainloop.token.http;

import dev.chainloop.token.core.Form;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * One GET over HTTPS, without redirects. It uses the platform's simplest client, which keeps the native executable small.
 *
 * @param variables gives the value of a variable that is set and not empty
 * @param most how many bytes the answer may have
 * @param patience how long all of it may take, the name's look-up included
 */
public record HttpGet(Function<String, Optional<String>> variables, int most, Patience patience) {
    private static final String CHECK = "Check the URL, the network and $HTTPS_PROXY.";

    /** The answer's body; the headers are sent besides the client's own. */
    public byte[] body(URI url, Map<String, String> headers) throws UnreachableException {
        if (!"https".equalsIgnoreCase(url.getScheme())
                || url.getHost() == null
                || url.getUserInfo() != null
                || url.getPort() > 65_535) {
            throw new UnreachableException("is not an HTTPS URL", "Give a URL such as https://host/path.");
        }
        try {
            return patience.await(
                    Form.isHost(url.getHost()) ? url.getHost() : "the URL's host", () -> fetch(url, headers));
        } catch (ExecutionException e) {
            // Some answers make the client fail with an error of any kind.
            throw UnreachableException.of(
                            e.getCause(),
                            "If the authority is your own, name the file with its certificate in $SSL_CERT_FILE.")
                    .orElse(new UnreachableException("closes the connection, or does not speak HTTPS", CHECK));
        }
    }

    private byte[] fetch(URI url, Map<String, String> headers) throws IOException, UnreachableException {
        HttpsURLConnection connection =
                (HttpsURLConnection) url.toURL().openConnection(HttpsProxy.of(variables, url.getHost()));
        connection.setSSLSocketFactory(TrustAnchors.sockets(variables, List.of()));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) patience.most().toMillis());
        connection.setReadTimeout((int) patience.most().toMillis());
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("User-Agent", "chainloop-token");
        headers.forEach(connection::setRequestProperty);
        // Sends no header yet.
        connection.connect();
        if (connection.getSSLSession().flatMap(TrustAnchors::certificate).isEmpty()) {
            throw new SSLPeerUnverifiedException("no alternative name");
        }
        int status = connection.getResponseCode();
        if (status >= 300 && status < 400) {
            throw new UnreachableException("redirects to another URL", "Give that URL: `curl -sI` shows it.");
        }
        if (status >= 0 && status != HttpURLConnection.HTTP_OK) {
            throw new UnreachableException("answers with status " + status, "Check the URL.");
        }
        try (InputStream in = connection.getInputStream()) {
            byte[] body = in.readNBytes(most + 1);
            if (body.length > most) {
                throw new UnreachableException("answers with more than " + (most >> 10) + " KiB", "Check the URL.");
            }
            if (body.length < connection.getContentLengthLong()) {
                throw new IOException("cut off");
            }
            return body;
        } finally {
            connection.disconnect();
        }
    }
}
