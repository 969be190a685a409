package dev.sluice.plugins.keyauth;

import dev.sluice.plugins.authentication.Entrance;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Credentials survive a change of the class they are decoded to. */
class KeyAuthReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "key-auth";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Entrance.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject();
  }

  @Override
  protected void prepare(TestGateway gateway) {
    JsonObject owner = new JsonObject().put("id", gateway.consumer("bob").getString("id"));
    gateway.create(
        gateway.type("keyauth_credentials"), new JsonObject().put("key", "bob-key").put("consumer", owner));
  }

  @Override
  protected Map<String, String> headers() {
    return Map.of("apikey", "bob-key");
  }
}
