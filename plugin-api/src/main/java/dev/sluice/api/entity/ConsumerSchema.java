package dev.sluice.api.entity;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;

/** The fields and checks of consumers. */
final class ConsumerSchema {

  static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("created_at", Types.autoTimestamp())
      .field("updated_at", Types.autoTimestamp())
      .field("username", Fields.string().unique().describe("The name of the consumer."))
      .field("custom_id", Fields.string().unique().describe("The id of the consumer in a system of the client's."))
      .field("tags", Types.tags())
      .check(Check.atLeastOneOf("custom_id", "username"))
      .build();

  private ConsumerSchema() {}
}
