package dev.sluice.plugins.grpcweb;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code grpc-web}. */
@Extension
public final class GrpcWebPlugin implements GatewayPlugin {

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new GrpcWebFactory());
  }
}
