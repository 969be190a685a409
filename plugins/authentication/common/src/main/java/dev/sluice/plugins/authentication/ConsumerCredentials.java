package dev.sluice.plugins.authentication;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;

/** What all credentials of consumers have in common. */
public final class ConsumerCredentials {

  /** The field that refers to the consumer. */
  public static final String CONSUMER = "consumer";

  private ConsumerCredentials() {}

  /** Begins a schema; the fields of the credential itself and its tags follow. */
  public static Schema.Builder schema() {
    return Schema.builder()
        .field("id", Types.id())
        .field("created_at", Types.autoTimestamp())
        .field(CONSUMER, Fields.foreign(CoreEntities.CONSUMERS.name()).required().onDeleteCascade());
  }

  /** The id of the consumer that a credential belongs to. */
  public static String owner(JsonObject document) {
    return Documents.reference(document, CONSUMER).orElseThrow();
  }
}
