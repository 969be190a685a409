package dev.sluice.plugins.routertraditional;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.routing.RouterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Brings the two router flavors that match by the classic fields of a route. */
@Extension
public final class RouterTraditionalPlugin implements GatewayPlugin {

  @Override
  public List<RouterFactory> routers() {
    return List.of(
        new TraditionalRouterFactory(Flavor.COMPATIBLE), new TraditionalRouterFactory(Flavor.TRADITIONAL));
  }
}
