package dev.sluice.api.deployment;

import java.util.Optional;

/**
 * A group of targets, by what differs from the service: what is empty is the service's. Protocol, timeouts, retries and
 * the terms of TLS always are.
 *
 * @param name not empty, unique in its strategy
 * @param host the name of an upstream of the workspace; when there is none of that name, that of a machine
 * @param port of a machine; an upstream's targets have their own
 * @param uri takes the place of the whole path; the query stays
 */
public record GroupDefinition(String name, Optional<String> host, Optional<Integer> port, Optional<String> uri) {

  /** Refuses names that stand for nothing. */
  public GroupDefinition {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a group must have a name");
    }
  }

  /** The targets of an upstream. */
  public static GroupDefinition upstream(String name, String upstream) {
    return new GroupDefinition(name, Optional.of(upstream), Optional.empty(), Optional.empty());
  }
}
