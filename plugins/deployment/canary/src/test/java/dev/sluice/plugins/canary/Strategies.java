package dev.sluice.plugins.canary;

import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.plugins.deployment.PerPlugin;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes strategies as the kernel does. */
final class Strategies {

  static final long CREATED = 1_000_000;

  private Strategies() {}

  static JsonObject config() {
    return new JsonObject().put("upstream_host", "canary-up");
  }

  static DeploymentStrategy of(JsonObject config, Clock clock) {
    return of(config, clock, Optional::empty);
  }

  /** One whose state is what the supplier says. */
  static DeploymentStrategy of(JsonObject config, Clock clock, Supplier<Optional<State>> state) {
    CanaryFactory factory = new CanaryFactory(new PerPlugin<>(), (context, id) -> state.get(), clock::millis);
    JsonObject complete = factory.schema().complete(config);
    PluginConfig plugin = new PluginConfig(
        "9d1c6e0c-8c1f-4a9e-9f6f-6a2e5d1a7b11",
        "canary",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        complete,
        List.of("http"),
        true,
        CREATED);
    return factory.create(factory.schema().decode(complete), plugin);
  }

  static DeploymentStrategy of(JsonObject config) {
    return of(config, Clock.systemUTC());
  }
}
