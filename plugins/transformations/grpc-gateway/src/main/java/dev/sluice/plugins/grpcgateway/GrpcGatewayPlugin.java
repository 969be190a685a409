package dev.sluice.plugins.grpcgateway;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code grpc-gateway}. */
@Extension
public final class GrpcGatewayPlugin implements GatewayPlugin {

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new GrpcGatewayFactory());
  }
}
