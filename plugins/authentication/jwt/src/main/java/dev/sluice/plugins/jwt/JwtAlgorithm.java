package dev.sluice.plugins.jwt;

import dev.sluice.plugins.authentication.Secrets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The algorithms of RFC 7518 and RFC 8037. There is none that takes no signature. */
enum JwtAlgorithm {
  HS256("HmacSHA256"),
  HS384("HmacSHA384"),
  HS512("HmacSHA512"),
  RS256("SHA256withRSA"),
  RS384("SHA384withRSA"),
  RS512("SHA512withRSA"),
  ES256("SHA256withECDSAinP1363Format", 256),
  ES384("SHA384withECDSAinP1363Format", 384),
  ES512("SHA512withECDSAinP1363Format", 521),
  PS256(32),
  PS384(48),
  PS512(64),
  EdDSA("EdDSA");

  private static final Map<String, JwtAlgorithm> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(JwtAlgorithm::name, Function.identity()));

  private final String jdkName;
  private final int curveBits;
  private final int saltBytes;

  JwtAlgorithm(String jdkName) {
    this(jdkName, 0, 0);
  }

  JwtAlgorithm(String jdkName, int curveBits) {
    this(jdkName, curveBits, 0);
  }

  /** PSS, with a salt as long as the hash. */
  JwtAlgorithm(int saltBytes) {
    this("RSASSA-PSS", 0, saltBytes);
  }

  JwtAlgorithm(String jdkName, int curveBits, int saltBytes) {
    this.jdkName = jdkName;
    this.curveBits = curveBits;
    this.saltBytes = saltBytes;
  }

  static Optional<JwtAlgorithm> named(Object name) {
    return name instanceof String text ? Optional.ofNullable(BY_NAME.get(text)) : Optional.empty();
  }

  static String[] names() {
    return Arrays.stream(values()).map(JwtAlgorithm::name).toArray(String[]::new);
  }

  boolean isSymmetric() {
    return jdkName.startsWith("Hmac");
  }

  /** Whether a signature was made with a secret; the secret is not empty. */
  boolean verify(byte[] secret, byte[] signed, byte[] signature) {
    try {
      Mac mac = Mac.getInstance(jdkName);
      mac.init(new SecretKeySpec(secret, jdkName));
      return Secrets.same(mac.doFinal(signed), signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + jdkName, e);
    }
  }

  /** Whether a signature was made with the private half of a key; never with a key of another kind. */
  boolean verify(PublicKey key, byte[] signed, byte[] signature) {
    if (!fits(key) || curveBits > 0 && signature.length != 2 * ((curveBits + 7) / 8)) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(jdkName);
      if (saltBytes > 0) {
        String hash = "SHA-" + 8 * saltBytes;
        verifier.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), saltBytes, 1));
      }
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // A signature of a wrong form, or a key that is too short: both are no proof.
      return false;
    }
  }

  private boolean fits(PublicKey key) {
    if (curveBits > 0) {
      return key instanceof ECPublicKey point && point.getParams().getOrder().bitLength() == curveBits;
    }
    return this == EdDSA ? key instanceof EdECPublicKey : key instanceof RSAPublicKey;
  }
}
