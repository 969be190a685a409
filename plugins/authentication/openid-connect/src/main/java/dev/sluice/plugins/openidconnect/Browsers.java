package dev.sluice.plugins.openidconnect;

import dev.sluice.api.request.Answer;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Browsers: they log in, are known again, and log out. */
final class Browsers {

  private final OidcConfig config;
  private final Endpoints endpoints;
  private final Login login;
  private final Sessions sessions;
  private final Set<String> cookies;

  Browsers(OidcConfig config, Endpoints endpoints, IdTokens idTokens, Clock clock) {
    this.config = config;
    this.endpoints = endpoints;
    SessionRules rules = config.sessions();
    this.login = new Login(config.login(), config.client(), endpoints, idTokens, rules.logins(), clock);
    this.sessions = new Sessions(
        rules.cookies(), rules.timeouts(), rules.refresh(), config.client(), endpoints, idTokens, clock);
    Set<String> names = new HashSet<>();
    if (config.allowsLogin()) {
      names.addAll(rules.logins().names());
    }
    if (config.allows("session")) {
      names.addAll(rules.cookies().names());
    }
    this.cookies = Set.copyOf(names);
  }

  /** Keeps from the upstream what is between the browser and the gateway. */
  void hide(RequestContext context) {
    if (!cookies.isEmpty()) {
      CookieLines.remove(context, cookies);
    }
  }

  Future<Optional<Login.Return>> returning(RequestContext context) {
    return config.allowsLogin() ? login.returning(context) : Future.succeededFuture(Optional.empty());
  }

  /** Changes what a browser has brought back for tokens. */
  Future<Holdings> finish(RequestContext context, Login.Return back) {
    // Its cookies are still to be seen: the new session takes the place of an old one.
    return login.finish(context, back).map(holdings -> {
      if (config.allows("session")) {
        sessions.begin(context, holdings);
      }
      return holdings;
    });
  }

  /** What a browser gets that has logged in and may come in. */
  void welcome(RequestContext context, Login.Return back, Holdings holdings) {
    Pending pending = back.pending();
    LoginRules rules = config.login();
    switch (rules.action()) {
      case "redirect" -> context.answer(Answers.redirect(
          rules.destination()
              .map(uri -> withTokens(uri, holdings))
              .orElseGet(() -> Answers.local(pending.path(), pending.query()))));
      case "response" -> context.answer(Answers.json(given(holdings)));
      default -> goOn(context, pending);
    }
  }

  /** The request goes upstream, as if it had not been away for a login where it came back to its own address. */
  private static void goOn(RequestContext context, Pending pending) {
    boolean same = pending.path().equals(context.request().rawPath());
    String query = context.upstreamRequest().query();
    context.upstreamRequest().query(same ? pending.query() : Login.withoutAdded(query));
    if (context.request().method().equals("POST")) {
      context.upstreamRequest().method("GET").body(Buffer.buffer());
      context.upstreamRequest().headers().remove("Content-Type");
    }
  }

  /** In the fragment, which is sent to no server. */
  private String withTokens(String uri, Holdings holdings) {
    Map<String, String> given = new LinkedHashMap<>();
    given(holdings).forEach(each -> given.put(each.getKey(), String.valueOf(each.getValue())));
    return given.isEmpty() ? uri : uri + "#" + Forms.encode(given);
  }

  private JsonObject given(Holdings holdings) {
    JsonObject given = new JsonObject();
    Set<String> wanted = config.login().tokens();
    if (wanted.contains("id_token")) {
      holdings.idToken().ifPresent(token -> given.put("id_token", token));
    }
    if (wanted.contains("access_token")) {
      given.put("access_token", holdings.accessToken());
    }
    if (wanted.contains("refresh_token")) {
      holdings.refreshToken().ifPresent(token -> given.put("refresh_token", token));
    }
    return given;
  }

  /** Who is known again. */
  Future<Optional<Proof>> known(RequestContext context) {
    return config.allows("session") ? sessions.find(context) : Future.succeededFuture(Optional.empty());
  }

  boolean mayLogIn(RequestContext context) {
    return config.allowsLogin() && login.isFor(context);
  }

  Future<Answer> sendAway(RequestContext context) {
    return login.begin(context);
  }

  boolean isLeaving(RequestContext context) {
    return config.allows("session") && config.logout().isAsked(context.request());
  }

  /** Ends the session here, and has the browser end the one that it has with the provider. */
  Future<Answer> leave(RequestContext context) {
    Optional<Holdings> holdings = sessions.read(context).map(SessionState::holdings);
    sessions.end(context);
    Optional<String> destination = config.logout().destination();
    return revoked(holdings)
        .compose(done -> endpoints.known())
        .map(known -> known.metadata()
            .endpoint(Metadata.END_SESSION)
            .map(page -> farewell(page, holdings.flatMap(Holdings::idToken))))
        .otherwise(Optional.empty())
        .map(page -> page.or(() -> destination)
            .map(Answers::redirect)
            .orElseGet(() -> Answers.json(new JsonObject().put("message", "Logged out"))));
  }

  private Future<Void> revoked(Optional<Holdings> holdings) {
    LogoutRules rules = config.logout();
    Future<Void> refresh = holdings.flatMap(Holdings::refreshToken)
        .filter(token -> rules.revokeRefresh())
        .map(token -> endpoints.revoke(config.client(), token, "refresh_token"))
        .orElse(Future.succeededFuture());
    return refresh.compose(done -> holdings
        .filter(each -> rules.revokeAccess())
        .map(each -> endpoints.revoke(config.client(), each.accessToken(), "access_token"))
        .orElse(Future.succeededFuture()));
  }

  private String farewell(URI page, Optional<String> hint) {
    Map<String, String> arguments = new LinkedHashMap<>();
    hint.ifPresent(token -> arguments.put("id_token_hint", token));
    if (!config.client().id().isEmpty()) {
      arguments.put("client_id", config.client().id());
    }
    config.logout().destination().ifPresent(uri -> arguments.put("post_logout_redirect_uri", uri));
    return Forms.with(page.toString(), arguments);
  }
}
