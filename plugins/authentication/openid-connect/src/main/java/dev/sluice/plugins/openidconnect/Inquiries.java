package dev.sluice.plugins.openidconnect;

import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds out what tokens are worth: by reading them, or by asking their provider. */
final class Inquiries {

  private static final long MILLIS = 1000;

  private final OidcConfig config;
  private final Endpoints endpoints;
  private final Tokens tokens;
  private final Clock clock;
  private final Remembered<Claims> introspected;
  private final Remembered<Claims> users;

  Inquiries(OidcConfig config, Endpoints endpoints, Tokens tokens, Clock clock) {
    this.config = config;
    this.endpoints = endpoints;
    this.tokens = tokens;
    this.clock = clock;
    long lifetime = config.asking().seconds() * MILLIS;
    this.introspected = new Remembered<>(clock, claims ->
        Math.min(clock.millis() + lifetime, claims.number("exp").orElse(Long.MAX_VALUE / MILLIS) * MILLIS));
    this.users = new Remembered<>(clock, claims -> clock.millis() + lifetime);
  }

  /** Whose a token is that a request carries. */
  Future<Proof> prove(String token) {
    Optional<Future<Claims>> readable = config.allows("bearer") ? tokens.claims(token) : Optional.empty();
    if (readable.isPresent()) {
      Future<Proof> read = readable.get().map(found -> Proof.of(token, found));
      return config.asking().introspectJwts()
          ? read.compose(proof -> introspect(token).map(proof::introspected))
          : read;
    }
    return endpoints.known().compose(known -> {
      if (config.allowsIntrospection() && known.metadata().endpoint(Metadata.INTROSPECTION).isPresent()) {
        return introspect(token).map(claims -> Proof.of(token, Claims.NONE).introspected(claims));
      }
      if (config.allows("userinfo") && known.metadata().endpoint(Metadata.USER_INFO).isPresent()) {
        return userInfo(token).map(claims -> Proof.of(token, Claims.NONE).withUserInfo(claims));
      }
      return Future.failedFuture(RefusedException.invalid("the token is no JWT"));
    });
  }

  private Future<Claims> introspect(String token) {
    AskRules rules = config.asking();
    Supplier<Future<Claims>> ask = () -> endpoints
        .introspect(rules.introspector(), token, rules.hint())
        .compose(claims -> Boolean.TRUE.equals(claims.json().getValue("active"))
            ? Future.succeededFuture(claims)
            : Future.failedFuture(RefusedException.invalid("the token is not active")));
    return (rules.keepIntrospections() ? introspected.get(token, ask) : ask.get())
        .compose(claims -> endpoints.known().compose(known -> {
          try {
            config.rules().checkIntrospected(claims, known.metadata(), clock);
            return Future.succeededFuture(claims);
          } catch (RefusedException e) {
            return Future.failedFuture(e);
          }
        }));
  }

  private Future<Claims> userInfo(String token) {
    Supplier<Future<Claims>> ask = () -> endpoints.userInfo(token).compose(claims -> claims.text("sub").isPresent()
        ? Future.succeededFuture(claims)
        : Future.failedFuture(RefusedException.invalid("the provider does not know whose the token is")));
    return config.asking().keepUserInfo() ? users.get(token, ask) : ask.get();
  }

  /**
   * Adds what the provider says of the user, where that is wanted and there is one. It must be about the same person; where
   * the provider does not say, nothing is added.
   */
  Future<Proof> completed(Proof proof) {
    if (!config.asking().search() || !proof.userInfo().isEmpty()) {
      return Future.succeededFuture(proof);
    }
    return userInfo(proof.token())
        .map(claims -> claims.text("sub").equals(proof.subject()) ? proof.withUserInfo(claims) : proof)
        .recover(cause ->
            cause instanceof RefusedException ? Future.succeededFuture(proof) : Future.failedFuture(cause));
  }
}
