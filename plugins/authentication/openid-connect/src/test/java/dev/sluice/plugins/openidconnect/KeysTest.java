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
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.sluice.plugins.openidconnect.Keys.Verdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeysTest {

  private static Keys keys(JWK... some) {
    return Keys.read(new JsonArray(Stream.of(some).map(key -> new JsonObject(key.toJSONString())).toList()));
  }

  private static JWSObject signed(JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
    JWSObject token = new JWSObject(new JWSHeader(algorithm), new Payload("{}"));
    token.sign(signer);
    return token;
  }

  @Test
  void curvesVerify() throws JOSEException {
    for (Curve curve : new Curve[] {Curve.P_256, Curve.P_384, Curve.P_521}) {
      ECKey key = new ECKeyGenerator(curve).generate();
      ECKey other = new ECKeyGenerator(curve).generate();
      JWSObject token = signed(new ECDSASigner(key).supportedJWSAlgorithms().iterator().next(), new ECDSASigner(key));
      assertThat(keys(other, key.toPublicJWK()).judge(token)).isEqualTo(Verdict.GOOD);
      assertThat(keys(other).judge(token)).isEqualTo(Verdict.BAD);
      assertThat(keys(TestProvider.stranger()).judge(token)).isEqualTo(Verdict.UNKNOWN);
    }
  }

  @Test
  void edwardsCurvesVerify() throws GeneralSecurityException, ParseException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    OctetKeyPair key = new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x)).build();
    String text = Base64URL.encode("{\"alg\":\"EdDSA\"}") + "." + Base64URL.encode("{}");
    Signature signer = Signature.getInstance("EdDSA");
    signer.initSign(pair.getPrivate());
    signer.update(text.getBytes(StandardCharsets.US_ASCII));
    byte[] signature = signer.sign();
    assertThat(keys(key).judge(JWSObject.parse(text + "." + Base64URL.encode(signature)))).isEqualTo(Verdict.GOOD);
    signature[3] ^= 1;
    assertThat(keys(key).judge(JWSObject.parse(text + "." + Base64URL.encode(signature)))).isEqualTo(Verdict.BAD);
  }

  @Test
  void sharedSecretsAndWeakKeysAreNoKeys() throws JOSEException {
    OctetSequenceKey secret = new OctetSequenceKeyGenerator(256).generate();
    assertThat(keys(secret).judge(signed(JWSAlgorithm.HS256, new MACSigner(secret)))).isEqualTo(Verdict.UNKNOWN);
    RSAKey weak = new RSAKeyGenerator(1024, true).generate();
    assertThat(keys(weak).judge(signed(JWSAlgorithm.RS256, new RSASSASigner(weak, Set.of(AllowWeakRSAKey.getInstance()))))).isEqualTo(Verdict.UNKNOWN);
    RSAKey forEncryption =
        new RSAKey.Builder(TestProvider.stranger()).keyUse(KeyUse.ENCRYPTION).build();
    assertThat(keys(forEncryption).judge(signed(JWSAlgorithm.RS256, new RSASSASigner(forEncryption))))
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void oneKeyThatNobodyReadsDoesNotHideTheOthers() throws JOSEException {
    RSAKey good = TestProvider.stranger();
    JsonArray mixed = new JsonArray()
        .add("text")
        .add(new JsonObject().put("kty", "XYZ"))
        .add(new JsonObject().put("kty", "EC").put("crv", "P-256").put("x", "AA").put("y", "AA"))
        .add(new JsonObject(good.toPublicJWK().toJSONString()));
    assertThat(Keys.read(mixed).judge(signed(JWSAlgorithm.RS256, new RSASSASigner(good)))).isEqualTo(Verdict.GOOD);
  }
}
