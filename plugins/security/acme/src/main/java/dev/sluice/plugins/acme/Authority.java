package dev.sluice.plugins.acme;

import io.vertx.core.Future;

/** Who issues certificates. */
interface Authority {

  /** Orders a certificate; the future completes within {@link Issuer#LOCK_SECONDS}. */
  Future<Issued> order(AcmeConfig config, String host);
}
