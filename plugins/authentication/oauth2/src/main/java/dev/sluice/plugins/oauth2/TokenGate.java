package dev.sluice.plugins.oauth2;

import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.UpstreamRequest;
import dev.sluice.api.request.UrlEncoded;
import dev.sluice.plugins.authentication.BodyForm;
import dev.sluice.plugins.authentication.Challenge;
import dev.sluice.plugins.authentication.Entrance;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Lets requests pass that bring a token. Tokens get into no log. */
final class TokenGate {

  private static final String SCOPE = "X-Authenticated-Scope";
  private static final String USER = "X-Authenticated-UserId";
  private static final String INVALID = "The access token is invalid or has expired";

  private final OauthConfig config;
  private final TokenStore store;
  private final Entrance entrance;
  private final Answer missing;
  private final Answer invalid;
  private final Answer global;

  TokenGate(OauthConfig config, TokenStore store) {
    this.config = config;
    this.store = store;
    this.entrance = new Entrance(config.anonymous());
    String challenge = Challenge.of("Bearer", config.realm());
    String rejection = challenge + " error=\"invalid_token\" error_description=\"" + INVALID + "\"";
    this.missing = refusal("invalid_request", "The access token is missing", challenge);
    this.invalid = refusal("invalid_token", INVALID, rejection);
    this.global = refusal(
        "invalid_token",
        "The access token is global, but the current plugin is configured without 'global_credentials'",
        rejection);
  }

  private static Answer refusal(String error, String description, String challenge) {
    JsonObject body = new JsonObject().put("error", error).put("error_description", description);
    return Challenge.on(Answer.json(401, body), challenge);
  }

  Future<Void> access(RequestContext context) {
    // What a client says of itself is not believed, whoever has let it in.
    context.upstreamRequest().headers().remove(SCOPE).remove(USER);
    if (entrance.isPassed(context)) {
      return Filters.CONTINUE;
    }
    Optional<String> header = context.request().headers().get(config.headerName());
    if (header.isPresent()) {
      return settle(context, inHeader(context, header.get()));
    }
    Parameters query = Parameters.ofQuery(context.request());
    if (!query.find(OauthToken.ACCESS_TOKEN).isNone() && !config.hideCredentials()) {
      return settle(context, query.text(OauthToken.ACCESS_TOKEN));
    }
    return Parameters.of(context.request()).compose(all -> settle(context, inParameters(context, all)));
  }

  /** The token behind the scheme, or alone; a header of any other form is no token. */
  private Optional<String> inHeader(RequestContext context, String header) {
    List<String> words = List.of(header.strip().split("\\s+"));
    boolean bearer = words.size() == 2
        && (words.get(0).equalsIgnoreCase("bearer") || words.get(0).equalsIgnoreCase("token"));
    if (config.hideCredentials() && (bearer || words.size() == 1)) {
      context.upstreamRequest().headers().remove(config.headerName());
    }
    return Optional.of(bearer ? words.get(1) : header).filter(text -> !text.isBlank());
  }

  private Optional<String> inParameters(RequestContext context, Parameters parameters) {
    Optional<String> token = parameters.text(OauthToken.ACCESS_TOKEN);
    if (config.hideCredentials() && token.isPresent()) {
      UpstreamRequest upstream = context.upstreamRequest();
      upstream.query(UrlEncoded.without(upstream.query(), OauthToken.ACCESS_TOKEN));
      BodyForm body = parameters.body();
      if (!body.find(OauthToken.ACCESS_TOKEN).isNone()) {
        upstream.body(body.without(OauthToken.ACCESS_TOKEN));
      }
    }
    return token;
  }

  private Future<Void> settle(RequestContext context, Optional<String> given) {
    judge(context, given).ifPresent(refusal -> entrance.refuse(context, refusal));
    return Filters.CONTINUE;
  }

  private Optional<Answer> judge(RequestContext context, Optional<String> given) {
    if (given.isEmpty()) {
      return Optional.of(missing);
    }
    Optional<OauthToken> known =
        context.entities().byUnique(OauthToken.TYPE, OauthToken.ACCESS_TOKEN, given.get());
    if (known.isEmpty()) {
      return Optional.of(invalid);
    }
    OauthToken token = known.get();
    if (token.serviceId().isEmpty() && !config.global()) {
      return Optional.of(global);
    }
    Optional<OauthClient> client = context.entities().byId(OauthClient.TYPE, token.clientId());
    boolean good = isForService(context, token)
        && !token.hasExpired(store.context().clock().millis() / 1000)
        && client.isPresent()
        && entrance.admit(context, client.get());
    if (!good) {
      return Optional.of(invalid);
    }
    MutableHeaders headers = context.upstreamRequest().headers();
    token.scope().ifPresent(scope -> headers.set(SCOPE, scope));
    token.userId().ifPresent(user -> headers.set(USER, user));
    return Optional.empty();
  }

  /** A token that was made for a service is good for no other one, not even where global ones are taken. */
  private static boolean isForService(RequestContext context, OauthToken token) {
    Optional<String> service =
        context.match().flatMap(match -> match.definition().service()).map(found -> found.id());
    return token.serviceId().isEmpty() || token.serviceId().equals(service);
  }
}
