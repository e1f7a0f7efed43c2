package dev.chainloop.token.verification;

import io.jsonwebtoken.security.Jwks;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads a public key or a certificate in PEM (RFC 7468). */
final class PemKey {
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    private static final String REMEDY = "Give a PEM file with PUBLIC KEY or CERTIFICATE, or a JSON Web Key.";

    private PemKey() {}

    static boolean isPem(String text) {
        return text.contains(BEGIN);
    }

    /**
     * The key in the first block; a certificate may be followed by those of its issuers.
     *
     * @param file the file's name as a shell word, for the command that converts it
     */
    static VerificationKey read(String text, String file) throws KeyException {
        List<Block> blocks = blocks(text);
        if (blocks.isEmpty()) {
            throw new KeyException("is PEM that is truncated or damaged", REMEDY);
        }
        Block first = blocks.get(0);
        if (first.label.equals("PUBLIC KEY") && blocks.size() > 1) {
            throw new KeyException(
                    "holds " + blocks.size() + " keys", "Give a file with one key, or a JWK set with --jwks.");
        }
        return switch (first.label) {
            case "PUBLIC KEY" -> key(first.bytes(), Optional.empty());
            case "CERTIFICATE" -> certificate(first.bytes());
            default -> throw refused(blocks, file);
        };
    }

    /** A block; its body may be a private key. */
    private record Block(String label, String body) {
        /** The body's bytes; none when it is not base64. */
        byte[] bytes() {
            try {
                return Base64.getMimeDecoder().decode(body);
            } catch (IllegalArgumentException e) {
                return new byte[0];
            }
        }

        @Override
        public String toString() {
            return "Block[" + label + ", <redacted>]";
        }
    }

    private static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        int start = text.indexOf(BEGIN);
        while (start >= 0) {
            int labelEnd = text.indexOf(DASHES, start + BEGIN.length());
            if (labelEnd < 0) {
                return List.of();
            }
            String label = text.substring(start + BEGIN.length(), labelEnd);
            int bodyStart = labelEnd + DASHES.length();
            int end = text.indexOf("-----END " + label + DASHES, bodyStart);
            if (end < 0) {
                return List.of();
            }
            blocks.add(new Block(label, text.substring(bodyStart, end)));
            start = text.indexOf(BEGIN, end);
        }
        return blocks;
    }

    private static VerificationKey key(byte[] bytes, Optional<VerificationKey.Period> certificate) throws KeyException {
        // The platform's key factories; each accepts only keys of its own kind.
        for (String factory : List.of("RSA", "EC", "EdDSA", "RSASSA-PSS")) {
            try {
                PublicKey key = KeyFactory.getInstance(factory).generatePublic(new X509EncodedKeySpec(bytes));
                return VerificationKey.of(Jwks.builder().key(key).build(), VerificationKey.Limits.NONE, certificate);
            } catch (GeneralSecurityException | RuntimeException e) {
                // Of another kind; the next factory may accept it.
            }
        }
        throw new KeyException(
                "holds a public key that is not RSA, EC (P-256, P-384, P-521), Ed25519 or Ed448", REMEDY);
    }

    private static VerificationKey certificate(byte[] bytes) throws KeyException {
        X509Certificate certificate;
        try {
            certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException | RuntimeException e) {
            throw new KeyException("holds a certificate that cannot be read", REMEDY);
        }
        VerificationKey.Period period = new VerificationKey.Period(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
        // Decoded again, because the certificate's own object may be of a class that the factories do not produce.
        return key(certificate.getPublicKey().getEncoded(), Optional.of(period));
    }

    private static KeyException refused(List<Block> blocks, String file) {
        for (Block block : blocks) {
            if (block.label.endsWith("PRIVATE KEY")) {
                String command = block.label.startsWith("OPENSSH")
                        ? "ssh-keygen -e -m PKCS8 -f " + file
                        : "openssl pkey -in " + file + " -pubout";
                return new KeyException(
                        "holds a private key, which only its owner should have",
                        "Get the public key with `" + command + "`.");
            }
        }
        return switch (blocks.get(0).label) {
            case "RSA PUBLIC KEY" ->
                converted("an RSA PUBLIC KEY, an older form", "rsa -RSAPublicKey_in -in " + file + " -pubout");
            case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST" ->
                converted("a certificate request, which nobody has signed", "req -in " + file + " -noout -pubkey");
            case "TRUSTED CERTIFICATE" ->
                converted(
                        "a TRUSTED CERTIFICATE, a form that only OpenSSL knows",
                        "x509 -in " + file + " -noout -pubkey");
            default -> new KeyException("holds PEM that is neither PUBLIC KEY nor CERTIFICATE", REMEDY);
        };
    }

    private static KeyException converted(String what, String command) {
        return new KeyException("holds " + what, "Get its public key with `openssl " + command + "`.");
    }
}
