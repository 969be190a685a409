package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouterFactory;
import dev.sluice.testkit.contract.RouterContract;

final class CompatibleContractTest extends RouterContract {

  @Override
  protected RouterFactory factory() {
    return new TraditionalRouterFactory(Flavor.COMPATIBLE);
  }
}
