package dev.sluice.plugins.basicauth;

import dev.sluice.plugins.authentication.Entrance;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import java.util.Map;

class BasicAuthReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "basic-auth";
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
        gateway.type("basicauth_credentials"),
        new JsonObject().put("username", "bob").put("password", "kong").put("consumer", owner));
  }

  @Override
  protected Map<String, String> headers() {
    return Map.of("Authorization", "Basic Ym9iOmtvbmc=");
  }
}
