package dev.sluice.plugins.portal;

import dev.sluice.testkit.TestGateway;
import org.junit.jupiter.api.Test;

/** From a new workspace to weights that are seen in the traffic, and the login: see {@code src/test/web}. */
class StoryTest extends BrowserStories {

  @Test
  void fromAWorkspaceToTraffic() throws Exception {
    try (TestGateway gateway = gateway().start()) {
      told("story.js", portal(gateway), proxy(gateway));
    }
  }

  @Test
  void loggingInAndOut() throws Exception {
    try (TestGateway gateway = gateway().setting("admin_token", "s3cret-token").start()) {
      told("login.js", portal(gateway), "s3cret-token");
    }
  }
}
