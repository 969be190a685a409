package dev.sluice.plugins.portal;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.plugins.adminapi.AdminApiPlugin;
import dev.sluice.plugins.loadbalancing.LoadBalancingPlugin;
import dev.sluice.plugins.passivehealthchecks.PassiveHealthChecksPlugin;
import dev.sluice.plugins.routertraditional.RouterTraditionalPlugin;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stories that a real browser tells of the portal of a real gateway. Where {@code sluice.browser} is {@code required}, as in
 * the gate, a machine without Chromium fails; elsewhere they are left out, and say so.
 */
abstract class BrowserStories {

  private static final Path CHROMIUM = Path.of(System.getProperty("sluice.chromium", "/usr/bin/chromium"));
  private static final long PATIENCE_SECONDS = 180;

  @TempDir private Path folder;

  @BeforeAll
  static void browser() {
    if (!Files.isExecutable(CHROMIUM)) {
      String missing = "no browser at " + CHROMIUM + ": the portal's pages are NOT tested (install chromium)";
      assertThat(System.getProperty("sluice.browser", "")).as(missing).isNotEqualTo("required");
      System.err.println(missing);
      Assumptions.abort(missing);
    }
  }

  /** The address of the pages. */
  static String portal(TestGateway gateway) {
    return "http://127.0.0.1:" + gateway.kernel().port("admin_gui_listen.0");
  }

  static String proxy(TestGateway gateway) {
    return "http://127.0.0.1:" + gateway.proxyPort();
  }

  /** Runs a script of {@code src/test/web}; fails with what it said. */
  void told(String script, String... arguments) throws IOException, InterruptedException {
    Path output = folder.resolve(script + ".txt");
    List<String> command = new ArrayList<>(List.of("node", script));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CHROMIUM", CHROMIUM.toString());
    Process story =
        builder
            .directory(Path.of("src/test/web").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = story.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    story.destroyForcibly();
    String told = Files.readString(output);
    System.out.println(told);
    assertThat(ended).as("it ends; it said:%n%s", told).isTrue();
    assertThat(story.exitValue()).as("how it ended; it said:%n%s", told).isZero();
  }

  /** A gateway with the portal, the Admin API, a router and what balances; a story adds the parts it is about. */
  static TestGateway.Builder gateway(GatewayPlugin... more) {
    List<GatewayPlugin> parts = new ArrayList<>(List.of(
        new PortalPlugin(),
        new AdminApiPlugin(),
        new RouterTraditionalPlugin(),
        new LoadBalancingPlugin(),
        new PassiveHealthChecksPlugin(),
        new Store()));
    parts.addAll(List.of(more));
    return TestGateway.with(parts.toArray(GatewayPlugin[]::new)).ownParts().setting("admin_gui_listen", "127.0.0.1:0");
  }

  /** All else is real: what is shown does not depend on where it is kept. */
  private record Store() implements GatewayPlugin {

    @Override
    public List<StoreFactory> stores() {
      return List.of(MemoryStore.factory("sqlite"));
    }
  }
}
