package dev.sluice.plugins.oauth2;

import dev.sluice.plugins.authentication.Entrance;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Tokens survive a change of the classes that they are decoded to. */
class OauthReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "oauth2";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Entrance.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("enable_client_credentials", true).put("global_credentials", true);
  }

  @Override
  protected void prepare(TestGateway gateway) {
    JsonObject owner = new JsonObject().put("id", gateway.consumer("bob").getString("id"));
    JsonObject client = gateway.create(
        gateway.type("oauth2_credentials"), new JsonObject().put("name", "app").put("consumer", owner));
    gateway.create(
        gateway.type("oauth2_tokens"),
        new JsonObject()
            .put("access_token", "tok")
            .put("expires_in", 0)
            .put("credential", new JsonObject().put("id", client.getString("id"))));
  }

  @Override
  protected Map<String, String> headers() {
    return Map.of("Authorization", "Bearer tok");
  }
}
