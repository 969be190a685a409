package dev.sluice.api.security;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JwkTest {

  private static String base64(BigInteger number) {
    return base64(number.toByteArray());
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Test
  void theKeysOfAllKindsAreRead() throws InvalidKeyException {
    RSAPublicKey rsa = (RSAPublicKey) PemKeys.publicKey(TestPems.text("rsa.pub"));
    JsonObject rsaJwk = new JsonObject()
        .put("kty", "RSA")
        .put("n", base64(rsa.getModulus()))
        .put("e", base64(rsa.getPublicExponent()));
    assertThat(Jwk.publicKey(rsaJwk)).isEqualTo(rsa);
    ECPublicKey ec = (ECPublicKey) PemKeys.publicKey(TestPems.text("ec.pub"));
    JsonObject ecJwk = new JsonObject()
        .put("kty", "EC")
        .put("crv", "P-256")
        .put("x", base64(ec.getW().getAffineX()))
        .put("y", base64(ec.getW().getAffineY()));
    assertThat(Jwk.publicKey(ecJwk)).isEqualTo(ec);
    byte[] der = PemKeys.publicKey(TestPems.text("ed25519.pub")).getEncoded();
    JsonObject okp = new JsonObject()
        .put("kty", "OKP")
        .put("crv", "Ed25519")
        .put("x", base64(Arrays.copyOfRange(der, der.length - 32, der.length)));
    assertThat(Jwk.publicKey(okp).getEncoded()).isEqualTo(der);
    assertThatThrownBy(() -> Jwk.publicKey(ecJwk.copy().put("y", "AQAB"))).hasMessageContaining("curve");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{}",
    "{\"kty\":\"nope\"}",
    "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
    "{\"kty\":\"RSA\",\"n\":\"AQAB\"}",
    "{\"kty\":\"RSA\",\"n\":\"!\",\"e\":\"AQAB\"}",
    "{\"kty\":\"EC\",\"crv\":\"P-1\",\"x\":\"AQAB\",\"y\":\"AQAB\"}",
    "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQAB\"}",
  })
  void whatIsNoKeyIsRefused(String text) {
    assertThatThrownBy(() -> Jwk.publicKey(new JsonObject(text))).isInstanceOf(InvalidKeyException.class);
  }
}
