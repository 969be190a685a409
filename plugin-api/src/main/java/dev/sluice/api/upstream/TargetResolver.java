package dev.sluice.api.upstream;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** Turns the name of a target or service into addresses. */
public interface TargetResolver {

  /**
   * Resolves a name. Called on the control thread or an event loop; must not block.
   *
   * @param port the port to go with addresses whose record names none
   * @return fails when the name does not resolve
   */
  Future<Resolution> resolve(String host, int port);

  /**
   * What a name resolved to.
   *
   * @param recordType such as {@code A} or {@code SRV}
   * @param addresses at least one
   * @param ttl how long the answer holds
   */
  record Resolution(String recordType, List<Address> addresses, Duration ttl) {}

  /**
   * One address.
   *
   * @param ip without brackets
   * @param port its port
   * @param weight the weight of its record; 0 when the record has none and the target's weight counts
   */
  record Address(String ip, int port, int weight) {}
}
