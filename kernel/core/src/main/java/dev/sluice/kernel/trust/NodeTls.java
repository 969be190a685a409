package dev.sluice.kernel.trust;

import dev.sluice.api.entity.Certificate;
import java.util.Optional;

/**
 * How upstreams are met over TLS where their service leaves it open.
 *
 * @param shown the node's own certificate
 * @param https for services of the protocol https
 * @param grpcs for services of the protocol grpcs
 * @param origins for servers that filters choose
 */
public record NodeTls(Optional<Certificate> shown, Defaults https, Defaults grpcs, Authorities origins) {

  /**
   * What is asked of certificates.
   *
   * @param verify whether they are verified
   * @param depth how many certificates may stand between one and that of an authority
   * @param authorities who is believed
   */
  public record Defaults(boolean verify, int depth, Authorities authorities) {}
}
