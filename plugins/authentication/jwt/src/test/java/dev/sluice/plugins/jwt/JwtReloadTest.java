package dev.sluice.plugins.jwt;

import dev.sluice.plugins.authentication.Entrance;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import java.util.Map;

class JwtReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "jwt";
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
        gateway.type("jwt_secrets"), new JsonObject().put("key", "k").put("secret", "s").put("consumer", owner));
  }

  @Override
  protected Map<String, String> headers() {
    return Map.of("Authorization", "Bearer " + Signer.hmac("HS256", "s").token(new JsonObject().put("iss", "k")));
  }
}
