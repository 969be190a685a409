package dev.sluice.kernel.listener;

import dev.sluice.kernel.trust.PemSource;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The certificate of a listener: that of the settings, or one made once and kept in the working directory. */
public final class TlsMaterial {

  private static final String PASSWORD = "sluice";

  private final List<String> certificates;
  private final List<String> keys;
  private final Path folder;
  private final String name;

  /**
   * Names the sources.
   *
   * @param certificates PEM files or texts; none for one made here
   * @param keys PEM files or texts, one for each certificate
   * @param folder where a certificate made here is kept
   * @param name of the file there
   */
  public TlsMaterial(List<String> certificates, List<String> keys, Path folder, String name) {
    this.certificates = List.copyOf(certificates);
    this.keys = List.copyOf(keys);
    this.folder = folder;
    this.name = name;
  }

  /** Puts the certificate into the options of a server. Blocks when one must be made. */
  public void configure(HttpServerOptions options) throws IOException, InterruptedException {
    options.setSsl(true).setSni(true);
    if (certificates.isEmpty()) {
      options.setKeyCertOptions(new PfxOptions().setPath(selfSigned().toString()).setPassword(PASSWORD));
      return;
    }
    PemKeyCertOptions pem = new PemKeyCertOptions();
    for (String certificate : certificates) {
      pem.addCertValue(read(certificate, "certificate"));
    }
    for (String key : keys) {
      pem.addKeyValue(read(key, "key"));
    }
    options.setKeyCertOptions(pem);
  }

  /** What may be a key is not shown. */
  private static Buffer read(String source, String what) throws IOException {
    return Buffer.buffer(
        PemSource.read(source).orElseThrow(() -> new IOException("a " + what + " of a listener cannot be read")));
  }

  private Path selfSigned() throws IOException, InterruptedException {
    Path file = folder.resolve(name + ".p12");
    if (Files.isRegularFile(file)) {
      return file;
    }
    Files.createDirectories(folder);
    Path made = folder.resolve(name + ".new");
    Files.deleteIfExists(made);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1", "-J-Xshare:auto",
                "-genkeypair", "-alias", "default", "-keyalg", "EC", "-groupname", "secp256r1",
                "-dname", "CN=localhost", "-ext", "san=dns:localhost", "-validity", "7300",
                "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", made.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      keytool.destroyForcibly();
      throw new IOException("keytool could not make a certificate in " + folder);
    }
    Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
    Files.move(made, file);
    return file;
  }
}
