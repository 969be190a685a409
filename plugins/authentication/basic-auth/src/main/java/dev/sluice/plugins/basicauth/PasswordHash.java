package dev.sluice.plugins.basicauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How passwords are kept: in Kong's form, so that its databases and declarative files can be taken over. Their hashes
 * are salted with the consumer's id, and quick to compute: a long random password is what makes them safe.
 */
final class PasswordHash {

  private PasswordHash() {}

  static String of(byte[] password, String consumerId) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(password);
      return HexFormat.of().formatHex(sha1.digest(consumerId.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
