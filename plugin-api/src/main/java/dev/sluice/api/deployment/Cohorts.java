package dev.sluice.api.deployment;

import dev.sluice.api.request.RequestContext;
import java.util.Optional;

/**
 * How a strategy deals clients to groups, for those who ask ahead: by a key, of which each client has one, and a share. It
 * answers as {@link DeploymentStrategy#select} chooses, and changes nothing. Any thread but for what takes a request.
 */
public interface Cohorts {

  /** What clients are told apart by: {@code consumer}, {@code ip}, or in words, such as {@code cookie side}. */
  String by();

  /** The key of the client that sends a request; empty when the request has none. On the event loop of the request. */
  Optional<String> keyOf(RequestContext context);

  /** Whether chance, or the turn of requests, decides on a request. On the event loop of the request. */
  boolean byChance(RequestContext context);

  /** The bucket that a key falls into, from 0. */
  long bucketOf(String key);

  /** The group of the client with a key; {@link Selection#REST} when it is sent nowhere else. */
  String groupOf(String key);

  /** The group that it would have if the share were another one, between 0 and 100. */
  String groupOf(String key, double percentage);
}
