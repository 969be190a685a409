package dev.sluice.kernel.upstream;

import dev.sluice.api.entity.Target;
import dev.sluice.api.upstream.TargetResolver.Address;
import dev.sluice.api.upstream.TargetState;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;

/** One address of a target in one version of its upstream, over the state that outlives the versions. */
public final class KernelTarget implements TargetState {

  private final Target target;
  private final String host;
  private final String address;
  private final int port;
  private final int weight;
  private final String name;
  private final AddressState state;
  private final SocketAddress socketAddress;
  private final String key;
  private final String bracketed;
  private final String authority;
  private final String poolKey;
  private final Optional<TargetState> some;
  private final long addedAt;

  /**
   * Makes one.
   *
   * @param addedAt when it was added to others, in milliseconds; 0 when it was there with the first
   */
  KernelTarget(Target target, Address record, int weight, AddressState state, long addedAt) {
    this.target = target;
    this.host = target.host();
    this.address = record.ip();
    this.port = record.port();
    this.weight = weight;
    this.name = record.name();
    this.state = state;
    this.socketAddress = SocketAddress.inetSocketAddress(port, address);
    this.key = key(host, address, port);
    this.bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
    this.authority = bracketed + ":" + port;
    this.poolKey = address + ":" + port;
    this.some = Optional.of(this);
    this.addedAt = addedAt;
  }

  static String key(String host, String address, int port) {
    return host + ' ' + address + ' ' + port;
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public String host() {
    return host;
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
    return state.healthy();
  }

  @Override
  public int inFlight() {
    return state.inFlight().get();
  }

  @Override
  public long servingSince() {
    return Math.max(addedAt, state.backSince());
  }

  long addedAt() {
    return addedAt;
  }

  /** Whether it takes traffic, and belongs to a group of targets. */
  boolean serves(int priority) {
    return weight > 0 && target.priority() == priority && healthy();
  }

  /** The name of the server by the record that the address comes from; empty when it has none. */
  public String name() {
    return name;
  }

  /** Its host as it stands in a Host header: an address of IPv6 in brackets. */
  public String bracketed() {
    return bracketed;
  }

  /** The same with its port. */
  public String authority() {
    return authority;
  }

  /** The address to connect to. */
  public SocketAddress socketAddress() {
    return socketAddress;
  }

  /** Says that a request is under way. */
  public void begin() {
    state.inFlight().incrementAndGet();
  }

  /** Says that a request has ended. */
  public void end() {
    state.inFlight().decrementAndGet();
  }

  /** Equal for all targets that share connections. */
  public String poolKey() {
    return poolKey;
  }

  String key() {
    return key;
  }

  AddressState state() {
    return state;
  }

  Optional<TargetState> some() {
    return some;
  }

  @Override
  public String toString() {
    return poolKey;
  }
}
