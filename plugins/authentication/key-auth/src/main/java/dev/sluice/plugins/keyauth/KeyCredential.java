package dev.sluice.plugins.keyauth;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.request.Credential;
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
      EntityType.named("keyauth_credentials", SCHEMA, KeyCredential::decode)
          .path("key-auths")
          .nestedBelow(CoreEntities.CONSUMERS.name(), "key-auth")
          .endpointKey(KEY)
          .withTtl()
          .build();

  private KeyCredential(String consumerId, Credential proof) {
    super(consumerId, proof);
  }

  private static KeyCredential decode(JsonObject document) {
    String id = document.getString("id");
    String consumer = ConsumerCredentials.owner(document);
    return new KeyCredential(consumer, new Credential(id, Optional.of(consumer), Optional.of(id)));
  }
}
