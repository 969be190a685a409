package dev.sluice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate and its key in PEM form, made by the JDK's keytool.
 *
 * @param cert the certificate
 * @param key its private key
 */
public record TestCertificate(String cert, String key) {

  private static final String PASSWORD = "changeit";

  /**
   * Makes one that signs itself.
   *
   * @param folder that it is made in
   * @param commonName such as {@code localhost}
   * @param algorithm EC or RSA
   */
  public static TestCertificate of(Path folder, String commonName, String algorithm) {
    try {
      return make(folder, commonName, algorithm);
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static TestCertificate make(Path folder, String commonName, String algorithm)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = Files.createTempFile(folder, "made", ".p12");
    Files.delete(store);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-J-XX:TieredStopAtLevel=1",
                "-genkeypair", "-alias", "a", "-keyalg", algorithm, "-keysize", algorithm.equals("EC") ? "256" : "2048",
                "-validity", "3650", "-dname", "CN=" + commonName, "-storetype", "PKCS12", "-keystore",
                store.toString(), "-storepass", PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError("keytool: " + said);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new TestCertificate(
        pem("CERTIFICATE", keys.getCertificate("a").getEncoded()),
        pem("PRIVATE KEY", keys.getKey("a", PASSWORD.toCharArray()).getEncoded()));
  }

  private static String pem(String type, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
  }
}
