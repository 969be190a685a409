package dev.sluice.plugins.keyauth;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.authentication.ConsumerCredentials;
import dev.sluice.plugins.authentication.Owner;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A key of a consumer, as the request path needs it. The key itself is not kept here, so that it gets into no log: it
 * is what the credential is found by.
 */
final class KeyCredential extends Owner {

  static final String KEY = "key";

  private static final Schema SCHEMA = ConsumerCredentials.schema()
      .field(KEY, Fields.string().optional().unique().auto())
      .field("tags", Types.tags())
      .build();

  static final EntityType<KeyCredential> TYPE =
      EntityType.named("keyauth_credentials", SCHEMA, KeyCredential::new)
          .path("key-auths")
          .nestedBelow(CoreEntities.CONSUMERS.name(), "key-auth")
          .endpointKey(KEY)
          .withTtl()
          .build();

  private KeyCredential(JsonObject document) {
    super(document, Optional.of(document.getString("id")));
  }
}
