package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes certificates with the JDK's keytool, so that no private key lies in the repository. */
public final class Certificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /**
     * A certificate that signed itself, and its key.
     *
     * @param cert PEM
     * @param key PEM, PKCS#8
     */
    public record Pair(Certificate certificate, Path cert, Path key) {
        /** What trusts this certificate and no other. */
        public SSLContext trusted() throws GeneralSecurityException, IOException {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("it", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        }
    }

    private Certificates() {}

    /**
     * Writes {@code name.crt} and {@code name.key} into a folder.
     *
     * @param names such as {@code dns:localhost,ip:127.0.0.1}
     */
    public static Pair make(Path folder, String name, String algorithm, String names) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + names,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            made.load(in, PASSWORD);
        }
        Files.delete(store);
        Certificate certificate = made.getCertificate("it");
        Path cert = write(folder.resolve(name + ".crt"), "CERTIFICATE", certificate.getEncoded());
        Path key = write(
                folder.resolve(name + ".key"),
                "PRIVATE KEY",
                made.getKey("it", PASSWORD).getEncoded());
        return new Pair(certificate, cert, key);
    }

    private static Path write(Path file, String what, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
