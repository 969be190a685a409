package dev.sluice.plugins.portal;

import dev.sluice.plugins.routerexpressions.RouterExpressionsPlugin;
import dev.sluice.testkit.TestGateway;
import org.junit.jupiter.api.Test;

/** A route that is written as an expression: see {@code src/test/web}. */
class ExpressionsStoryTest extends BrowserStories {

  @Test
  void routeByAnExpression() throws Exception {
    try (TestGateway gateway =
        gateway(new RouterExpressionsPlugin()).setting("router_flavor", "expressions").start()) {
      told("expressions.js", portal(gateway), proxy(gateway));
    }
  }
}
