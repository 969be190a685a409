package dev.sluice.plugins.authentication;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Compares secrets so that the time it takes tells nothing of where they differ. */
public final class Secrets {

  private Secrets() {}

  /** Whether two texts are the same. */
  public static boolean same(String one, String other) {
    return same(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether two byte arrays are the same. */
  public static boolean same(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }
}
