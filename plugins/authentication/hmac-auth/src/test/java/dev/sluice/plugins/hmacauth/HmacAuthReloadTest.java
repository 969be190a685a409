package dev.sluice.plugins.hmacauth;

import dev.sluice.plugins.authentication.Entrance;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;

class HmacAuthReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "hmac-auth";
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
        gateway.type("hmacauth_credentials"),
        new JsonObject().put("username", "bob").put("secret", "secret").put("consumer", owner));
  }

  @Override
  protected Map<String, String> headers() {
    return Signature.empty().header("date", Signature.date(Instant.now())).headers();
  }
}
