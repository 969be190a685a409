package dev.sluice.api.schema;

import dev.sluice.api.security.PemKeys;
import dev.sluice.api.security.X509;
import java.security.InvalidKeyException;
import java.security.cert.CertificateException;
import java.util.Optional;

/** What is wrong with texts in PEM form. */
final class PemTexts {

  private PemTexts() {}

  static Optional<String> certificate(String text) {
    try {
      X509.chain(text);
      return Optional.empty();
    } catch (CertificateException e) {
      return Optional.of("invalid certificate: " + e.getMessage());
    }
  }

  static Optional<String> privateKey(String text) {
    try {
      PemKeys.privateKey(text);
      return Optional.empty();
    } catch (InvalidKeyException e) {
      return Optional.of("invalid key: " + e.getMessage());
    }
  }
}
