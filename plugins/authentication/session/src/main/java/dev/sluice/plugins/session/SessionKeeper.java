package dev.sluice.plugins.session;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.request.Cookies;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.CookieForm;
import dev.sluice.plugins.authentication.Seal;
import dev.sluice.plugins.authentication.Timeouts;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps sessions of one cookie: wholly in it, or, when the store keeps them, by their ids in it. What is written to the
 * store is written beside the answer, which does not wait for it; a failure is logged.
 */
final class SessionKeeper {

  private static final Logger log = LoggerFactory.getLogger(SessionKeeper.class);

  private final PluginContext context;
  private final CookieForm cookie;
  private final Timeouts timeouts;
  private final boolean stored;
  private final long staleSeconds;
  private final Seal seal;

  SessionKeeper(PluginContext context, SessionConfig config, CookieForm cookie, Timeouts timeouts) {
    this.context = context;
    this.cookie = cookie;
    this.timeouts = timeouts;
    this.stored = config.stored();
    this.staleSeconds = config.staleSeconds();
    this.seal = new Seal(config.secret(), "session\0" + config.audience() + "\0" + cookie.name());
  }

  private long now() {
    return context.clock().millis() / 1000;
  }

  /** The session that a request brings, when it is good. */
  Optional<Ticket> find(RequestContext request) {
    return Cookies.first(request.request().headers(), cookie.name())
        .filter(text -> !text.isEmpty())
        .flatMap(seal::open)
        .flatMap(Ticket::read)
        .filter(ticket -> timeouts.left(ticket, now()) > 0)
        .flatMap(ticket -> stored ? owned(request, ticket) : Optional.of(ticket))
        .filter(ticket -> ticket.owner().isPresent());
  }

  private Optional<Ticket> owned(RequestContext request, Ticket ticket) {
    return request.entities()
        .byUnique(StoredSession.TYPE, StoredSession.SESSION_ID, ticket.id())
        .flatMap(row -> seal.open(row.data()))
        .flatMap(Ticket::read)
        .flatMap(Ticket::owner)
        .map(ticket::of);
  }

  /** Keeps a session that is new, or has a new id. */
  void keep(RequestContext request, Ticket ticket, boolean lasting) {
    if (stored) {
      long seconds = timeouts.leftInUse(ticket, now());
      JsonObject row = new JsonObject()
          .put(StoredSession.SESSION_ID, ticket.id())
          .put("data", seal.close(ticket.encode()));
      if (seconds < Long.MAX_VALUE) {
        row.put("ttl", seconds).put("expires", now() + seconds);
      }
      noted(entities(request).insert(StoredSession.TYPE, row, WriteOptions.JSON), "keep");
    }
    tell(request, ticket, lasting);
  }

  /** Tells the browser of a session. */
  void tell(RequestContext request, Ticket ticket, boolean lasting) {
    String value = seal.close((stored ? ticket.withoutOwner() : ticket).encode());
    long seconds = timeouts.left(ticket, now());
    request.response().headers().add(
        "Set-Cookie", lasting && seconds < Long.MAX_VALUE ? cookie.set(value, seconds) : cookie.set(value));
  }

  /** Lets a session whose place another one has taken run out. */
  void retire(RequestContext request, Ticket ticket) {
    if (stored && staleSeconds > 0) {
      JsonObject patch = new JsonObject().put("ttl", staleSeconds).put("expires", now() + staleSeconds);
      noted(entities(request).update(StoredSession.TYPE, key(ticket), patch, WriteOptions.JSON), "retire");
    } else {
      forget(request, ticket);
    }
  }

  /** Ends a session. */
  Future<Void> forget(RequestContext request, Ticket ticket) {
    return stored
        ? noted(entities(request).delete(StoredSession.TYPE, key(ticket)), "forget").mapEmpty()
        : Future.succeededFuture();
  }

  /** The line that takes the cookie from the browser. */
  String clear() {
    return cookie.clear();
  }

  private static EntityKey key(Ticket ticket) {
    return new EntityKey.Unique(StoredSession.SESSION_ID, ticket.id());
  }

  private Entities entities(RequestContext request) {
    return context.entities().in(request.workspace()).orElseGet(context::entities);
  }

  private static <T> Future<T> noted(Future<T> write, String what) {
    return write.onFailure(cause -> log.warn("cannot {} a session in the store", what, cause));
  }
}
