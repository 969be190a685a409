package dev.sluice.api.entity;

import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;

/** The fields of sets of keys. */
final class KeySetSchema {

  static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("name", Fields.string().optional().unique().describe("The name of the set."))
      .field("tags", Types.tags())
      .field("created_at", Types.autoTimestamp())
      .field("updated_at", Types.autoTimestamp())
      .build();

  private KeySetSchema() {}
}
