package dev.sluice.plugins.openidconnect;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.sluice.plugins.authentication.Seal;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.Optional;

/** Signs for a client that it is who it is (RFC 7523). For all threads. */
final class Assertions {

  private static final long SECONDS = 60;

  private final JWSSigner signer;
  private final JWSHeader header;

  private Assertions(JWSSigner signer, JWSHeader header) {
    this.signer = signer;
    this.header = header;
  }

  /**
   * By a secret.
   *
   * @param algorithm empty for HS256
   * @throws IllegalArgumentException when it does not fit
   */
  static Assertions bySecret(String secret, String algorithm) {
    try {
      JWSHeader header = new JWSHeader(JWSAlgorithm.parse(algorithm.isEmpty() ? "HS256" : algorithm));
      return checked(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)), header);
    } catch (JOSEException e) {
      throw new IllegalArgumentException("the client_secret is too short to sign with", e);
    }
  }

  /**
   * By a private key.
   *
   * @param algorithm empty for that of the key
   * @throws IllegalArgumentException when it is none, or does not fit
   */
  static Assertions byKey(JsonObject jwk, String algorithm) {
    JsonObject filled = new JsonObject();
    jwk.forEach(member -> {
      if (member.getValue() != null) {
        filled.put(member.getKey(), member.getValue());
      }
    });
    try {
      JWK key = JWK.parse(filled.encode());
      JWSSigner signer = signer(key);
      String own = Optional.ofNullable(key.getAlgorithm()).map(String::valueOf).orElse("");
      String usual = key instanceof ECKey ? signer.supportedJWSAlgorithms().iterator().next().getName() : "RS256";
      String named = !algorithm.isEmpty() ? algorithm : own.isEmpty() ? usual : own;
      return checked(signer, new JWSHeader.Builder(JWSAlgorithm.parse(named)).keyID(key.getKeyID()).build());
    } catch (ParseException | JOSEException | IllegalStateException e) {
      throw new IllegalArgumentException("the client_jwk is no private key that can sign", e);
    }
  }

  private static JWSSigner signer(JWK key) throws JOSEException {
    if (key instanceof RSAKey rsa && rsa.isPrivate()) {
      return new RSASSASigner(rsa);
    } else if (key instanceof ECKey curve && curve.isPrivate()) {
      return new ECDSASigner(curve);
    }
    throw new JOSEException("no private key of RSA or a curve of NIST");
  }

  private static Assertions checked(JWSSigner signer, JWSHeader header) {
    if (!signer.supportedJWSAlgorithms().contains(header.getAlgorithm())) {
      throw new IllegalArgumentException("the client cannot sign with " + header.getAlgorithm());
    }
    return new Assertions(signer, header);
  }

  String sign(String client, String audience, Clock clock) {
    long now = clock.millis() / 1000;
    JsonObject claims = new JsonObject()
        .put("iss", client)
        .put("sub", client)
        .put("aud", audience)
        .put("jti", Seal.randomId())
        .put("iat", now)
        .put("exp", now + SECONDS);
    JWSObject token = new JWSObject(header, new Payload(claims.encode()));
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("the client cannot sign", e);
    }
    return token.serialize();
  }
}
