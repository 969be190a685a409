package dev.sluice.kernel.trust;

import dev.sluice.api.entity.CaCertificate;
import dev.sluice.api.entity.Certificate;
import java.util.List;
import java.util.Optional;

/**
 * On which terms upstreams are met over TLS. Equal terms may share connections, others never.
 *
 * @param shown the certificate that is shown to who asks for one
 * @param verified what is asked of the upstream's certificate; empty when nothing is
 * @param fault why nobody can be met on these terms
 */
record Terms(Optional<Certificate> shown, Optional<Verified> verified, Optional<String> fault) {

  /**
   * What is asked of a certificate, beside its name and time.
   *
   * @param depth how many certificates may stand between it and that of an authority
   * @param authorities those of the service; none for the node's
   * @param node the node's authorities
   */
  record Verified(int depth, List<CaCertificate> authorities, Authorities node) {

    Authorities any() {
      return authorities.isEmpty() ? node : new Authorities(authorities.stream().map(CaCertificate::cert).toList());
    }
  }
}
