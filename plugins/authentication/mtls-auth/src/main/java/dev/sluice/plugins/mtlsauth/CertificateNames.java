package dev.sluice.plugins.mtlsauth;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * The names in a certificate.
 *
 * @param distinguished the whole name of its subject, in the form of RFC 2253
 * @param common the common name in it
 * @param alternative its other names: those of DNS first, then those for e-mail, then the rest
 */
record CertificateNames(String distinguished, Optional<String> common, List<String> alternative) {

  private static final int EMAIL = 1;
  private static final int DNS = 2;
  private static final int URI = 6;
  private static final int IP = 7;
  private static final int[] IN_ORDER = {DNS, EMAIL, URI, IP};

  static CertificateNames of(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
    return new CertificateNames(subject, common(subject), alternative(certificate));
  }

  /** All that a consumer may be called by, in the order in which it is tried. */
  Set<String> all() {
    Set<String> names = new LinkedHashSet<>(alternative);
    common.ifPresent(names::add);
    return names;
  }

  private static Optional<String> common(String subject) {
    try {
      List<Rdn> parts = new LdapName(subject).getRdns();
      for (int i = parts.size() - 1; i >= 0; i--) {
        if (parts.get(i).getType().equalsIgnoreCase("CN") && parts.get(i).getValue() instanceof String text) {
          return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }
      }
      return Optional.empty();
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }

  private static List<String> alternative(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      var all = certificate.getSubjectAlternativeNames();
      if (all == null) {
        return names;
      }
      for (int kind : IN_ORDER) {
        for (List<?> each : all) {
          if (each.get(0).equals(kind) && each.get(1) instanceof String text && !text.isEmpty()) {
            names.add(text);
          }
        }
      }
    } catch (CertificateParsingException e) {
      // A name that cannot be read is nobody's.
      names.clear();
    }
    return names;
  }
}
