package dev.sluice.api.request;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.Upstream;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.upstream.TargetState;
import java.util.Optional;

/**
 * A request that has ended, whatever became of it. On its event loop, and only while it is shown: the object shows the
 * next one afterwards. It holds no headers and no bodies.
 */
public interface EndedRequest {

  /** The request's id. */
  String id();

  /** When its head was read, in milliseconds of the epoch. */
  long startedAtMillis();

  /** How long it took, from its head to the end of its answer, in nanoseconds. */
  long tookNanos();

  /** How long the last attempt upstream waited for the head of an answer, in nanoseconds; -1 when nothing was sent. */
  long upstreamNanos();

  /** The method as received. */
  String method();

  /** The path as received, without the query. */
  String path();

  /** The Host header as received; empty without one. */
  String host();

  /** The client's address: the peer's, unless a trusted peer told another one. */
  String clientAddress();

  /** The id of the workspace: its route's, or the default one when none matched. */
  String workspace();

  /** The route, with its service; empty when none matched. */
  Optional<RouteDefinition> route();

  /**
   * The upstream that was to answer, also when it had nobody to send it to; for a plain host one made up for it, whose id
   * is no UUID. Empty when the gateway answered by itself.
   */
  Optional<Upstream> upstream();

  /** The address that it was sent to last. */
  Optional<TargetState> target();

  /** Who the client is. */
  Optional<Consumer> consumer();

  /** The status that was sent; 0 when the client had gone before. */
  int status();

  /** Whether the answer is that of the upstream, and not one of the gateway's own. */
  boolean fromUpstream();

  /** Bytes of the request's body that were read. */
  long received();

  /** Bytes of the answer's body that were sent. */
  long sent();
}
