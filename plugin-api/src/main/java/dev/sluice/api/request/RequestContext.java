package dev.sluice.api.request;

import dev.sluice.api.deployment.Decision;
import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.filter.Phase;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.store.StoredEntity;
import java.util.List;
import java.util.Optional;

/**
 * One request on its way through the gateway. It lives on one event loop, from accept to log, and must not be used
 * from elsewhere nor kept after the LOG phase.
 *
 * <p>A call that has no effect in the present phase throws {@link WrongPhaseException}.
 */
public interface RequestContext {

  /** The phase that runs. */
  Phase phase();

  /** The request's id: 32 lower-case hexadecimal digits. */
  String id();

  /** When the request's head was read, in milliseconds since the epoch. */
  long startedAtMillis();

  /** Milliseconds from the head of the request to now, or to the end of the request in the LOG phase. */
  long elapsedMillis();

  /** The request as the client sent it. */
  ClientRequest request();

  /** The request that goes upstream. */
  UpstreamRequest upstreamRequest();

  /** The answer that came from upstream. */
  UpstreamResponse upstreamResponse();

  /** The answer to the client. */
  ClientResponse response();

  /** The route that matched, with its service; empty before routing and when none matched. */
  Optional<RouteMatch> match();

  /** The consumer that authentication established. */
  Optional<Consumer> consumer();

  /** The credential that authentication accepted. */
  Optional<Credential> credential();

  /**
   * Says who the client is, in the phase ACCESS. Sets the {@code X-Consumer-*} and {@code X-Credential-Identifier}
   * headers for the upstream and removes what the client had sent under these names.
   */
  void authenticate(Optional<Consumer> consumer, Optional<Credential> credential);

  /** The same for who was put together before, which costs less. */
  default void authenticate(Identity identity) {
    authenticate(Optional.of(identity.consumer()), Optional.of(identity.credential()));
  }

  /** {@link Identity#number} of the one that authentication established; 0 when it established none, or parts of one. */
  default long identityNumber() {
    return 0;
  }

  /** Lets the request through as an anonymous consumer, in the phase ACCESS, and tells the upstream so. */
  void authenticateAnonymous(Consumer consumer);

  /** Ends the request with an answer of the gateway's own, in the phases REWRITE and ACCESS. The first one counts. */
  void answer(Answer answer);

  /** Whether the gateway answers by itself. */
  boolean answered();

  /** A value kept by an earlier filter. */
  <T> Optional<T> get(ContextKey<T> key);

  /** Keeps a value for later phases. */
  <T> void put(ContextKey<T> key, T value);

  /** The entities of the configuration that this request began with, of the workspace that its route belongs to. */
  EntityReader entities();

  /** The id of the workspace that the request belongs to: its route's, or the default one while none has matched. */
  default String workspace() {
    return StoredEntity.DEFAULT_WORKSPACE;
  }

  /**
   * The groups that the client belongs to: those of its consumer, and those that an identity provider vouches for
   * ({@link AuthenticatedGroups}).
   */
  default List<String> groups() {
    return get(AuthenticatedGroups.KEY).map(AuthenticatedGroups::names).orElse(List.of());
  }

  /** When the request reached which point. Made when it is asked for. */
  default Timeline timeline() {
    throw new UnsupportedOperationException("this request knows no timeline");
  }

  /**
   * What was tried upstream, in order. It is kept only for requests with a filter that works in the phase LOG, and
   * empty for all others.
   */
  default List<Attempt> attempts() {
    return List.of();
  }

  /** What the strategies of deployment have said of this request, in the order in which they were asked. */
  default List<Decision> decisions() {
    return List.of();
  }
}
