package dev.sluice.api.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.interfaces.XECPublicKey;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/** Whether keys belong together. Safe from any thread. */
public final class KeyPairs {

  private static final byte[] PROBE = "sluice".getBytes(StandardCharsets.US_ASCII);

  private KeyPairs() {}

  /** Whether a public key is that of a private one. */
  public static boolean match(PublicKey publicKey, PrivateKey privateKey) {
    if (publicKey instanceof RSAPublicKey open && privateKey instanceof RSAPrivateKey secret) {
      return open.getModulus().equals(secret.getModulus());
    }
    try {
      return publicKey instanceof XECPublicKey open ? agrees(open, privateKey) : verifies(publicKey, privateKey);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean verifies(PublicKey publicKey, PrivateKey privateKey) throws GeneralSecurityException {
    String algorithm =
        switch (privateKey.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "DSA" -> "SHA256withDSA";
          default -> privateKey.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(privateKey);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(PROBE);
    return signature.verify(signed);
  }

  /** Keys that cannot sign agree on a secret with a third one. */
  private static boolean agrees(XECPublicKey publicKey, PrivateKey privateKey) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("XDH");
    generator.initialize(publicKey.getParams());
    KeyPair third = generator.generateKeyPair();
    return Arrays.equals(agreed(privateKey, third.getPublic()), agreed(third.getPrivate(), publicKey));
  }

  private static byte[] agreed(PrivateKey mine, PublicKey theirs) throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("XDH");
    agreement.init(mine);
    agreement.doPhase(theirs, true);
    return agreement.generateSecret();
  }
}
