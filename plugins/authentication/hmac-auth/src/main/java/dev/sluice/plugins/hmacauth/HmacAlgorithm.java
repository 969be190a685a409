package dev.sluice.plugins.hmacauth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The algorithms that requests are signed with. */
enum HmacAlgorithm {
  HMAC_SHA1("HmacSHA1"),
  HMAC_SHA256("HmacSHA256"),
  HMAC_SHA384("HmacSHA384"),
  HMAC_SHA512("HmacSHA512");

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final String jdkName;

  HmacAlgorithm(String jdkName) {
    this.jdkName = jdkName;
  }

  static Optional<HmacAlgorithm> labelled(String label) {
    return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
  }

  static String[] names() {
    return Arrays.stream(values()).map(one -> one.label).toArray(String[]::new);
  }

  /** The signature of a text; the secret is not empty. */
  byte[] sign(String secret, String text) {
    try {
      Mac mac = Mac.getInstance(jdkName);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), jdkName));
      return mac.doFinal(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + jdkName, e);
    }
  }
}
