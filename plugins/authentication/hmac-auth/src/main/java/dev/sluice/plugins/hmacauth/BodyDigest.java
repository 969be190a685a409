package dev.sluice.plugins.hmacauth;

import dev.sluice.plugins.authentication.Secrets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** The digest of a body that a client sends in the header {@code Digest}. */
final class BodyDigest {

  private BodyDigest() {}

  /** Whether a digest is that of a body; only an empty body may do without one. */
  static boolean fits(Optional<String> digest, byte[] body) {
    return digest.map(given -> Secrets.same(given, of(body))).orElse(body.length == 0);
  }

  private static String of(byte[] body) {
    try {
      return "SHA-256=" + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
