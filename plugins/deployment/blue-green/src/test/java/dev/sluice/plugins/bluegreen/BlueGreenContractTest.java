package dev.sluice.plugins.bluegreen;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.plugins.deployment.Ledger;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.DeploymentStrategyContract;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

class BlueGreenContractTest extends DeploymentStrategyContract {

  @Override
  protected String plugin() {
    return "blue-green";
  }

  @Override
  protected GatewayPlugin subject() {
    return new BlueGreenPlugin();
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Ledger.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("blue", "old-one").put("green", "new-one");
  }

  @Override
  protected Map<String, JsonObject> whole() {
    return new TreeMap<>(
        Map.of("blue", config().put("active", "blue"), "green", config().put("active", "green")));
  }
}
