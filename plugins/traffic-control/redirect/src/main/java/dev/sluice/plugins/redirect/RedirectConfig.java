package dev.sluice.plugins.redirect;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;

/**
 * The configuration.
 *
 * @param status of the answer
 * @param location where to send clients
 * @param keepPath whether path and query of the request take the place of those of the location
 */
record RedirectConfig(int status, String location, boolean keepPath) {

  static final ConfigSchema<RedirectConfig> SCHEMA = ConfigSchema.of(RedirectConfig::decode)
      .field("status_code", Fields.integer()
          .required()
          .between(100, 599)
          .defaultTo(301)
          .describe("The status of the answer."))
      .field("location", Types.url().required())
      .field("keep_incoming_path", Fields.bool()
          .defaultTo(false)
          .describe("Whether path and query of the request take the place of those of the location."))
      .build();

  private static RedirectConfig decode(JsonObject config) {
    return new RedirectConfig(
        config.getInteger("status_code"),
        config.getString("location"),
        Boolean.TRUE.equals(config.getBoolean("keep_incoming_path")));
  }

  /** The location without its path, query and fragment. */
  String origin() {
    int from = location.indexOf("://") + 3;
    while (from < location.length() && "/?#".indexOf(location.charAt(from)) < 0) {
      from++;
    }
    return location.substring(0, from);
  }
}
