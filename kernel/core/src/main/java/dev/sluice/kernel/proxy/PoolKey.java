package dev.sluice.kernel.proxy;

import dev.sluice.kernel.trust.UpstreamTls;

/**
 * Which connections a request may go over: those to its address, made on its terms and under its name. One made on other
 * terms, say without a look at the certificate, is never one of them. Belongs to one event loop, which asks with one key
 * that it fills in anew, so that asking costs nothing.
 */
final class PoolKey {

  private String address = "";
  private UpstreamTls tls;
  private String name = "";
  private boolean http2;

  /**
   * Fills it in.
   *
   * @param upstreamTls null without TLS
   */
  PoolKey fill(String itsAddress, UpstreamTls upstreamTls, String itsName, boolean speaksHttp2) {
    address = itsAddress;
    tls = upstreamTls;
    name = itsName;
    http2 = speaksHttp2;
    return this;
  }

  /** The same, to keep. */
  PoolKey copy() {
    return new PoolKey().fill(address, tls, name, http2);
  }

  /** Terms are compared by identity. */
  @Override
  @SuppressWarnings("ReferenceEquality")
  public boolean equals(Object other) {
    return other instanceof PoolKey key
        && tls == key.tls
        && http2 == key.http2
        && address.equals(key.address)
        && name.equals(key.name);
  }

  @Override
  public int hashCode() {
    return (address.hashCode() * 31 + name.hashCode()) * 31 + System.identityHashCode(tls) + (http2 ? 1 : 0);
  }
}
