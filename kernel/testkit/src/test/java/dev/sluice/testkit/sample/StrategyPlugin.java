package dev.sluice.testkit.sample;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.DeploymentStrategyFactory;
import dev.sluice.api.deployment.GroupDefinition;
import dev.sluice.api.deployment.RequestOutcome;
import dev.sluice.api.deployment.RolloutStatus;
import dev.sluice.api.deployment.Selection;
import dev.sluice.api.deployment.TargetGroups;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.schema.ConfigSchema;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Two strategies for tests: {@code by-header} does what a header says, {@code fixed} always the same. */
public final class StrategyPlugin implements GatewayPlugin {

  private final Queue<String> told = new ConcurrentLinkedQueue<>();

  @Override
  public List<DeploymentStrategyFactory<?>> deploymentStrategies() {
    return List.of(new Factory("by-header", 20, told), new Factory("fixed", 10, told));
  }

  /** What the strategies were told, in order. */
  public List<String> told() {
    return List.copyOf(told);
  }

  private record Factory(String name, int priority, Queue<String> told)
      implements DeploymentStrategyFactory<JsonObject> {

    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.any(config -> config);
    }

    @Override
    public DeploymentStrategy create(JsonObject config) {
      return new Strategy(name, config.copy(), told);
    }
  }

  private record Strategy(String name, JsonObject config, Queue<String> told) implements DeploymentStrategy {

    @Override
    public List<GroupDefinition> groups() {
      return List.of(
          new GroupDefinition(
              "there",
              Optional.ofNullable(config.getString("host")),
              Optional.ofNullable(config.getInteger("port")),
              Optional.ofNullable(config.getString("uri"))));
    }

    @Override
    public List<String> hiddenHeaders() {
      return List.of("X-Go");
    }

    @Override
    public Selection select(RequestContext context, TargetGroups groups) {
      String to = config.getString("to", context.request().headers().get("X-Go").orElse(""));
      if (to.equals("throw")) {
        throw new IllegalStateException("told to throw");
      }
      if (to.equals("ask")) {
        return Selection.of(Selection.REST, "available: " + groups.available("there"));
      }
      return Selection.of(to, "told so");
    }

    @Override
    public void began(Selection selection) {
      told.add(name + " began " + selection.group() + " " + selection.reason());
    }

    @Override
    public void ended(Selection selection, RequestOutcome outcome) {
      told.add(name + " ended " + outcome.end() + " " + outcome.status() + " failed " + outcome.failedAttempts());
    }

    @Override
    public RolloutStatus status() {
      return new RolloutStatus("fixed", Map.of("there", 1.0));
    }
  }
}
