package dev.sluice.plugins.oauth2;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A token, as the request path needs it. The token itself is not kept here, so that it gets into no log.
 *
 * @param id of the entity
 * @param clientId the id of the application that it was made for
 * @param serviceId the only service that it is good for
 * @param userId whom the operator's pages have recognised
 * @param scope what was granted
 * @param createdAt in seconds since the epoch
 * @param seconds how long it is good from then on; 0 for ever
 */
record OauthToken(
    String id,
    String clientId,
    Optional<String> serviceId,
    Optional<String> userId,
    Optional<String> scope,
    long createdAt,
    long seconds) {

  static final String ACCESS_TOKEN = "access_token";
  static final String REFRESH_TOKEN = "refresh_token";

  private static final String CREDENTIAL = "credential";

  private static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("created_at", Types.autoTimestamp())
      .field("service", Fields.foreign("services").defaultToNull().onDeleteCascade())
      .field(CREDENTIAL, Fields.foreign(OauthClient.TYPE.name()).required().onDeleteCascade())
      .field("token_type", Fields.string().required().oneOf("bearer").defaultTo("bearer"))
      .field("expires_in", Fields.integer().required())
      .field(ACCESS_TOKEN, Fields.string().optional().unique().auto())
      .field(REFRESH_TOKEN, Fields.string().optional().unique())
      .field("authenticated_userid", Fields.string().optional())
      .field("scope", Fields.string())
      .build();

  static final EntityType<OauthToken> TYPE =
      EntityType.named("oauth2_tokens", SCHEMA, OauthToken::decode)
          .nestedBelow(CoreEntities.SERVICES.name(), "oauth2_tokens")
          .endpointKey(ACCESS_TOKEN)
          .withTtl()
          .build();

  static OauthToken decode(JsonObject document) {
    return new OauthToken(
        document.getString("id"),
        Documents.reference(document, CREDENTIAL).orElseThrow(),
        Documents.reference(document, "service"),
        Optional.ofNullable(document.getString("authenticated_userid")),
        Optional.ofNullable(document.getString("scope")),
        document.getLong("created_at"),
        document.getLong("expires_in"));
  }

  boolean hasExpired(long now) {
    return seconds > 0 && now - createdAt > seconds;
  }
}
