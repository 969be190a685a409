package dev.sluice.kernel.listener;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The token that the Admin API asks for. Only its hash is known. Safe for all threads. */
public final class AdminToken {

  private static final Pattern FORM = Pattern.compile("sha256 ([0-9a-f]{32}) ([0-9a-f]{64})");
  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(\\S+) *");
  private static final int SALT = 16;
  private static final int BYTES = 32;

  private final byte[] salt;
  private final byte[] hash;

  private AdminToken(byte[] salt, byte[] hash) {
    this.salt = salt.clone();
    this.hash = hash.clone();
  }

  /** The keeper of a token. */
  public static AdminToken of(String token) {
    byte[] salt = new byte[SALT];
    new SecureRandom().nextBytes(salt);
    return new AdminToken(salt, hash(salt, token));
  }

  /** A token that nobody guesses. */
  public static String fresh() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** Reads what {@link #written} wrote; empty when it is something else. */
  public static Optional<AdminToken> read(String text) {
    Matcher parts = FORM.matcher(text.strip());
    HexFormat hex = HexFormat.of();
    return parts.matches()
        ? Optional.of(new AdminToken(hex.parseHex(parts.group(1)), hex.parseHex(parts.group(2))))
        : Optional.empty();
  }

  /** A form to keep in a file: it does not give the token away. */
  public String written() {
    HexFormat hex = HexFormat.of();
    return "sha256 " + hex.formatHex(salt) + " " + hex.formatHex(hash) + "\n";
  }

  /**
   * Whether a request has the token; takes as long for a nearly right one as for any other.
   *
   * @param header of a name of its own; it counts before the other one
   * @param authorization the header of that name
   */
  boolean admits(Optional<String> header, Optional<String> authorization) {
    String given =
        header.orElseGet(
            () -> {
              Matcher bearer = BEARER.matcher(authorization.orElse(""));
              return bearer.matches() ? bearer.group(1) : "";
            });
    return MessageDigest.isEqual(hash, hash(salt, given));
  }

  private static byte[] hash(byte[] salt, String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      return digest.digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
