package dev.sluice.plugins.grpcgateway;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param proto the file that describes services, with the annotations that map them to paths
 */
record GrpcGatewayConfig(Optional<String> proto) {

  static final ConfigSchema<GrpcGatewayConfig> SCHEMA =
      ConfigSchema.of(GrpcGatewayConfig::decode)
          .protocols(Types.protocols())
          .field("proto", Fields.string().optional().describe("The file that describes services and messages."))
          .build();

  private static GrpcGatewayConfig decode(JsonObject config) {
    return new GrpcGatewayConfig(Optional.ofNullable(config.getString("proto")));
  }
}
