package dev.sluice.plugins.oauth2;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.ForeignField;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A code that can be changed once for a token.
 *
 * @param id of the entity
 * @param clientId the id of the application that it was made for
 * @param serviceId the only service that it is good for
 * @param pluginId the plugin that it was made by
 * @param userId whom the operator's pages have recognised
 * @param scope what was granted
 * @param challenge of PKCE
 */
record OauthCode(
    String id,
    String clientId,
    Optional<String> serviceId,
    Optional<String> pluginId,
    Optional<String> userId,
    Optional<String> scope,
    Optional<String> challenge) {

  static final String CODE = "code";
  static final int SECONDS = 300;

  private static final String CREDENTIAL = "credential";

  private static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("created_at", Types.autoTimestamp())
      .field("service", scope("services"))
      .field(CREDENTIAL, Fields.foreign(OauthClient.TYPE.name()).required().onDeleteCascade())
      .field(CODE, Fields.string().optional().unique().auto())
      .field("authenticated_userid", Fields.string().optional())
      .field("scope", Fields.string())
      .field("challenge", Fields.string().optional())
      .field("challenge_method", Fields.string().optional().oneOf(Pkce.METHOD))
      .field("plugin", scope(CoreEntities.PLUGINS.name()))
      .build();

  static final EntityType<OauthCode> TYPE =
      EntityType.named("oauth2_authorization_codes", SCHEMA, OauthCode::decode).withTtl().withoutEndpoints().build();

  private static ForeignField scope(String type) {
    return Fields.foreign(type).defaultToNull().onDeleteCascade();
  }

  static OauthCode decode(JsonObject document) {
    return new OauthCode(
        document.getString("id"),
        Documents.reference(document, CREDENTIAL).orElseThrow(),
        Documents.reference(document, "service"),
        Documents.reference(document, "plugin"),
        Optional.ofNullable(document.getString("authenticated_userid")),
        Optional.ofNullable(document.getString("scope")),
        Optional.ofNullable(document.getString("challenge")));
  }
}
