package dev.sluice.plugins.portal;

import dev.sluice.plugins.declarative.DeclarativePlugin;
import dev.sluice.plugins.example.ExamplePlugin;
import dev.sluice.plugins.pluginjars.PluginJarsPlugin;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jars that come in, and what a node is configured with, as a document that goes out and comes in: see {@code src/test/web}. */
class NodeStoryTest extends BrowserStories {

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "off"})
  void aConfigurationGoesOutAndComesBackLive(String database) throws Exception {
    try (TestGateway gateway = gateway(new DeclarativePlugin()).setting("database", database).start()) {
      told("node.js", portal(gateway), proxy(gateway), database);
    }
  }

  @Test
  void aJarComesInAndWorksOnARequest(@TempDir Path folder) throws Exception {
    TestJar example = TestJar.named("example").library(ExamplePlugin.class).extension(ExamplePlugin.class.getName());
    example.into(folder, "first.jar");
    example.attribute("Plugin-Version", "2.0").into(folder, "second.jar");
    example.without("dev/sluice/plugins/example/ExamplePlugin.class").into(folder, "broken.jar");
    String token = "s3cret-token";
    try (TestGateway gateway =
        gateway(new PluginJarsPlugin()).setting("admin_token", token).setting("admin_plugin_upload", "on").start()) {
      String api = "http://127.0.0.1:" + gateway.adminPort();
      told("jars.js", portal(gateway), proxy(gateway), api, token, folder.toString());
    }
  }
}
