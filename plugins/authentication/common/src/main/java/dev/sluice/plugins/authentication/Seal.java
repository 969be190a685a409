package dev.sluice.plugins.authentication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Makes texts that others can neither read nor change: AES-256-GCM, with a key of the secret's. Safe for all threads. */
public final class Seal {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;

  /**
   * A seal.
   *
   * @param secret of any length but 0
   * @param purpose keeps what was sealed for one use from another one
   */
  public Seal(String secret, String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      this.key = new SecretKeySpec(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC with SHA-256", e);
    }
  }

  /** A text of 256 random bits. */
  public static String randomId() {
    byte[] id = new byte[32];
    RANDOM.nextBytes(id);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }

  /** Closes a text, in letters that may stand in a cookie. */
  public String close(String text) {
    return close(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Closes bytes, in letters that may stand in a cookie. */
  public String close(byte[] content) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(content);
      byte[] whole = ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + CIPHER, e);
    }
  }

  /** The text; empty when it was not closed with this seal. */
  public Optional<String> open(String closed) {
    return openBytes(closed).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** The bytes; empty when they were not closed with this seal. */
  public Optional<byte[]> openBytes(String closed) {
    try {
      byte[] whole = Base64.getUrlDecoder().decode(closed);
      return whole.length <= NONCE
          ? Optional.empty()
          : Optional.of(cipher(Cipher.DECRYPT_MODE, whole).doFinal(whole, NONCE, whole.length - NONCE));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** The nonce is at the beginning. */
  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE));
    return cipher;
  }
}
