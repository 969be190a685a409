package dev.sluice.api.entity;

import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.HostAddress;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.SchemaException;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;

/** The fields and checks of targets. */
final class TargetSchema {

  private static final String TARGET = "target";
  private static final String INVALID = "Invalid target; not a valid hostname or ip address";
  private static final int DEFAULT_PORT = 8000;

  static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("created_at", Types.autoTimestampMillis())
      .field("updated_at", Types.autoTimestampMillis())
      .field("upstream",
          Fields.foreign("upstreams").required().onDeleteCascade().describe("The upstream that it belongs to."))
      .field(TARGET, Fields.string().required().describe("A host with its port."))
      .field("weight", Fields.integer().between(0, 65_535).defaultTo(100).describe("Its share of the traffic."))
      .field("tags", SluiceTags.TARGETS.field())
      .prepare(TargetSchema::normalize)
      .build();

  private TargetSchema() {}

  /** Addresses in their full form, and always with a port: two spellings are one target. */
  private static JsonObject normalize(JsonObject body) {
    if (body.getValue(TARGET) instanceof String target) {
      try {
        body.put(TARGET, HostAddress.parse(target).withPort(DEFAULT_PORT));
      } catch (IllegalArgumentException e) {
        throw SchemaException.of(TARGET, INVALID);
      }
    }
    return body;
  }
}
