package dev.sluice.plugins.basicauth;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.authentication.ConsumerCredentials;
import dev.sluice.plugins.authentication.Owner;
import dev.sluice.plugins.authentication.Secrets;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A name and a password of a consumer, as the request path needs them. The password is kept as its hash alone. */
final class BasicCredential extends Owner {

  static final String USERNAME = "username";

  private static final String PASSWORD = "password";

  private static final Schema SCHEMA = ConsumerCredentials.schema()
      .field(USERNAME, Fields.string().required().unique())
      .field(PASSWORD, Fields.string().required().encrypted())
      .field("tags", Types.tags())
      .finish(BasicCredential::hashed)
      .build();

  static final EntityType<BasicCredential> TYPE =
      EntityType.named("basicauth_credentials", SCHEMA, BasicCredential::new)
          .path("basic-auths")
          .nestedBelow(CoreEntities.CONSUMERS.name(), "basic-auth")
          .endpointKey(USERNAME)
          .build();

  private final byte[] hash;

  private BasicCredential(JsonObject document) {
    super(document, Optional.of(document.getString(USERNAME)));
    this.hash = document.getString(PASSWORD).getBytes(StandardCharsets.UTF_8);
  }

  /** A password is hashed when it is given; a stored one is a hash already. */
  private static JsonObject hashed(JsonObject document, JsonObject given) {
    if (given.getValue(PASSWORD) == null) {
      return document;
    }
    byte[] password = document.getString(PASSWORD).getBytes(StandardCharsets.UTF_8);
    return document.put(PASSWORD, PasswordHash.of(password, ConsumerCredentials.owner(document)));
  }

  boolean hasPassword(byte[] password) {
    return Secrets.same(hash, PasswordHash.of(password, consumerId()).getBytes(StandardCharsets.UTF_8));
  }
}
