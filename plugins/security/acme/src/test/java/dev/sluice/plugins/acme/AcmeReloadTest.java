package dev.sluice.plugins.acme;

import dev.sluice.plugins.traffic.RedisLink;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Redis;
import java.util.Map;
import org.jose4j.lang.JoseException;
import org.shredzone.acme4j.Session;

/** Generations come and go while challenges are answered. */
class AcmeReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "acme";
  }

  @Override
  protected TestJar jar() {
    return super.jar()
        .library(RedisLink.class)
        .library(Redis.class)
        .library(Session.class)
        .library(JoseException.class)
        .withInsides();
  }

  @Override
  protected JsonObject config() {
    return new JsonObject()
        .put("account_email", "a@b.test")
        .put("storage", "kong")
        .put("domains", new JsonArray().add("a.test"));
  }

  @Override
  protected void configure(TestGateway gateway, JsonObject route) {
    gateway.plugin(plugin(), config());
  }

  @Override
  protected Map<String, String> headers() {
    return Map.of("Host", "a.test");
  }
}
