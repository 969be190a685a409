package dev.sluice.testkit.fake;

import dev.sluice.api.entity.Target;
import dev.sluice.api.upstream.TargetState;
import java.util.concurrent.atomic.AtomicInteger;

/** An address whose health and load a test sets by hand. Safe for all threads. */
public final class FakeTargetState implements TargetState {

  private final Target target;
  private final String address;
  private final int port;
  private final int weight;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile boolean healthy = true;
  private volatile long servingSince;

  private FakeTargetState(Target target, String address, int port, int weight) {
    this.target = target;
    this.address = address;
    this.port = port;
    this.weight = weight;
  }

  /** A healthy address that its target names as such. */
  public static FakeTargetState of(String ip, int port, int weight) {
    return of(ip, ip, port, weight);
  }

  /** A healthy address that a host name resolved to. */
  public static FakeTargetState of(String host, String ip, int port, int weight) {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    String text = name + ":" + port;
    return new FakeTargetState(new Target("target-" + text, "upstream", text, weight), ip, port, weight);
  }

  /** Sets the health. */
  public FakeTargetState healthy(boolean now) {
    healthy = now;
    return this;
  }

  /** The same address in a group of targets. */
  public FakeTargetState priority(int group) {
    Target in = new Target(target.id(), target.upstreamId(), target.target(), target.weight(), group);
    return new FakeTargetState(in, address, port, weight);
  }

  /** Sets when it came into service. */
  public FakeTargetState servingSince(long millis) {
    servingSince = millis;
    return this;
  }

  /** Counts a request that begins here. */
  public void begin() {
    inFlight.incrementAndGet();
  }

  /** Counts a request that ends here. */
  public void end() {
    inFlight.decrementAndGet();
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public String host() {
    return target.host();
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public int weight() {
    return weight;
  }

  @Override
  public boolean healthy() {
    return healthy;
  }

  @Override
  public int inFlight() {
    return inFlight.get();
  }

  @Override
  public long servingSince() {
    return servingSince;
  }

  @Override
  public String toString() {
    return address + ":" + port + " (weight " + weight + (healthy ? ")" : ", unhealthy)");
  }
}
