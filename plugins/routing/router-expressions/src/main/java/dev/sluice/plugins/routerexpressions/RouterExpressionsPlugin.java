package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.routing.RouterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Brings the router flavor that matches by expressions. */
@Extension
public final class RouterExpressionsPlugin implements GatewayPlugin {

  @Override
  public List<RouterFactory> routers() {
    return List.of(new ExpressionsRouterFactory());
  }
}
