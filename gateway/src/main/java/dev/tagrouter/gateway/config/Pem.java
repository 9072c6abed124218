package dev.tagrouter.gateway.config;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text: checked before a server is started with them, so that a message can name the remedy. */
final class Pem {
    private static final String BEGIN_CERTIFICATE = "-----BEGIN CERTIFICATE-----";
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> KEY_KINDS = List.of("RSA", "EC");
    private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

    private Pem() {}

    /** Refuses a text that holds no certificates. */
    static String requireCertificates(String text) {
        certificates(text);
        return text;
    }

    private static List<? extends Certificate> certificates(String text) {
        try {
            List<? extends Certificate> found = text.contains(BEGIN_CERTIFICATE)
                    ? List.copyOf(CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))))
                    : List.of();
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException e) {
            // said below
        }
        throw new IllegalArgumentException(
                "the file holds no certificate that can be read; give a PEM file with " + BEGIN_CERTIFICATE);
    }

    /** Refuses a text that holds no private key of a known kind. */
    static Secret requireKey(Secret text) {
        privateKey(text);
        return text;
    }

    /** Refuses a key that is not the first certificate's. */
    static void requirePair(String certificates, Secret key) {
        PrivateKey own = privateKey(key);
        Certificate first = certificates(certificates).getFirst();
        try {
            String algorithm = own.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(own);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(first.getPublicKey());
            signature.update(PROBE);
            if (signature.verify(signed)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            // A key of another kind than the certificate's: said below.
        }
        throw new IllegalArgumentException(
                "the key is not that of the first certificate in cert; give a cert and a key that belong together");
    }

    private static PrivateKey privateKey(Secret text) {
        Matcher matcher = PRIVATE_KEY.matcher(text.reveal());
        if (matcher.find()) {
            for (String kind : KEY_KINDS) {
                try {
                    byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
                    return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
                } catch (GeneralSecurityException | IllegalArgumentException e) {
                    // Of another kind, or of none.
                }
            }
        }
        throw new IllegalArgumentException("the file holds no private key that can be read; give RSA or EC in"
                + " PKCS#8 without a password: openssl pkcs8 -topk8 -nodes -in KEY -out NEW");
    }
}
