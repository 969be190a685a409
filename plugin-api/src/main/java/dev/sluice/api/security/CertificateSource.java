package dev.sluice.api.security;

import dev.sluice.api.entity.Certificate;
import java.util.Optional;

/** Certificates that listeners show beside those that are configured. */
@FunctionalInterface
public interface CertificateSource {

  /**
   * The certificate of a server name for which none is configured. Asked at handshakes, by any thread: it must not block.
   *
   * @param serverName lower case, not empty
   * @return the same object as long as it is the same certificate, so that its keys are read once
   */
  Optional<Certificate> find(String serverName);
}
