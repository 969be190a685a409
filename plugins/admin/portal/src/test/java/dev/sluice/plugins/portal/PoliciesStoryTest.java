package dev.sluice.plugins.portal;

import dev.sluice.plugins.acl.AclPlugin;
import dev.sluice.plugins.basicauth.BasicAuthPlugin;
import dev.sluice.plugins.canary.CanaryPlugin;
import dev.sluice.plugins.example.ExamplePlugin;
import dev.sluice.plugins.keyauth.KeyAuthPlugin;
import dev.sluice.plugins.mtlsauth.MtlsAuthPlugin;
import dev.sluice.plugins.ratelimiting.RateLimitingPlugin;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A consumer with a key, plugins that are seen in the traffic, and a plugin whose jar comes while the page is open. */
class PoliciesStoryTest extends BrowserStories {

  @TempDir private Path made;
  @TempDir private Path plugins;

  @Test
  void consumersAndPlugins() throws Exception {
    TestJar example = TestJar.named("example").library(ExamplePlugin.class).extension(ExamplePlugin.class.getName());
    Path jar = example.into(made);
    try (TestGateway gateway =
        gateway(new KeyAuthPlugin(), new BasicAuthPlugin(), new AclPlugin(), new MtlsAuthPlugin(), new RateLimitingPlugin(), new CanaryPlugin()).jars(plugins).start()) {
      told("policies.js", portal(gateway), proxy(gateway), jar.toString(), plugins.toString());
    }
  }
}
