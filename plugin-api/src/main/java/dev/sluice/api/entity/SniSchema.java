package dev.sluice.api.entity;

import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;

/** The fields of server names. */
final class SniSchema {

  static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("name", Types.wildcardSni().required().unique().uniqueAcrossWorkspaces())
      .field("created_at", Types.autoTimestamp())
      .field("updated_at", Types.autoTimestamp())
      .field("tags", Types.tags())
      .field("certificate",
          Fields.foreign("certificates").required().goesAlong().describe("The certificate that is shown."))
      .build();

  private SniSchema() {}
}
