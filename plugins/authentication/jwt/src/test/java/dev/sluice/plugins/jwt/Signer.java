package dev.sluice.plugins.jwt;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens as clients do. */
final class Signer {

  private final String algorithm;
  private final Step step;
  private final Optional<String> pem;

  /** Signs. */
  private interface Step {
    byte[] sign(byte[] text) throws GeneralSecurityException;
  }

  private Signer(String algorithm, Step step, Optional<String> pem) {
    this.algorithm = algorithm;
    this.step = step;
    this.pem = pem;
  }

  static Signer hmac(String algorithm, String secret) {
    return hmac(algorithm, secret.getBytes(StandardCharsets.UTF_8));
  }

  static Signer hmac(String algorithm, byte[] secret) {
    return new Signer(
        algorithm,
        text -> {
          Mac mac = Mac.getInstance("HmacSHA" + algorithm.substring(2));
          mac.init(new SecretKeySpec(secret, "any"));
          return mac.doFinal(text);
        },
        Optional.empty());
  }

  static Signer of(String algorithm) {
    return of(algorithm, keys(algorithm));
  }

  static Signer of(String algorithm, KeyPair keys) {
    String pem = "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
    return new Signer(algorithm, text -> sign(algorithm, keys, text), Optional.of(pem));
  }

  static KeyPair keys(String algorithm) {
    return switch (algorithm) {
      case "ES256" -> keys("EC", new ECGenParameterSpec("secp256r1"));
      case "ES384" -> keys("EC", new ECGenParameterSpec("secp384r1"));
      case "ES512" -> keys("EC", new ECGenParameterSpec("secp521r1"));
      case "EdDSA" -> keys("EdDSA", NamedParameterSpec.ED25519);
      default -> keys("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    };
  }

  static KeyPair keys(String kind, AlgorithmParameterSpec spec) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      generator.initialize(spec);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sign(String algorithm, KeyPair keys, byte[] text) throws GeneralSecurityException {
    String bits = algorithm.substring(2);
    Signature signer = Signature.getInstance(switch (algorithm.substring(0, 2)) {
      case "RS" -> "SHA" + bits + "withRSA";
      case "PS" -> "RSASSA-PSS";
      case "ES" -> "SHA" + bits + "withECDSAinP1363Format";
      default -> "EdDSA";
    });
    if (algorithm.startsWith("PS")) {
      signer.setParameter(new PSSParameterSpec(
          "SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits),
          Integer.parseInt(bits) / 8, 1));
    }
    signer.initSign(keys.getPrivate());
    signer.update(text);
    return signer.sign();
  }

  String pem() {
    return pem.orElseThrow();
  }

  String token(JsonObject claims) {
    return token(new JsonObject().put("alg", algorithm).put("typ", "JWT"), claims);
  }

  String token(JsonObject header, JsonObject claims) {
    return token(header.encode(), claims.encode());
  }

  /** A token of any two texts. */
  String token(String header, String claims) {
    String signed = encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
        + encoded(claims.getBytes(StandardCharsets.UTF_8));
    try {
      return signed + "." + encoded(step.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
