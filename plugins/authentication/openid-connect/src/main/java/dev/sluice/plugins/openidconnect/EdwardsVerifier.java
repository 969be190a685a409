package dev.sluice.plugins.openidconnect;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.sluice.api.security.Jwk;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Set;

/** Signatures of Ed25519 and Ed448, which the JDK knows and the library knows only with the help of another one. */
final class EdwardsVerifier implements JWSVerifier {

  private final JCAContext context = new JCAContext();
  private final PublicKey key;

  EdwardsVerifier(OctetKeyPair pair) throws JOSEException {
    try {
      this.key = Jwk.publicKey(new JsonObject(pair.toPublicJWK().toJSONString()));
    } catch (GeneralSecurityException e) {
      throw new JOSEException("no key for EdDSA", e);
    }
  }

  @Override
  public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) {
    try {
      Signature verifier = Signature.getInstance("EdDSA");
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature.decode());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    return Set.of(JWSAlgorithm.EdDSA);
  }

  @Override
  public JCAContext getJCAContext() {
    return context;
  }
}
