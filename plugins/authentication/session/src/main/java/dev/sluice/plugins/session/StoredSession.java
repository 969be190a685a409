package dev.sluice.plugins.session;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;

/**
 * A session that the store keeps.
 *
 * @param id of the entity
 * @param data whose it is, sealed
 */
record StoredSession(String id, String data) {

  static final String SESSION_ID = "session_id";

  private static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field(SESSION_ID, Fields.string().unique().required())
      .field("expires", Fields.integer())
      .field("data", Fields.string())
      .field("created_at", Types.autoTimestamp())
      .build();

  static final EntityType<StoredSession> TYPE =
      EntityType.named("sessions", SCHEMA, StoredSession::decode).endpointKey(SESSION_ID).withTtl().build();

  private static StoredSession decode(JsonObject document) {
    return new StoredSession(document.getString("id"), Documents.string(document, "data", ""));
  }

  /** Without the data. */
  @Override
  public String toString() {
    return id;
  }
}
