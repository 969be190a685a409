package dev.sluice.plugins.oauth2;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Where clients get tokens.
 *
 * @param config of the filter
 * @param store of codes and tokens
 */
record TokenEndpoint(OauthConfig config, TokenStore store) {

  private static final String CLIENT_CREDENTIALS = "client_credentials";

  Future<Answer> answer(RequestContext context) {
    return Parameters.of(context.request()).compose(parameters -> answer(context, parameters));
  }

  private Future<Answer> answer(RequestContext context, Parameters parameters) {
    return issue(context, parameters)
        .map(token -> ServerAnswer.of(200, ServerAnswer.withState(token, parameters)))
        .recover(
            cause ->
                cause instanceof OauthException refused
                    ? Future.succeededFuture(
                        ServerAnswer.refusal(refused, ServerAnswer.withState(refused.body(), parameters)))
                    : Future.failedFuture(cause));
  }

  private Future<JsonObject> issue(RequestContext context, Parameters parameters) {
    try {
      Tls.demand(context.request(), config.acceptHttp());
    } catch (OauthException e) {
      return Future.failedFuture(e);
    }
    ClientLogin login = ClientLogin.read(context, parameters, config.headerName());
    Optional<OauthClient> client = login.client(context);
    return isProved(client, login.secret())
        .compose(
            proved -> {
              try {
                demandClient(parameters, client, login, proved);
                return grant(context, parameters, client);
              } catch (OauthException e) {
                return Future.failedFuture(e);
              }
            });
  }

  /** Whether a client that has a secret knows it. */
  private Future<Boolean> isProved(Optional<OauthClient> client, String secret) {
    if (client.isEmpty() || client.get().isPublic()) {
      return Future.succeededFuture(true);
    }
    OauthClient known = client.get();
    return known.isHashed()
        ? store.context().blocking(() -> known.hasSecret(secret))
        : Future.succeededFuture(known.hasSecret(secret));
  }

  /** Of several things that are wrong Kong names the last one in its own order, which is why this goes backwards. */
  private void demandClient(
      Parameters parameters, Optional<OauthClient> client, ClientLogin login, boolean proved) throws OauthException {
    if (!proved) {
      throw OauthException.invalidClient(login.byHeader());
    }
    if (client.isPresent() && client.get().isPublic() && !login.secret().isBlank()) {
      throw OauthException.invalidRequest("client_secret is disallowed for public clients");
    }
    String type = grantType(parameters);
    if (!type.equals(CLIENT_CREDENTIALS)) {
      if (client.isEmpty() || client.get().redirectUris().isEmpty()) {
        throw OauthException.invalidClient(login.byHeader());
      }
      RedirectUri.chosen(parameters, client.get());
    }
  }

  private static String grantType(Parameters parameters) {
    return parameters.text("grant_type").orElse("");
  }

  private Future<JsonObject> grant(RequestContext context, Parameters parameters, Optional<OauthClient> client)
      throws OauthException {
    String type = grantType(parameters);
    if (type.equals("authorization_code")) {
      return byCode(context, parameters, client.orElseThrow());
    } else if (type.equals("refresh_token")) {
      return byRefreshToken(context, parameters, client.orElseThrow());
    } else if (type.equals("password") && config.grants().password()) {
      return byPassword(context, parameters, client.orElseThrow());
    } else if (type.equals(CLIENT_CREDENTIALS) && config.grants().client()) {
      return byClient(context, parameters, client);
    }
    throw new OauthException("unsupported_grant_type", "Invalid grant_type");
  }

  private Future<JsonObject> byClient(RequestContext context, Parameters parameters, Optional<OauthClient> client)
      throws OauthException {
    Optional<String> user = parameters.text("authenticated_userid");
    if (user.isPresent()) {
      AuthorizeEndpoint.demandProvisionKey(parameters, config);
    }
    OauthClient known = client.orElseThrow(() -> OauthException.invalidClient(false));
    return store.token(context, known, user, config.scopes().granted(parameters.find("scope")), false);
  }

  private Future<JsonObject> byPassword(RequestContext context, Parameters parameters, OauthClient client)
      throws OauthException {
    AuthorizeEndpoint.demandProvisionKey(parameters, config);
    Optional<String> user = Optional.of(AuthorizeEndpoint.user(parameters));
    return store.token(context, client, user, config.scopes().granted(parameters.find("scope")), true);
  }

  private Future<JsonObject> byCode(RequestContext context, Parameters parameters, OauthClient client) {
    return store
        .findCode(context, parameters.text(OauthCode.CODE))
        .compose(
            found -> {
              try {
                OauthCode code = found.filter(one -> isGood(context, one, client)).orElseThrow(TokenEndpoint::badCode);
                Pkce.verify(parameters, config.pkce(), client, code.challenge());
                return store
                    .useUp(context, OauthCode.TYPE, code.id())
                    .compose(
                        mine ->
                            mine
                                ? store.token(context, client, code.userId(), code.scope(), true)
                                : Future.failedFuture(badCode()));
              } catch (OauthException e) {
                return Future.failedFuture(e);
              }
            });
  }

  private boolean isGood(RequestContext context, OauthCode code, OauthClient client) {
    return code.clientId().equals(client.id())
        && store.isFor(context, code.serviceId())
        && code.pluginId().filter(id -> !id.equals(store.pluginId())).isEmpty();
  }

  private static OauthException badCode() {
    return OauthException.invalidRequest("Invalid code");
  }

  private Future<JsonObject> byRefreshToken(RequestContext context, Parameters parameters, OauthClient client) {
    return store
        .findRefresh(context, parameters.text(OauthToken.REFRESH_TOKEN))
        .compose(
            found -> {
              if (found.isEmpty() || !store.isFor(context, Documents.reference(found.get(), "service"))) {
                return Future.failedFuture(badRefreshToken());
              }
              OauthToken token = OauthToken.decode(found.get());
              return token.clientId().equals(client.id())
                  ? renewed(context, client, token)
                  : Future.failedFuture(OauthException.invalidClient(false));
            });
  }

  private Future<JsonObject> renewed(RequestContext context, OauthClient client, OauthToken token) {
    if (config.reuseRefreshToken()) {
      return store.renew(context, token.id());
    }
    return store
        .useUp(context, OauthToken.TYPE, token.id())
        .compose(
            mine ->
                mine
                    ? store.token(context, client, token.userId(), token.scope(), true)
                    : Future.failedFuture(badRefreshToken()));
  }

  private static OauthException badRefreshToken() {
    return OauthException.invalidRequest("Invalid refresh_token");
  }
}
