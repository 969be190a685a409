package dev.sluice.plugins.mtlsauth;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at one chain, by the rules of RFC 5280 as the JDK has them. Blocks: for a millisecond or so, or for a network. */
final class ChainCheck {

  /** Authorities between the client's certificate and the one that is trusted. */
  private static final int LONGEST = 10;

  private static final int DIGITAL_SIGNATURE = 0;
  private static final Set<String> FOR_CLIENTS = Set.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");
  private static final List<String> WHO_KNOWS = List.of("1.3.6.1.5.5.7.1.1", "2.5.29.31");

  private ChainCheck() {}

  /**
   * A way from a client's certificate to an authority that is trusted.
   *
   * @param path without that authority
   * @param anchor that authority
   */
  record Way(CertPath path, TrustAnchor anchor) {

    List<X509Certificate> certificates() {
      List<X509Certificate> all = new ArrayList<>();
      path.getCertificates().forEach(each -> all.add((X509Certificate) each));
      return all;
    }
  }

  /** What is known of revocations. */
  enum Revoked {
    YES,
    NO,
    UNKNOWN
  }

  /**
   * Finds the way.
   *
   * @param shown what the client has shown, its own certificate first
   * @throws GeneralSecurityException when there is none
   */
  static Way trusted(List<X509Certificate> shown, Authorities authorities, Instant now)
      throws GeneralSecurityException {
    X509Certificate own = shown.get(0);
    checkUsage(own);
    // The JDK does not look at the times of what it is told to trust.
    Set<TrustAnchor> anchors = authorities.anchors().stream()
        .filter(each -> isInForce(each.getTrustedCert(), now))
        .collect(Collectors.toSet());
    if (anchors.isEmpty()) {
      throw new CertificateException("no authority is trusted");
    }
    X509CertSelector wanted = new X509CertSelector();
    wanted.setCertificate(own);
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, wanted);
    List<X509Certificate> known = new ArrayList<>(shown);
    known.addAll(authorities.between());
    parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
    parameters.setMaxPathLength(LONGEST);
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));
    PKIXCertPathBuilderResult found =
        (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    return new Way(found.getCertPath(), found.getTrustAnchor());
  }

  private static boolean isInForce(X509Certificate certificate, Instant now) {
    return !now.isBefore(certificate.getNotBefore().toInstant()) && !now.isAfter(certificate.getNotAfter().toInstant());
  }

  /** The certificate of a server is not one of a client. */
  private static void checkUsage(X509Certificate own) throws CertificateException {
    boolean[] usage = own.getKeyUsage();
    if (usage != null && !usage[DIGITAL_SIGNATURE]) {
      throw new CertificateException("its key is not for signatures");
    }
    List<String> purposes = purposes(own);
    if (purposes != null && purposes.stream().noneMatch(FOR_CLIENTS::contains)) {
      throw new CertificateException("it is not for clients");
    }
  }

  private static List<String> purposes(X509Certificate own) throws CertificateException {
    try {
      return own.getExtendedKeyUsage();
    } catch (CertificateParsingException e) {
      throw new CertificateException("it cannot be read", e);
    }
  }

  /** Whether any of the certificates says who knows of its revocation. */
  static boolean tellsWhoKnows(Way way) {
    return way.certificates().stream()
        .anyMatch(each -> WHO_KNOWS.stream().anyMatch(extension -> each.getExtensionValue(extension) != null));
  }

  /** Asks whoever the certificates say knows of revocations: responders first, then lists. */
  static Revoked revoked(Way way, Instant now) {
    try {
      CertPathValidator validator = CertPathValidator.getInstance("PKIX");
      PKIXParameters parameters = new PKIXParameters(Set.of(way.anchor()));
      parameters.setDate(Date.from(now));
      parameters.setRevocationEnabled(false);
      parameters.addCertPathChecker((PKIXRevocationChecker) validator.getRevocationChecker());
      validator.validate(way.path(), parameters);
      return Revoked.NO;
    } catch (CertPathValidatorException e) {
      return e.getReason() == BasicReason.REVOKED ? Revoked.YES : Revoked.UNKNOWN;
    } catch (GeneralSecurityException e) {
      return Revoked.UNKNOWN;
    }
  }
}
