package dev.sluice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

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
    return made(folder, commonName, algorithm);
  }

  /** Makes one that may sign others. */
  public static TestCertificate authority(Path folder, String commonName) {
    return made(folder, commonName, "EC", "-ext", "bc:c");
  }

  private static TestCertificate made(Path folder, String commonName, String algorithm, String... more) {
    try {
      return make(folder, commonName, algorithm, more);
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static TestCertificate make(Path folder, String commonName, String algorithm, String... more)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = Files.createTempFile(folder, "made", ".p12");
    Files.delete(store);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-J-XX:TieredStopAtLevel=1",
                "-genkeypair", "-alias", "a", "-keyalg", algorithm, "-keysize", algorithm.equals("EC") ? "256" : "2048",
                "-validity", "3650", "-dname", "CN=" + commonName, "-storetype", "PKCS12", "-keystore",
                store.toString(), "-storepass", PASSWORD));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
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
