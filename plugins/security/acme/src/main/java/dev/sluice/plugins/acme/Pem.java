package dev.sluice.plugins.acme;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;

/** Keys, and texts in PEM form. */
final class Pem {

  private static final int LINE = 64;

  private Pem() {}

  static String of(String label, byte[] der) {
    String body = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  static String of(List<X509Certificate> chain) throws CertificateEncodingException {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : chain) {
      text.append(of("CERTIFICATE", certificate.getEncoded()));
    }
    return text.toString();
  }

  /** Takes seconds of a processor when it is a long one of RSA. */
  static KeyPair generate(AcmeConfig.KeyKind kind) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.ecc() ? "EC" : "RSA");
    if (kind.ecc()) {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    } else {
      generator.initialize(kind.rsaBits());
    }
    return generator.generateKeyPair();
  }
}
