package dev.sluice.testkit.contract;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.DeploymentStrategyFactory;
import dev.sluice.api.deployment.GroupDefinition;
import dev.sluice.api.deployment.Selection;
import dev.sluice.api.deployment.TargetGroups;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.FakeRequest;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@link DeploymentStrategyContract} must know of a strategy, and how it tries it. */
public abstract class StrategyFixture extends HotReloadContract {

  static final TargetGroups ALL_AVAILABLE = group -> true;
  private static final String ID = "9d1c6e0c-8c1f-4a9e-9f6f-6a2e5d1a7b11";

  /** The plugin under test, started or such that it needs no start. */
  protected abstract GatewayPlugin subject();

  /**
   * Configurations, of which each gives {@link #growing} a greater share than the one before. Empty when no share can be
   * asked for.
   */
  protected List<JsonObject> ramp() {
    return List.of();
  }

  /** The group that grows along the {@link #ramp}. */
  protected String growing() {
    return Selection.REST;
  }

  /** Configurations under which all requests go to one group, by its name; traffic is switched between them. */
  protected Map<String, JsonObject> whole() {
    return Map.of();
  }

  /** The request of a client; the same number is the same client. */
  protected FakeRequest client(int number) {
    return FakeRequest.of(number).consumer("consumer-" + number).from("10." + number / 65536 + "." + number / 256 % 256 + "." + number % 256);
  }

  /** How far a realised share may be off the one that was asked for, over 100,000 clients. */
  protected double tolerance() {
    return 0.01;
  }

  final DeploymentStrategy strategy(JsonObject config) {
    return strategy(subject(), config);
  }

  final DeploymentStrategy strategy(GatewayPlugin plugin, JsonObject config) {
    for (DeploymentStrategyFactory<?> factory : plugin.deploymentStrategies()) {
      if (factory.name().equals(plugin())) {
        return create(factory, config);
      }
    }
    throw new AssertionError("the plugin has no strategy '" + plugin() + "'");
  }

  private static <C> DeploymentStrategy create(DeploymentStrategyFactory<C> factory, JsonObject config) {
    JsonObject complete = factory.schema().complete(config);
    PluginConfig entity =
        new PluginConfig(
            ID, factory.name(), Optional.empty(), Optional.empty(), Optional.empty(), complete, List.of("http"), true);
    return factory.create(factory.schema().decode(complete), entity);
  }

  final String group(DeploymentStrategy strategy, int client) {
    return strategy.select(client(client), ALL_AVAILABLE).group();
  }

  /** Makes an upstream, with a backend of its own, for each group; gives back the group of each backend's port. */
  final Map<Integer, String> upstreams(TestGateway gateway, JsonObject config) {
    Map<Integer, String> groups = new HashMap<>();
    for (GroupDefinition group : strategy(config).groups()) {
      TestBackend backend = gateway.backend(TestBackend.echo());
      groups.put(backend.port(), group.name());
      group.host().ifPresent(host -> upstream(gateway, host, backend));
    }
    return groups;
  }

  private static void upstream(TestGateway gateway, String name, TestBackend backend) {
    JsonObject upstream = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", name));
    gateway.create(
        CoreEntities.TARGETS,
        new JsonObject()
            .put("target", "127.0.0.1:" + backend.port())
            .put("upstream", new JsonObject().put("id", upstream.getString("id"))));
  }

  @Override
  protected void prepare(TestGateway gateway) {
    upstreams(gateway, config());
  }
}
