package dev.sluice.api.security;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/**
 * Keys in PEM texts: in the general forms of PKCS #8 and X.509, which the JDK reads, and in those of PKCS #1 and SEC 1,
 * which it does not. Encrypted keys are refused. Safe from any thread.
 */
public final class PemKeys {

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "XDH", "DSA", "RSASSA-PSS");
  private static final byte[] RSA_OID = {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01};
  private static final byte[] EC_OID = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

  private PemKeys() {}

  /** One way to read a key. */
  private interface Reader<K> {
    K read(KeyFactory factory, KeySpec spec) throws GeneralSecurityException;
  }

  /**
   * The first private key in a text.
   *
   * @throws InvalidKeyException when there is none, or none that can be read
   */
  public static PrivateKey privateKey(String text) throws InvalidKeyException {
    for (PemBlock block : blocks(text)) {
      Optional<byte[]> der =
          switch (block.label()) {
            case "PRIVATE KEY" -> Optional.of(block.der());
            case "RSA PRIVATE KEY" -> Optional.of(pkcs8(rsa(), block.der()));
            case "EC PRIVATE KEY" -> Optional.of(pkcs8(curveOf(block.der()), block.der()));
            default -> Optional.empty();
          };
      if (der.isPresent()) {
        return any(new PKCS8EncodedKeySpec(der.get()), KeyFactory::generatePrivate);
      }
    }
    throw new InvalidKeyException("no private key in PEM form");
  }

  /**
   * The first public key in a text.
   *
   * @throws InvalidKeyException when there is none, or none that can be read
   */
  public static PublicKey publicKey(String text) throws InvalidKeyException {
    for (PemBlock block : blocks(text)) {
      if (block.label().equals("PUBLIC KEY")) {
        return publicKey(block.der());
      } else if (block.label().equals("RSA PUBLIC KEY")) {
        byte[] bits = Der.of(Der.BIT_STRING, new byte[1], block.der());
        return publicKey(Der.of(Der.SEQUENCE, rsa(), bits));
      }
    }
    throw new InvalidKeyException("no public key in PEM form");
  }

  /** A public key in the structure of X.509. */
  static PublicKey publicKey(byte[] der) throws InvalidKeyException {
    return any(new X509EncodedKeySpec(der), KeyFactory::generatePublic);
  }

  private static <K> K any(KeySpec spec, Reader<K> reader) throws InvalidKeyException {
    for (String algorithm : ALGORITHMS) {
      try {
        return reader.read(KeyFactory.getInstance(algorithm), spec);
      } catch (GeneralSecurityException e) {
        // Another algorithm may know it.
      }
    }
    throw new InvalidKeyException("the key is damaged, or of an unknown algorithm");
  }

  private static List<PemBlock> blocks(String text) throws InvalidKeyException {
    try {
      return PemBlock.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException("the key is not in Base64", e);
    }
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    byte[] version = Der.of(Der.INTEGER, new byte[1]);
    return Der.of(Der.SEQUENCE, version, algorithm, Der.of(Der.OCTET_STRING, key));
  }

  private static byte[] rsa() {
    return Der.of(Der.SEQUENCE, Der.of(Der.OID, RSA_OID), Der.of(Der.NULL));
  }

  /** The curve stands in the key itself, or the key is of no use. */
  private static byte[] curveOf(byte[] key) throws InvalidKeyException {
    try {
      for (Der.Element outer : Der.elements(key)) {
        for (Der.Element element : Der.elements(outer.content())) {
          if (element.tag() == Der.CONTEXT_0) {
            return Der.of(Der.SEQUENCE, Der.of(Der.OID, EC_OID), element.content());
          }
        }
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException("the key is damaged", e);
    }
    throw new InvalidKeyException("the key names no curve");
  }
}
