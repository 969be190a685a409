package dev.sluice.plugins.acme;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.shredzone.acme4j.Certificate;

/** Of several chains that an authority offers, the one to show. */
final class Chains {

  private Chains() {}

  /**
   * The chain of a certificate.
   *
   * @param issuer the common name of an issuer in the chain; the authority's first choice where none has it
   */
  static List<X509Certificate> preferred(Certificate certificate, Optional<String> issuer) {
    List<X509Certificate> first = certificate.getCertificateChain();
    if (issuer.isEmpty() || isIssuedBy(first, issuer.get())) {
      return first;
    }
    return certificate.getAlternateCertificates().stream()
        .map(Certificate::getCertificateChain)
        .filter(chain -> isIssuedBy(chain, issuer.get()))
        .findFirst()
        .orElse(first);
  }

  private static boolean isIssuedBy(List<X509Certificate> chain, String issuer) {
    return chain.stream().anyMatch(each -> commonName(each.getIssuerX500Principal()).equals(issuer));
  }

  /** Empty when there is none. */
  static String commonName(X500Principal name) {
    try {
      for (Rdn part : new LdapName(name.getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          return String.valueOf(part.getValue());
        }
      }
      return "";
    } catch (InvalidNameException e) {
      return "";
    }
  }
}
