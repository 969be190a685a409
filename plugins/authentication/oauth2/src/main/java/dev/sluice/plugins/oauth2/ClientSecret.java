package dev.sluice.plugins.oauth2;

import dev.sluice.plugins.authentication.Base64Text;
import dev.sluice.plugins.authentication.Secrets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Hashes of clients' secrets, in Kong's form: {@code $pbkdf2-sha512$i=10000,l=32$salt$hash}. */
final class ClientSecret {

  private static final Pattern FORM =
      Pattern.compile("\\$pbkdf2-sha512\\$i=([0-9]{1,7}),l=([0-9]{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ROUNDS = 10_000;
  private static final int SALT = 16;
  private static final int LENGTH = 32;

  private ClientSecret() {}

  static boolean isHash(String text) {
    return FORM.matcher(text).matches();
  }

  /** A hash with a new salt. Takes some milliseconds. */
  static String hash(String secret) {
    byte[] salt = new byte[SALT];
    RANDOM.nextBytes(salt);
    Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
    return "$pbkdf2-sha512$i=" + ROUNDS + ",l=" + LENGTH + "$" + encoder.encodeToString(salt) + "$"
        + encoder.encodeToString(derive(secret, salt, ROUNDS, LENGTH));
  }

  /** Whether a hash was made of a secret. Takes some milliseconds. */
  static boolean matches(String secret, String hash) {
    Matcher form = FORM.matcher(hash);
    if (secret.isEmpty() || !form.matches()) {
      return false;
    }
    Optional<byte[]> salt = Base64Text.decode(form.group(3));
    Optional<byte[]> wanted = Base64Text.decode(form.group(4));
    int rounds = Integer.parseInt(form.group(1));
    int length = Integer.parseInt(form.group(2));
    return salt.isPresent()
        && wanted.isPresent()
        && rounds > 0
        && length > 0
        && Secrets.same(derive(secret, salt.get(), rounds, length), wanted.get());
  }

  private static byte[] derive(String secret, byte[] salt, int rounds, int length) {
    PBEKeySpec spec = new PBEKeySpec(secret.toCharArray(), salt, rounds, 8 * length);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has PBKDF2 with SHA-512", e);
    } finally {
      spec.clearPassword();
    }
  }
}
