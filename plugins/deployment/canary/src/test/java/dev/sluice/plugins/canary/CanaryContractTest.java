package dev.sluice.plugins.canary;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.plugins.deployment.Ledger;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.DeploymentStrategyContract;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** By address, so that the load of the test, which has no consumers, has a side too. */
class CanaryContractTest extends DeploymentStrategyContract {

  private static JsonObject share(int percentage) {
    return new JsonObject().put("upstream_host", "canary-up").put("hash", "ip").put("percentage", percentage);
  }

  @Override
  protected String plugin() {
    return "canary";
  }

  @Override
  protected GatewayPlugin subject() {
    return new CanaryPlugin();
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Ledger.class);
  }

  @Override
  protected JsonObject config() {
    return share(30);
  }

  @Override
  protected List<JsonObject> ramp() {
    return IntStream.of(0, 1, 10, 50, 99, 100).mapToObj(CanaryContractTest::share).toList();
  }

  @Override
  protected String growing() {
    return "canary";
  }

  @Override
  protected Map<String, JsonObject> whole() {
    return new TreeMap<>(Map.of("", share(0), "canary", share(100)));
  }
}
