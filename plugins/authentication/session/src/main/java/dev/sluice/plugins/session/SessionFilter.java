package dev.sluice.plugins.session;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.AuthenticatedGroups;
import dev.sluice.api.request.ContextKey;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.Seal;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Knows a browser again that some other filter has let in, and begins its session. Nothing of it gets into a log. */
final class SessionFilter implements Filter.Access, Filter.Header {

  private static final ContextKey<Ticket> TICKET = ContextKey.of("session", Ticket.class);
  private static final ContextKey<Boolean> ENDED = ContextKey.of("session-ended", Boolean.class);

  private final SessionConfig config;
  private final PluginContext context;
  private final SessionKeeper sessions;
  private final Optional<SessionKeeper> remembered;

  SessionFilter(SessionConfig config, PluginContext context) {
    this.config = config;
    this.context = context;
    this.sessions = new SessionKeeper(context, config, config.cookie(), config.timeouts());
    this.remembered = config.remember()
        ? Optional.of(new SessionKeeper(context, config, config.rememberCookie(), config.rememberTimeouts()))
        : Optional.empty();
  }

  private long now() {
    return context.clock().millis() / 1000;
  }

  @Override
  public Future<Void> access(RequestContext request) {
    config.requestHeaders().forEach(one -> request.upstreamRequest().headers().remove(one.header()));
    Optional<Ticket> session = sessions.find(request);
    Optional<Ticket> memory =
        session.isPresent() ? Optional.empty() : remembered.flatMap(keeper -> keeper.find(request));
    if (session.isEmpty() && memory.isEmpty()) {
      return Filters.CONTINUE;
    }
    if (!config.logout().isPossible(request.request())) {
      enter(request, session, memory);
      return Filters.CONTINUE;
    }
    return config.logout().isAsked(request.request()).compose(asked -> {
      if (asked) {
        return end(request, session).map(done -> {
          request.answer(Answer.empty(200));
          return null;
        });
      }
      enter(request, session, memory);
      return Filters.CONTINUE;
    });
  }

  /** Ends the session, and that by which the browser is remembered. */
  private Future<Void> end(RequestContext request, Optional<Ticket> session) {
    request.put(ENDED, true);
    Future<Void> first = session.map(ticket -> sessions.forget(request, ticket)).orElse(Future.succeededFuture());
    Future<Void> second = remembered
        .flatMap(keeper -> keeper.find(request).map(ticket -> keeper.forget(request, ticket)))
        .orElse(Future.succeededFuture());
    return Future.join(first, second).mapEmpty();
  }

  private void enter(RequestContext request, Optional<Ticket> session, Optional<Ticket> memory) {
    Ticket found = session.orElseGet(memory::orElseThrow);
    Ticket.Owner owner = found.owner().orElseThrow();
    Optional<Consumer> consumer = request.entities().byId(CoreEntities.CONSUMERS, owner.consumerId());
    if (consumer.isEmpty()) {
      end(request, session);
      return;
    }
    Credential proof =
        new Credential(owner.credentialId(), Optional.of(owner.consumerId()), Optional.of(owner.credentialId()));
    request.authenticate(consumer, Optional.of(proof));
    MutableHeaders headers = request.upstreamRequest().headers();
    headers.remove("X-Authenticated-Groups");
    if (!owner.groups().isEmpty()) {
      request.put(AuthenticatedGroups.KEY, new AuthenticatedGroups(owner.groups()));
      headers.set("X-Authenticated-Groups", String.join(", ", owner.groups()));
    }
    session.ifPresent(ticket -> {
      request.put(TICKET, ticket);
      long now = now();
      config.requestHeaders().forEach(
          one -> one.value(config, ticket, now).ifPresent(value -> headers.set(one.header(), value)));
    });
  }

  @Override
  public void headerFilter(RequestContext request) {
    if (request.get(ENDED).isPresent()) {
      request.response().headers().add("Set-Cookie", sessions.clear());
      remembered.ifPresent(keeper -> request.response().headers().add("Set-Cookie", keeper.clear()));
    }
    Optional<String> consumer = request.consumer().map(Consumer::id);
    Optional<String> credential = request.credential().map(Credential::id);
    if (consumer.isEmpty() || credential.isEmpty()) {
      return;
    }
    Optional<Ticket> old = request.get(TICKET);
    boolean same = old.flatMap(Ticket::owner)
        .filter(owner -> owner.isSame(consumer.get(), credential.get()))
        .isPresent();
    Ticket ticket = same
        ? carryOn(request, old.orElseThrow())
        : begin(request, old, consumer.get(), credential.get());
    long now = now();
    config.responseHeaders().forEach(
        one -> one.value(config, ticket, now).ifPresent(
            value -> request.response().headers().set(one.header(), value)));
  }

  /** Renews a session when it is due, and notes from time to time that it is in use. */
  private Ticket carryOn(RequestContext request, Ticket ticket) {
    long now = now();
    if (config.timeouts().isDue(ticket, now)) {
      Ticket fresh = ticket.renewed(Seal.randomId(), now);
      sessions.keep(request, fresh, false);
      sessions.retire(request, ticket);
      return fresh;
    }
    if (config.timeouts().isUnnoted(ticket, now)) {
      Ticket used = ticket.used(now);
      sessions.tell(request, used, false);
      return used;
    }
    return ticket;
  }

  /** Begins a session with a new id, so that nobody can bring one along that he knows. */
  private Ticket begin(RequestContext request, Optional<Ticket> old, String consumer, String credential) {
    List<String> groups = request.get(AuthenticatedGroups.KEY).map(AuthenticatedGroups::names).orElse(List.of());
    Ticket.Owner owner = new Ticket.Owner(consumer, credential, groups);
    old.ifPresent(ticket -> sessions.forget(request, ticket));
    Ticket fresh = Ticket.begun(Seal.randomId(), now(), owner);
    sessions.keep(request, fresh, false);
    remembered.ifPresent(keeper -> remember(request, keeper, owner));
    return fresh;
  }

  /** Remembers the browser; one that comes back is remembered from its first visit on. */
  private void remember(RequestContext request, SessionKeeper keeper, Ticket.Owner owner) {
    Optional<Ticket> memory = keeper
        .find(request)
        .filter(ticket -> ticket.owner().orElseThrow().isSame(owner.consumerId(), owner.credentialId()));
    memory.ifPresent(ticket -> keeper.retire(request, ticket));
    Ticket fresh = memory
        .map(ticket -> ticket.renewed(Seal.randomId(), now()))
        .orElseGet(() -> Ticket.begun(Seal.randomId(), now(), owner));
    keeper.keep(request, fresh, true);
  }
}
