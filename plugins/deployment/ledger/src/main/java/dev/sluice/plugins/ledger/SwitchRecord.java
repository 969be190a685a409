package dev.sluice.plugins.ledger;

import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.deployment.Ledger;
import io.vertx.core.json.JsonObject;

/** The entity that a record is. It is no configuration: nothing but strategies write it, and no request reads it. */
record SwitchRecord(long number) {

  private static final int HASH = 64;

  private static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("number", Fields.integer().required().unique())
      .field("at", Fields.integer().required())
      .field("workspace", Fields.string().required())
      .field("plugin", Types.uuid().required())
      .field("strategy", Fields.string().required())
      .field("service", Fields.string())
      .field("route", Fields.string())
      .field("action", Fields.string().required())
      .field("from", Fields.string().required().lenMin(0))
      .field("to", Fields.string().required().lenMin(0))
      .field("by", Fields.string().required())
      .field("reason", Fields.string().lenMin(0))
      .field("numbers", Fields.openRecord())
      .field("done", Fields.openRecord())
      .field("undo", Fields.openRecord())
      .field("previous", Fields.string().required().lenEq(HASH))
      .field("hash", Fields.string().required().lenEq(HASH))
      .build();

  static final EntityType<SwitchRecord> TYPE =
      EntityType.named(Ledger.TYPE, SCHEMA, SwitchRecord::decode).global().withoutEndpoints().undeclared().build();

  private static SwitchRecord decode(JsonObject document) {
    return new SwitchRecord(document.getLong("number"));
  }
}
