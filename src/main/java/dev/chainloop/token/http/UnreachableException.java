package dev.chainloop.token.http;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Another machine could not be asked. Neither text quotes what was sent or received. */
public final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /** Why, a phrase that follows the machine's name; and what to do, a sentence or two. */
    public UnreachableException(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    /**
     * What a failed connection says of the machine; empty when that is nothing in particular.
     *
     * @param failure as the platform or a library reports it
     * @param trust what to do about an authority that is not trusted
     */
    public static Optional<UnreachableException> of(@Nullable Throwable failure, String trust) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreachableException one) {
                return Optional.of(one);
            }
            if (cause instanceof UnknownHostException) {
                return of("cannot be found", "Check the host name, the network and $HTTPS_PROXY.");
            }
            if (cause instanceof ConnectException
                    && String.valueOf(cause.getMessage()).contains("refused")) {
                return of(
                        "cannot be reached: the connection is refused",
                        "Nothing listens there: check the port, and $HTTPS_PROXY if it is set.");
            }
            if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
                return of("cannot be reached", "Check the host, the network and $HTTPS_PROXY.");
            }
            if (cause instanceof CertPathBuilderException) {
                return of("presents a certificate of an authority that is not trusted here", trust);
            }
            // The platform's words for a host that the certificate does not name begin like this.
            boolean unnamed = String.valueOf(cause.getMessage()).startsWith("No ");
            boolean bad = cause instanceof CertificateException && cause.getCause() == null;
            if (cause instanceof SSLPeerUnverifiedException || (bad && unnamed)) {
                return of(
                        "presents a certificate for another host",
                        "Check the host, or have the certificate reissued for it.");
            }
            if (bad) {
                return of(
                        "presents a certificate that has expired, is not valid yet, or is not for a server",
                        "Have the certificate renewed; check this machine's clock.");
            }
        }
        return Optional.empty();
    }

    private static Optional<UnreachableException> of(String what, String remedy) {
        return Optional.of(new UnreachableException(what, remedy));
    }

    public String what() {
        return String.valueOf(getMessage());
    }

    public String remedy() {
        return remedy;
    }
}
