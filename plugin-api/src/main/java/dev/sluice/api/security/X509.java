package dev.sluice.api.security;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Certificates in PEM texts. Safe from any thread. */
public final class X509 {

  private static final Set<String> LABELS = Set.of("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE");

  private X509() {}

  /**
   * The certificates in a text, in order, at least one.
   *
   * @throws CertificateException when there is none, or one that cannot be read
   */
  public static List<X509Certificate> chain(String text) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (PemBlock block : PemBlock.parse(text)) {
        if (LABELS.contains(block.label())) {
          chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new CertificateException("the certificate is not in Base64", e);
    }
    if (chain.isEmpty()) {
      throw new CertificateException("no certificate in PEM form");
    }
    return List.copyOf(chain);
  }

  /** The SHA-256 digest of a certificate, in lower-case hexadecimal digits. */
  public static String digest(X509Certificate certificate) throws CertificateEncodingException {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
