package dev.sluice.plugins.oauth2;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Codes and tokens, where they are kept. What is written is live on this node when the future succeeds.
 *
 * @param context of the plugin
 * @param config of the filter
 * @param pluginId of the entity that configures it
 */
record TokenStore(PluginContext context, OauthConfig config, String pluginId) {

  private static final String SCOPE = "scope";
  private static final String USER = "authenticated_userid";
  private static final String EXPIRES_IN = "expires_in";

  private Entities entities(RequestContext request) {
    return context.entities().in(request.workspace()).orElseGet(context::entities);
  }

  /** The service that codes and tokens of this request are for; empty when they are for all. */
  Optional<String> service(RequestContext request) {
    if (config.global()) {
      return Optional.empty();
    }
    String id = request.match()
        .flatMap(match -> match.definition().service())
        .map(service -> service.id())
        .orElseThrow(() -> new IllegalStateException("a route without a service needs global_credentials"));
    return Optional.of(id);
  }

  /** Whether something made for a service may be used now. */
  boolean isFor(RequestContext request, Optional<String> serviceId) {
    return config.global() || service(request).equals(serviceId);
  }

  private static JsonObject reference(String id) {
    return new JsonObject().put("id", id);
  }

  private JsonObject begin(RequestContext request, OauthClient client, Optional<String> user, Optional<String> scope) {
    JsonObject fields = new JsonObject().put("credential", reference(client.id()));
    service(request).ifPresent(id -> fields.put("service", reference(id)));
    user.ifPresent(id -> fields.put(USER, id));
    scope.ifPresent(text -> fields.put(SCOPE, text));
    return fields;
  }

  /** A new code. */
  Future<String> code(
      RequestContext request,
      OauthClient client,
      Optional<String> user,
      Optional<String> scope,
      Optional<String> challenge) {
    JsonObject fields = begin(request, client, user, scope)
        .put("plugin", reference(pluginId))
        .put("ttl", OauthCode.SECONDS);
    challenge.ifPresent(text -> fields.put("challenge", text).put("challenge_method", Pkce.METHOD));
    return entities(request)
        .insert(OauthCode.TYPE, fields, WriteOptions.JSON)
        .map(made -> made.getString(OauthCode.CODE));
  }

  /** A code, wherever it was made. */
  Future<Optional<OauthCode>> findCode(RequestContext request, Optional<String> code) {
    return find(request, OauthCode.TYPE, OauthCode.CODE, code).map(found -> found.map(OauthCode::decode));
  }

  /** A token by its refresh token, wherever it was made. */
  Future<Optional<JsonObject>> findRefresh(RequestContext request, Optional<String> refreshToken) {
    return find(request, OauthToken.TYPE, OauthToken.REFRESH_TOKEN, refreshToken);
  }

  private Future<Optional<JsonObject>> find(
      RequestContext request, EntityType<?> type, String field, Optional<String> value) {
    return value.isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : entities(request).find(type, new EntityKey.Unique(field, value.get()));
  }

  /** Uses something up: of several who try at the same time one succeeds. */
  Future<Boolean> useUp(RequestContext request, EntityType<?> type, String id) {
    return entities(request).delete(type, new EntityKey.Id(id));
  }

  /** A new token, as it is told to the client. */
  Future<JsonObject> token(
      RequestContext request,
      OauthClient client,
      Optional<String> user,
      Optional<String> scope,
      boolean withRefreshToken) {
    JsonObject fields = begin(request, client, user, scope).put(EXPIRES_IN, config.tokenSeconds());
    if (withRefreshToken && config.tokenSeconds() > 0) {
      fields.put(OauthToken.REFRESH_TOKEN, RandomText.make());
    }
    return entities(request)
        .insert(OauthToken.TYPE, limited(fields), WriteOptions.JSON)
        .map(TokenStore::told);
  }

  /** A token renewed under the same refresh token. */
  Future<JsonObject> renew(RequestContext request, String id) {
    JsonObject patch = new JsonObject()
        .put(OauthToken.ACCESS_TOKEN, RandomText.make())
        .put(EXPIRES_IN, config.tokenSeconds())
        .put("created_at", context.clock().millis() / 1000);
    return entities(request)
        .update(OauthToken.TYPE, new EntityKey.Id(id), limited(patch), WriteOptions.JSON)
        .map(TokenStore::told);
  }

  private JsonObject limited(JsonObject fields) {
    return config.tokenSeconds() > 0 && config.refreshSeconds() > 0
        ? fields.put("ttl", config.refreshSeconds())
        : fields;
  }

  private static JsonObject told(JsonObject token) {
    JsonObject told = new JsonObject()
        .put(OauthToken.ACCESS_TOKEN, token.getString(OauthToken.ACCESS_TOKEN))
        .put("token_type", "bearer");
    if (token.getLong(EXPIRES_IN) > 0) {
      told.put(EXPIRES_IN, token.getLong(EXPIRES_IN));
    }
    if (token.getString(OauthToken.REFRESH_TOKEN) != null) {
      told.put(OauthToken.REFRESH_TOKEN, token.getString(OauthToken.REFRESH_TOKEN));
    }
    return told;
  }
}
