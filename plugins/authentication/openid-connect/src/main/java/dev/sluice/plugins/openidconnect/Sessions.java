package dev.sluice.plugins.openidconnect;

import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.Timeouts;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows browsers again that have logged in, and gets new tokens for them when theirs have expired. */
final class Sessions {

  /** Before the end, so that a token does not expire on its way. */
  private static final long EARLY = 5;
  /** For how long pages that were opened side by side get the same new tokens. */
  private static final long SHARED_MILLIS = 60_000;
  private static final Set<String> REFUSALS = Set.of("invalid_grant");

  private final CookieJar jar;
  private final Timeouts timeouts;
  private final boolean refreshing;
  private final ClientIdentity client;
  private final Endpoints endpoints;
  private final IdTokens idTokens;
  private final Clock clock;
  private final Remembered<Holdings> refreshed;

  Sessions(
      CookieJar jar,
      Timeouts timeouts,
      boolean refreshing,
      ClientIdentity client,
      Endpoints endpoints,
      IdTokens idTokens,
      Clock clock) {
    this.jar = jar;
    this.timeouts = timeouts;
    this.refreshing = refreshing;
    this.client = client;
    this.endpoints = endpoints;
    this.idTokens = idTokens;
    this.clock = clock;
    this.refreshed = new Remembered<>(clock, holdings -> clock.millis() + SHARED_MILLIS);
  }

  private long now() {
    return clock.millis() / 1000;
  }

  void begin(RequestContext context, Holdings holdings) {
    jar.write(context, SessionState.begun(now(), holdings).encode());
  }

  void end(RequestContext context) {
    jar.clear(context);
  }

  /** What a browser holds, whether it is still good for anything or not. */
  Optional<SessionState> read(RequestContext context) {
    return jar.read(context)
        .flatMap(SessionState::read)
        .filter(session -> timeouts.left(session, now()) > 0);
  }

  /** Who has logged in; fails when that hangs on the provider, and it cannot be asked. */
  Future<Optional<Proof>> find(RequestContext context) {
    Optional<SessionState> found = read(context);
    if (found.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    SessionState session = found.get();
    Holdings holdings = session.holdings();
    if (holdings.expiresAt() == 0 || now() < holdings.expiresAt() - EARLY) {
      touch(context, session);
      return Future.succeededFuture(Optional.of(holdings.proof()));
    }
    if (!refreshing || holdings.refreshToken().isEmpty()) {
      end(context);
      return Future.succeededFuture(Optional.empty());
    }
    String token = holdings.refreshToken().get();
    return refreshed.get(token, () -> refresh(token, holdings))
        .map(fresh -> {
          jar.write(context, session.with(fresh, now()).encode());
          return Optional.of(fresh.proof());
        })
        .recover(cause -> {
          if (cause instanceof RefusedException) {
            end(context);
            return Future.succeededFuture(Optional.empty());
          }
          return Future.failedFuture(cause);
        });
  }

  private Future<Holdings> refresh(String token, Holdings old) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", token);
    return endpoints.grant(client, form, REFUSALS).compose(reply -> idTokens.ofRefresh(reply, old, now()));
  }

  private void touch(RequestContext context, SessionState session) {
    long now = now();
    if (timeouts.isDue(session, now)) {
      jar.write(context, session.renewed(now).encode());
    } else if (timeouts.isUnnoted(session, now)) {
      jar.write(context, session.used(now).encode());
    }
  }
}
