package dev.sluice.plugins.acme;

import dev.sluice.api.security.X509;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/** What operators see of a certificate. */
final class CertificateView {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.ofDelimiter(":");
  private static final int DNS_NAME = 2;

  private CertificateView() {}

  /**
   * Shows one.
   *
   * @param now in seconds
   */
  static JsonObject of(Issued issued, long now) {
    try {
      X509Certificate certificate = X509.chain(issued.certificate()).get(0);
      Instant begin = certificate.getNotBefore().toInstant();
      Instant end = certificate.getNotAfter().toInstant();
      return new JsonObject()
          .put("host", host(certificate))
          .put("issuer_cn", Chains.commonName(certificate.getIssuerX500Principal()))
          .put("not_before", TIME.format(begin))
          .put("not_after", TIME.format(end))
          .put("valid", begin.getEpochSecond() <= now && now < end.getEpochSecond())
          .put("serial_number", HEX.formatHex(certificate.getSerialNumber().toByteArray()))
          .put("pubkey_type", pubkeyType(certificate.getPublicKey().getAlgorithm()))
          .put("digest", HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
    } catch (CertificateException e) {
      throw new AcmeFailure("the certificate that is kept cannot be read");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Authorities leave common names out more and more. */
  private static String host(X509Certificate certificate) throws CertificateException {
    String common = Chains.commonName(certificate.getSubjectX500Principal());
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    if (!common.isEmpty() || names == null) {
      return common;
    }
    return names.stream()
        .filter(name -> Integer.valueOf(DNS_NAME).equals(name.get(0)))
        .map(name -> String.valueOf(name.get(1)))
        .findFirst()
        .orElse("");
  }

  private static String pubkeyType(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> "rsaEncryption";
      case "EC" -> "id-ecPublicKey";
      default -> algorithm;
    };
  }
}
