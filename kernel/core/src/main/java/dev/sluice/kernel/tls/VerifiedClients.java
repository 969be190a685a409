package dev.sluice.kernel.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Clients that show a certificate: one that no authority of these has signed, or that is revoked, ends the handshake.
 *
 * @param required whether all must show one
 * @param authorities in PEM form
 * @param revoked a list of revoked certificates, in PEM or DER form
 */
public record VerifiedClients(boolean required, Buffer authorities, Optional<Buffer> revoked) {

  /**
   * Reads the files.
   *
   * @throws IOException when one cannot be read, or names no authority
   */
  public static VerifiedClients of(boolean required, Path authorities, Optional<Path> revoked) throws IOException {
    Optional<Buffer> list = revoked.isEmpty() ? Optional.empty() : Optional.of(read(revoked.get()));
    Buffer trusted = read(authorities);
    if (!trusted.toString().contains("BEGIN CERTIFICATE")) {
      throw new IOException("there is no certificate in " + authorities);
    }
    return new VerifiedClients(required, trusted, list);
  }

  private static Buffer read(Path file) throws IOException {
    try {
      return Buffer.buffer(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IOException("cannot read " + file, e);
    }
  }

  /** Has a server ask its clients. */
  public void configure(HttpServerOptions options) {
    options
        .setClientAuth(required ? ClientAuth.REQUIRED : ClientAuth.REQUEST)
        .setTrustOptions(new PemTrustOptions().addCertValue(authorities));
    revoked.ifPresent(options::addCrlValue);
  }
}
