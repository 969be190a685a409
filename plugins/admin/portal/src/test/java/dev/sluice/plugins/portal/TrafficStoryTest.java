package dev.sluice.plugins.portal;

import dev.sluice.plugins.traffic.TrafficPlugin;
import dev.sluice.testkit.TestGateway;
import org.junit.jupiter.api.Test;

/** What passes is what is shown: see {@code src/test/web/traffic.js}. */
class TrafficStoryTest extends BrowserStories {

  @Test
  void whatPassesIsShown() throws Exception {
    try (TestGateway gateway = gateway(new TrafficPlugin()).start()) {
      told("traffic.js", portal(gateway), proxy(gateway));
    }
  }
}
