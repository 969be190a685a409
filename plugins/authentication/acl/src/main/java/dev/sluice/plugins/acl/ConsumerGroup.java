package dev.sluice.plugins.acl;

import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.authentication.ConsumerCredentials;
import io.vertx.core.json.JsonObject;

/**
 * A group that a consumer belongs to.
 *
 * @param name of the group
 */
record ConsumerGroup(String name) implements dev.sluice.api.entity.ConsumerGroup {

  private static final String GROUP = "group";

  private static final Schema SCHEMA = ConsumerCredentials.schema()
      .field(GROUP, Fields.string().required())
      .field("tags", Types.tags())
      .build();

  static final EntityType<ConsumerGroup> TYPE =
      EntityType.named(dev.sluice.api.entity.ConsumerGroup.TYPE, SCHEMA, ConsumerGroup::decode)
          .uniqueTogether(ConsumerCredentials.CONSUMER, GROUP)
          .nestedKey(GROUP)
          .build();

  private static ConsumerGroup decode(JsonObject document) {
    return new ConsumerGroup(document.getString(GROUP));
  }
}
