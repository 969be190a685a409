package dev.sluice.plugins.portal;

import dev.sluice.plugins.bluegreen.BlueGreenPlugin;
import dev.sluice.plugins.canary.CanaryPlugin;
import dev.sluice.plugins.explain.ExplainPlugin;
import dev.sluice.plugins.ledger.LedgerPlugin;
import dev.sluice.plugins.mirror.MirrorPlugin;
import dev.sluice.testkit.TestGateway;
import org.junit.jupiter.api.Test;

/** From one version of a service to another, and back: see {@code src/test/web/delivery.js}. */
class DeliveryStoryTest extends BrowserStories {

  @Test
  void fromOneVersionToAnother() throws Exception {
    TestGateway.Builder parts = gateway(
        new BlueGreenPlugin(), new CanaryPlugin(), new MirrorPlugin(), new LedgerPlugin(), new ExplainPlugin());
    try (TestGateway gateway = parts.start()) {
      told("delivery.js", portal(gateway), proxy(gateway));
    }
  }
}
