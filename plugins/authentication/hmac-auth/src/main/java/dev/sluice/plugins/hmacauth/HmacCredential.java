package dev.sluice.plugins.hmacauth;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.authentication.ConsumerCredentials;
import dev.sluice.plugins.authentication.Owner;
import dev.sluice.plugins.authentication.Secrets;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** A name and a secret that a consumer signs with. The secret shows in no text. */
final class HmacCredential extends Owner {

  static final String USERNAME = "username";

  private static final String SECRET = "secret";

  private static final Schema SCHEMA = ConsumerCredentials.schema()
      .field(USERNAME, Fields.string().required().unique())
      .field(SECRET, Fields.string().auto())
      .field("tags", Types.tags())
      .build();

  static final EntityType<HmacCredential> TYPE =
      EntityType.named("hmacauth_credentials", SCHEMA, HmacCredential::new)
          .path("hmac-auths")
          .nestedBelow(CoreEntities.CONSUMERS.name(), "hmac-auth")
          .endpointKey(USERNAME)
          .build();

  private final Optional<String> secret;

  private HmacCredential(JsonObject document) {
    super(document, Optional.of(document.getString(USERNAME)));
    this.secret = Optional.ofNullable(document.getString(SECRET));
  }

  boolean hasSigned(HmacAlgorithm algorithm, String text, byte[] signature) {
    return secret.isPresent() && Secrets.same(algorithm.sign(secret.get(), text), signature);
  }
}
