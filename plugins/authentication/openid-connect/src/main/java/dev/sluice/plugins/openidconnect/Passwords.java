package dev.sluice.plugins.openidconnect;

import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.UserPassword;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Names and passwords, of users and of clients, which the provider changes for tokens. */
final class Passwords {

  private static final String AUTHORIZATION = "Authorization";
  private static final Set<String> REFUSALS =
      Set.of("invalid_grant", "invalid_client", "unauthorized_client", "access_denied");
  private static final long MILLIS = 1000;
  private static final long EARLY = 5;

  private final OidcConfig config;
  private final Endpoints endpoints;
  private final IdTokens idTokens;
  private final Clock clock;
  private final Remembered<Holdings> granted;

  Passwords(OidcConfig config, Endpoints endpoints, IdTokens idTokens, Clock clock) {
    this.config = config;
    this.endpoints = endpoints;
    this.idTokens = idTokens;
    this.clock = clock;
    this.granted = new Remembered<>(clock, holdings -> holdings.expiresAt() == 0
        ? clock.millis() + config.asking().seconds() * MILLIS
        : (holdings.expiresAt() - EARLY) * MILLIS);
  }

  /** The name and password of a request, where one of the two is a way in; taken out where that is wanted. */
  Optional<UserPassword> find(RequestContext context) {
    if (!config.allows("password") && !config.allows("client_credentials")) {
      return Optional.empty();
    }
    Optional<UserPassword> found = context.request().headers().get(AUTHORIZATION)
        .flatMap(value -> UserPassword.readAnyCase(value, "basic"))
        .filter(given -> given.password().length > 0);
    if (found.isPresent() && config.bearer().hide()) {
      context.upstreamRequest().headers().remove(AUTHORIZATION);
    }
    return found;
  }

  /** Whose they are: a user's, or else a client's. */
  Future<Proof> prove(UserPassword given) {
    String password = new String(given.password(), StandardCharsets.UTF_8);
    if (!config.allows("password")) {
      return client(given.name(), password);
    }
    return user(given.name(), password).recover(cause ->
        cause instanceof RefusedException && config.allows("client_credentials")
            ? client(given.name(), password)
            : Future.failedFuture(cause));
  }

  private Future<Proof> user(String name, String password) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "password");
    form.put("username", name);
    form.put("password", password);
    return grant(name, password, config.client(), form);
  }

  private Future<Proof> client(String name, String secret) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    return grant(name, secret, config.client().as(name, secret), form);
  }

  private Future<Proof> grant(String name, String password, ClientIdentity identity, Map<String, String> form) {
    if (!config.login().scopes().isEmpty()) {
      form.put("scope", config.login().scopes());
    }
    Supplier<Future<Holdings>> ask = () -> endpoints
        .grant(identity, form, REFUSALS)
        .compose(reply -> idTokens.ofGrant(reply, clock.millis() / MILLIS));
    String question = form.get("grant_type") + "\0" + name + "\0" + password;
    return (config.asking().keepTokens() ? granted.get(question, ask) : ask.get()).map(holdings -> {
      Proof proof = holdings.proof();
      // An opaque token does not say whose it is; who has brought the password has.
      JsonObject known = proof.granted().json().copy().put("sub", name);
      return new Proof(proof.token(), proof.access(), Claims.NONE, proof.id(), proof.idToken(), Claims.NONE, new Claims(known));
    });
  }
}
