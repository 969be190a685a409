package dev.sluice.plugins.mtlsauth;

import dev.sluice.api.entity.CaCertificate;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.security.X509;
import java.security.cert.CertificateException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorities of a configuration, as one version of the entities has them. Immutable.
 *
 * <p>One that has signed itself is trusted; one that others have signed leads to such a one, unless chains may end there.
 */
final class Authorities {

  private static final Logger log = LoggerFactory.getLogger(Authorities.class);

  private final List<Optional<CaCertificate>> entities;
  private final Set<TrustAnchor> anchors = new HashSet<>();
  private final List<X509Certificate> between = new ArrayList<>();
  private final Map<X509Certificate, String> ids = new HashMap<>();

  private Authorities(List<Optional<CaCertificate>> entities, List<String> wanted, boolean partialChain) {
    this.entities = entities;
    for (int i = 0; i < wanted.size(); i++) {
      if (entities.get(i).isEmpty()) {
        log.warn("ca_certificates names {}, which is not there: nobody is let in by it", wanted.get(i));
      } else {
        add(entities.get(i).get(), partialChain);
      }
    }
  }

  private void add(CaCertificate entity, boolean partialChain) {
    try {
      X509Certificate certificate = X509.chain(entity.cert()).get(0);
      ids.put(certificate, entity.id());
      if (partialChain || certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
        anchors.add(new TrustAnchor(certificate, null));
      } else {
        between.add(certificate);
      }
    } catch (CertificateException e) {
      log.warn("authority {} cannot be read: nobody is let in by it", entity.id());
    }
  }

  static Authorities of(EntityReader reader, List<String> wanted, boolean partialChain) {
    return new Authorities(
        wanted.stream().map(id -> reader.byId(CoreEntities.CA_CERTIFICATES, id)).toList(), wanted, partialChain);
  }

  /** Whether these are those of other entities, too. By identity: one that was not written is the same object. */
  @SuppressWarnings("ReferenceEquality")
  boolean hold(EntityReader reader, List<String> wanted) {
    for (int i = 0; i < wanted.size(); i++) {
      CaCertificate now = reader.byId(CoreEntities.CA_CERTIFICATES, wanted.get(i)).orElse(null);
      if (now != entities.get(i).orElse(null)) {
        return false;
      }
    }
    return true;
  }

  /** Those that chains may end at. */
  Set<TrustAnchor> anchors() {
    return anchors;
  }

  /** Those that chains may lead through. */
  List<X509Certificate> between() {
    return between;
  }

  /** The id of an authority's entity. */
  Optional<String> id(X509Certificate certificate) {
    return Optional.ofNullable(ids.get(certificate));
  }
}
