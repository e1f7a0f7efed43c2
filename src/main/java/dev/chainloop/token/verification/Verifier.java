package dev.chainloop.token.verification;

import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.MalformedTokenException;
import java.util.Optional;
import java.util.Set;

/** Gets the key that was asked for, and verifies a token's signature with it. */
public final class Verifier {
    private static final Deadline DEADLINE = new Deadline(KeyRing.TIMEOUT);

    private final KeyRing ring;
    private final KeyRequest request;
    private final Set<Algorithm> allowed;

    /**
     * A verifier.
     *
     * @param ring gets the keys
     * @param request which key
     * @param allowed the algorithms to accept; empty for any that fits the key
     */
    public Verifier(KeyRing ring, KeyRequest request, Set<Algorithm> allowed) {
        this.ring = ring;
        this.request = request;
        this.allowed = allowed;
    }

    /**
     * Verifies a token's signature. An issuer's keys are fetched only when the user named it: a token must not choose
     * whom this tool contacts.
     *
     * @param compact the token
     * @param claims what it says
     * @throws KeyException when there is no usable key
     * @throws MalformedTokenException when it is not a token
     */
    public Verification verify(String compact, Claims claims) throws KeyException, MalformedTokenException {
        if (request instanceof KeyRequest.Discovery discovery
                && !claims.text("iss").equals(Optional.of(discovery.issuer()))) {
            return Verification.refused(
                    Optional.empty(),
                    Optional.empty(),
                    "Its issuer is not the one given with --issuer, so no key was fetched.");
        }
        // Another machine decides how long its answer takes and how many keys there are to try.
        return request.isOnline() ? DEADLINE.bound(() -> judge(compact)) : judge(compact);
    }

    private Verification judge(String compact) throws KeyException, MalformedTokenException {
        return new SignatureJudge(ring.get(request), allowed).judge(compact);
    }

    /** Whether the key comes from standard input, so that nothing else can. */
    public boolean readsStdin() {
        return request.readsStdin();
    }

    /** The option that asked for the key. */
    public String option() {
        return request.option();
    }
}
