package dev.sluice.plugins.declarative;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of texts, in lower-case hexadecimal digits. */
final class Digests {

  private Digests() {}

  static String md5(String text) {
    return of("MD5", text);
  }

  static String sha256(String text) {
    return of("SHA-256", text);
  }

  private static String of(String algorithm, String text) {
    try {
      byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
