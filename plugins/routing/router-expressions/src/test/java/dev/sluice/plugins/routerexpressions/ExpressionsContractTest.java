package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.RouterFactory;
import dev.sluice.testkit.contract.RouterContract;

final class ExpressionsContractTest extends RouterContract {

  @Override
  protected RouterFactory factory() {
    return new ExpressionsRouterFactory();
  }
}
