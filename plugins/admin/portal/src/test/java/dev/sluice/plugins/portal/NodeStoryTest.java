package dev.sluice.plugins.portal;

import dev.sluice.plugins.declarative.DeclarativePlugin;
import dev.sluice.testkit.TestGateway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node is configured with, as a document that goes out and comes in: see {@code src/test/web}. */
class NodeStoryTest extends BrowserStories {

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "off"})
  void aConfigurationGoesOutAndComesBackLive(String database) throws Exception {
    try (TestGateway gateway = gateway(new DeclarativePlugin()).setting("database", database).start()) {
      told("node.js", portal(gateway), proxy(gateway), database);
    }
  }
}
