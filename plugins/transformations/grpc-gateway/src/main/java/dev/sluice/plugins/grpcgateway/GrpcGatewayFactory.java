package dev.sluice.plugins.grpcgateway;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.grpc.ProtoSchema;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the filters. */
final class GrpcGatewayFactory implements FilterFactory<GrpcGatewayConfig> {

  @Override
  public String name() {
    return "grpc-gateway";
  }

  @Override
  public int priority() {
    return 998;
  }

  @Override
  public ConfigSchema<GrpcGatewayConfig> schema() {
    return GrpcGatewayConfig.SCHEMA;
  }

  @Override
  public Filter create(GrpcGatewayConfig config) {
    Optional<ProtoSchema> schema = config.proto().map(file -> ProtoSchema.load(Path.of(file)));
    return new GrpcGatewayFilter(schema.map(Mapping::of).orElse(Mapping.EMPTY));
  }
}
