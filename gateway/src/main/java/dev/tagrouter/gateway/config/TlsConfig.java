package dev.tagrouter.gateway.config;

/**
 * By what a server shows who it is; the key is that of the first certificate.
 *
 * @param certificates the chain in PEM, the server's own certificate first
 * @param key its private key in PEM, PKCS#8 without a password
 */
public record TlsConfig(String certificates, Secret key) {
    /** @throws IllegalArgumentException when the two do not belong together */
    public TlsConfig {
        Pem.requirePair(certificates, key);
    }

    @Override
    public String toString() {
        return "TlsConfig[***]";
    }
}
