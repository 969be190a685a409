package dev.sluice.plugins.oauth2;

import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.Challenge;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/** Serves the two endpoints of the authorization server below its route, and asks for a token everywhere else. */
final class OauthFilter implements Filter.Access {

  private static final String TOKEN = "/oauth2/token";
  private static final String AUTHORIZE = "/oauth2/authorize";

  private final String challenge;
  private final AuthorizeEndpoint authorize;
  private final TokenEndpoint token;
  private final TokenGate gate;

  OauthFilter(OauthConfig config, String pluginId, PluginContext context) {
    TokenStore store = new TokenStore(context, config, pluginId);
    this.challenge = Challenge.of("Bearer", config.realm());
    this.authorize = new AuthorizeEndpoint(config, store);
    this.token = new TokenEndpoint(config, store);
    this.gate = new TokenGate(config, store);
  }

  @Override
  public Future<Void> access(RequestContext context) {
    String path = context.request().path();
    if (ends(path, TOKEN)) {
      return serve(context, "token", token::answer);
    }
    return ends(path, AUTHORIZE) ? serve(context, "authorization", authorize::answer) : gate.access(context);
  }

  private static boolean ends(String path, String end) {
    int length = path.endsWith("/") ? path.length() - 1 : path.length();
    return path.startsWith(end, length - end.length());
  }

  private Future<Void> serve(
      RequestContext context, String name, Function<RequestContext, Future<Answer>> endpoint) {
    if (!context.request().method().equals("POST")) {
      context.answer(wrongMethod(context.request().method(), name));
      return Future.succeededFuture();
    }
    return endpoint.apply(context).map(answer -> {
      context.answer(answer);
      return null;
    });
  }

  private Answer wrongMethod(String method, String name) {
    String text = "The HTTP method " + method + " is invalid for the " + name + " endpoint";
    JsonObject body = new JsonObject().put("error", "invalid_method").put("error_description", text);
    return Challenge.on(
        Answer.json(405, body), challenge + " error=\"invalid_method\" error_description=\"" + text + "\"");
  }
}
