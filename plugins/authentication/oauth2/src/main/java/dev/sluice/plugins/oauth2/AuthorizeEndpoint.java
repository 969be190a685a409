package dev.sluice.plugins.oauth2;

import dev.sluice.api.request.Answer;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.Secrets;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Where the operator's own pages ask for codes and tokens, for a user whom they have recognised and who has agreed.
 *
 * @param config of the filter
 * @param store of codes and tokens
 */
record AuthorizeEndpoint(OauthConfig config, TokenStore store) {

  private static final String CODE = "code";

  Future<Answer> answer(RequestContext context) {
    return Parameters.of(context.request()).compose(parameters -> answer(context, parameters));
  }

  private Future<Answer> answer(RequestContext context, Parameters parameters) {
    OauthClient client;
    String user;
    try {
      Tls.demand(context.request(), config.acceptHttp());
      demandProvisionKey(parameters, config);
      user = user(parameters);
      client = client(context, parameters);
    } catch (OauthException e) {
      return Future.succeededFuture(ServerAnswer.of(400, ServerAnswer.withState(e.body(), parameters)));
    }
    try {
      return grant(context, parameters, client, Optional.of(user));
    } catch (OauthException e) {
      JsonObject told = ServerAnswer.withState(e.body(), parameters);
      return Future.succeededFuture(redirection(400, RedirectUri.withQuery(uriForErrors(parameters, client), told)));
    }
  }

  /** Makes sure that a request comes from the operator's own pages. */
  static void demandProvisionKey(Parameters parameters, OauthConfig config) throws OauthException {
    if (parameters.text("provision_key").filter(key -> Secrets.same(config.provisionKey(), key)).isEmpty()) {
      throw new OauthException("invalid_provision_key", "Invalid provision_key");
    }
  }

  /** Whom those pages have recognised. */
  static String user(Parameters parameters) throws OauthException {
    return parameters
        .text("authenticated_userid")
        .filter(id -> !id.isBlank())
        .orElseThrow(
            () -> new OauthException("invalid_authenticated_userid", "Missing authenticated_userid parameter"));
  }

  private static OauthClient client(RequestContext context, Parameters parameters) throws OauthException {
    return parameters
        .text(OauthClient.CLIENT_ID)
        .flatMap(id -> context.entities().byUnique(OauthClient.TYPE, OauthClient.CLIENT_ID, id))
        .filter(client -> !client.redirectUris().isEmpty())
        .orElseThrow(() -> OauthException.invalidClient(false));
  }

  private Future<Answer> grant(
      RequestContext context, Parameters parameters, OauthClient client, Optional<String> user) throws OauthException {
    // Of several things that are wrong Kong names the last one in its own order, which is why this one goes backwards.
    Optional<String> challenge = Pkce.challenge(parameters, config.pkce(), client);
    String uri = RedirectUri.chosen(parameters, client);
    Optional<String> scope = config.scopes().granted(parameters.find("scope"));
    String type = parameters.text("response_type").orElse("");
    if (type.equals(CODE) && config.grants().code()) {
      return store
          .code(context, client, user, scope, challenge)
          .map(code -> new JsonObject().put(CODE, code))
          .map(told -> redirection(200, RedirectUri.withQuery(uri, ServerAnswer.withState(told, parameters))));
    }
    if (type.equals("token") && config.grants().implicit()) {
      return store
          .token(context, client, user, scope, false)
          .map(told -> redirection(200, RedirectUri.withFragment(uri, ServerAnswer.withState(told, parameters))));
    }
    throw new OauthException("unsupported_response_type", "Invalid response_type");
  }

  /** Errors are told to a place of the client's own, never to one that somebody has put into the request. */
  private static String uriForErrors(Parameters parameters, OauthClient client) {
    try {
      return RedirectUri.chosen(parameters, client);
    } catch (OauthException e) {
      return client.redirectUris().get(0);
    }
  }

  private static Answer redirection(int status, String uri) {
    return ServerAnswer.of(status, new JsonObject().put("redirect_uri", uri));
  }
}
