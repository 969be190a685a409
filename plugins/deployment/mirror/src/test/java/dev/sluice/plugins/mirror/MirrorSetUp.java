package dev.sluice.plugins.mirror;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.json.JsonObject;

/** What several tests set up alike. */
final class MirrorSetUp {

  private MirrorSetUp() {}

  static JsonObject upstream(TestGateway gateway, String name, int... ports) {
    JsonObject upstream = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", name));
    for (int port : ports) {
      target(gateway, upstream, port, 100);
    }
    return upstream;
  }

  static void target(TestGateway gateway, JsonObject upstream, int port, int weight) {
    gateway.create(
        CoreEntities.TARGETS,
        new JsonObject()
            .put("target", "127.0.0.1:" + port)
            .put("weight", weight)
            .put("upstream", new JsonObject().put("id", upstream.getString("id"))));
  }
}
