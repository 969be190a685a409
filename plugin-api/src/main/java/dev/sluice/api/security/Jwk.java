package dev.sluice.api.security;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Map;

/** JSON Web Keys (RFC 7517): RSA, the elliptic curves of NIST, and those of RFC 8037. Safe from any thread. */
public final class Jwk {

  private static final Map<String, String> CURVES =
      Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");
  /** The last byte of the object identifiers 1.3.101.x. */
  private static final Map<String, Integer> OKP_CURVES = Map.of("X25519", 110, "X448", 111, "Ed25519", 112, "Ed448", 113);

  private Jwk() {}

  /**
   * The public key that a JWK holds.
   *
   * @throws InvalidKeyException when it holds none, or one of another kind
   */
  public static PublicKey publicKey(JsonObject jwk) throws InvalidKeyException {
    try {
      return switch (text(jwk, "kty")) {
        case "RSA" -> KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
        case "EC" -> ellipticCurve(jwk);
        case "OKP" -> octetKeyPair(jwk);
        default -> throw new InvalidKeyException("unknown kty");
      };
    } catch (InvalidKeyException e) {
      throw e;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new InvalidKeyException("no valid JWK", e);
    }
  }

  private static PublicKey ellipticCurve(JsonObject jwk) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(known(CURVES.get(text(jwk, "crv")))));
    ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
    ECPoint point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
    if (!isOn(spec.getCurve(), point)) {
      throw new InvalidKeyException("the point is not on the curve");
    }
    return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, spec));
  }

  private static boolean isOn(EllipticCurve curve, ECPoint point) {
    BigInteger prime = ((ECFieldFp) curve.getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
    return point.getAffineY().pow(2).subtract(right).mod(prime).signum() == 0;
  }

  private static PublicKey octetKeyPair(JsonObject jwk) throws InvalidKeyException {
    byte[] oid = {0x2b, 0x65, known(OKP_CURVES.get(text(jwk, "crv"))).byteValue()};
    byte[] algorithm = Der.of(Der.SEQUENCE, Der.of(Der.OID, oid));
    return PemKeys.publicKey(Der.of(Der.SEQUENCE, algorithm, Der.of(Der.BIT_STRING, new byte[1], bytes(jwk, "x"))));
  }

  private static <T> T known(T curve) throws InvalidKeyException {
    if (curve == null) {
      throw new InvalidKeyException("unknown crv");
    }
    return curve;
  }

  private static BigInteger number(JsonObject jwk, String member) throws InvalidKeyException {
    return new BigInteger(1, bytes(jwk, member));
  }

  private static byte[] bytes(JsonObject jwk, String member) throws InvalidKeyException {
    return Base64.getUrlDecoder().decode(text(jwk, member));
  }

  private static String text(JsonObject jwk, String member) throws InvalidKeyException {
    if (jwk.getValue(member) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new InvalidKeyException("no " + member);
  }
}
