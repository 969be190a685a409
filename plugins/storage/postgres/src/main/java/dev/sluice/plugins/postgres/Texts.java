package dev.sluice.plugins.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Texts in the form in which PostgreSQL can keep them. */
final class Texts {

  /** No character by the Unicode standard, so no text has it. */
  private static final char STAND_IN = '\uffff';

  /** An index holds no more than 2700 bytes, which are 900 characters at worst. */
  private static final int LONGEST_KEY = 600;

  private Texts() {}

  /** A text that may hold a NUL, which PostgreSQL cannot. */
  static String stored(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', STAND_IN);
  }

  /** The text that {@link #stored} was made of. */
  static String read(String stored) {
    return stored.indexOf(STAND_IN) < 0 ? stored : stored.replace(STAND_IN, '\0');
  }

  /** The value of a unique key: a long one is known by its hash. */
  static String key(String value) {
    if (value.length() <= LONGEST_KEY) {
      return stored(value);
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
      return STAND_IN + "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
