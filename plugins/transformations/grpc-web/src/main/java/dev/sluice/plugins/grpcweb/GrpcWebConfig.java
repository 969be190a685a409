package dev.sluice.plugins.grpcweb;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param proto the file that describes the messages
 * @param passStrippedPath whether the path goes on as routing has left it
 * @param allowOrigin answers say who may read them
 */
record GrpcWebConfig(Optional<String> proto, boolean passStrippedPath, Optional<String> allowOrigin) {

  static final ConfigSchema<GrpcWebConfig> SCHEMA =
      ConfigSchema.of(GrpcWebConfig::decode)
          .protocols(Types.protocols())
          .field("proto", Fields.string().optional().describe("The file that describes services and messages."))
          .field(
              "pass_stripped_path",
              Fields.bool().optional().describe("Whether the path goes upstream as routing has left it."))
          .field(
              "allow_origin_header",
              Fields.string().optional().defaultTo("*").describe("What answers say in Access-Control-Allow-Origin."))
          .build();

  private static GrpcWebConfig decode(JsonObject config) {
    return new GrpcWebConfig(
        Optional.ofNullable(config.getString("proto")),
        Boolean.TRUE.equals(config.getBoolean("pass_stripped_path")),
        Optional.ofNullable(config.getString("allow_origin_header")));
  }
}
