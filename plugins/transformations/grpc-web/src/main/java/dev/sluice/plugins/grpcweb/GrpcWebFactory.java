package dev.sluice.plugins.grpcweb;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.grpc.ProtoSchema;
import java.nio.file.Path;

/** Makes the filters. */
final class GrpcWebFactory implements FilterFactory<GrpcWebConfig> {

  @Override
  public String name() {
    return "grpc-web";
  }

  @Override
  public int priority() {
    return 3;
  }

  @Override
  public ConfigSchema<GrpcWebConfig> schema() {
    return GrpcWebConfig.SCHEMA;
  }

  @Override
  public Filter create(GrpcWebConfig config) {
    return new GrpcWebFilter(config, config.proto().map(file -> ProtoSchema.load(Path.of(file))));
  }
}
