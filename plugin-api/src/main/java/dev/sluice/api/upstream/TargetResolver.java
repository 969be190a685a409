package dev.sluice.api.upstream;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/** Turns the name of a target or service into addresses. */
public interface TargetResolver {

  /**
   * Resolves a name. Called on the control thread or an event loop; must not block. The answer may come on any thread.
   *
   * @param port the port to go with addresses whose record names none
   * @return fails when the name does not resolve, best with {@link UnresolvedException}
   */
  Future<Resolution> resolve(String host, int port);

  /**
   * What a name resolved to.
   *
   * @param recordType such as {@code A} or {@code SRV}
   * @param addresses at least one
   * @param ttl how long the answer holds
   * @param stale how long after that it may be used while nobody can say whether it still holds
   */
  record Resolution(String recordType, List<Address> addresses, Duration ttl, Duration stale) {

    private static final Duration DEFAULT_STALE = Duration.ofHours(1);

    /** An answer that may be used for an hour after its time. */
    public Resolution(String recordType, List<Address> addresses, Duration ttl) {
      this(recordType, addresses, ttl, DEFAULT_STALE);
    }
  }

  /**
   * One address.
   *
   * @param ip without brackets
   * @param port its port
   * @param weight the weight of its record; 0 when the record has none and the target's weight counts
   * @param name of the server by its record; empty when the record has none
   */
  record Address(String ip, int port, int weight, String name) {

    /** An address of a record that names no server. */
    public Address(String ip, int port, int weight) {
      this(ip, port, weight, "");
    }
  }
}
