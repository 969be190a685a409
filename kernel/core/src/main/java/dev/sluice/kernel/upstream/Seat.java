package dev.sluice.kernel.upstream;

/**
 * Where the versions of one upstream follow each other. Whoever leads to the upstream leads to its seat, and so to the version
 * of now: routes by the ten thousand may, and none of them has to be told when a target is written.
 *
 * <p>The version is set on the control thread, before the snapshot that it is new in is published, and read by all event
 * loops. So whoever serves by an older snapshot may meet it; the version that it is there from tells.
 */
public final class Seat {

  private final String key;
  private UpstreamRuntime newest;

  Seat(String key) {
    this.key = key;
  }

  /** Under which snapshots have the upstream: its id, or that of a plain host. */
  public String key() {
    return key;
  }

  /** Notes the version that serves from the next snapshot on. */
  void take(UpstreamRuntime runtime) {
    newest = runtime;
  }

  /** Whether somebody can take a request now, whatever snapshot serves. */
  public boolean available() {
    UpstreamRuntime known = newest;
    return known != null && known.available();
  }

  /** The version in a snapshot of this number; null when that has to be looked up. */
  public UpstreamRuntime in(long version) {
    UpstreamRuntime known = newest;
    return known == null || known.since() > version ? null : known;
  }
}
