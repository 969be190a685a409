package dev.sluice.plugins.filelog;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.logging.CustomFields;
import io.vertx.core.json.JsonObject;

/**
 * The configuration.
 *
 * @param path the file
 * @param reopen whether the file is opened anew for every write
 * @param fields what is added to entries
 */
record FileLogConfig(String path, boolean reopen, CustomFields fields) {

  static final ConfigSchema<FileLogConfig> SCHEMA = ConfigSchema.of(FileLogConfig::decode)
      .protocols(Types.protocols())
      .field("path", Fields.string()
          .required()
          .match("^[^*&%%\\`]+$")
          .err("not a valid filename")
          .describe("The file that entries are appended to; it is made when it is not there."))
      .field("reopen", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether the file is opened anew for every write, as those want who move it away."))
      .field(CustomFields.NAME, CustomFields.field())
      .build();

  private static FileLogConfig decode(JsonObject config) {
    return new FileLogConfig(config.getString("path"), config.getBoolean("reopen"), CustomFields.of(config));
  }
}
