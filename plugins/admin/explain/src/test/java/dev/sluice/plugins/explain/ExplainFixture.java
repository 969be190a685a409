package dev.sluice.plugins.explain;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.plugins.canary.CanaryPlugin;
import dev.sluice.plugins.keyauth.KeyAuthPlugin;
import dev.sluice.plugins.loadbalancing.LoadBalancingPlugin;
import dev.sluice.plugins.routertraditional.RouterTraditionalPlugin;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway with a service, whose requests may go to a canary. */
abstract class ExplainFixture {

  TestGateway gateway;
  TestBackend backend;
  JsonObject service;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(
            new ExplainPlugin(),
            new RouterTraditionalPlugin(),
            new LoadBalancingPlugin(),
            new CanaryPlugin(),
            new KeyAuthPlugin(),
            new EndpointsAlone(),
            new Parts())
        .ownParts()
        .start();
    backend = gateway.backend(TestBackend.echo());
    JsonObject body = new JsonObject().put("name", "api").put("host", "127.0.0.1").put("port", backend.port());
    service = gateway.create(CoreEntities.SERVICES, body);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  static JsonObject reference(JsonObject entity) {
    return new JsonObject().put("id", entity.getString("id"));
  }

  JsonObject route(String name, JsonObject criteria) {
    return gateway.create(
        CoreEntities.ROUTES, criteria.copy().put("name", name).put("service", reference(service)));
  }

  static JsonObject paths(String... paths) {
    JsonArray array = new JsonArray();
    for (String path : paths) {
      array.add(path);
    }
    return new JsonObject().put("paths", array);
  }

  String upstream(String name, JsonObject fields, int... ports) {
    String id = gateway.create(CoreEntities.UPSTREAMS, fields.copy().put("name", name)).getString("id");
    int weight = 0;
    for (int port : ports) {
      weight += 10;
      gateway.create(
          CoreEntities.TARGETS,
          new JsonObject().put("target", "127.0.0.1:" + port).put("weight", weight).put("upstream", new JsonObject().put("id", id)));
    }
    return id;
  }

  String onService(String plugin, JsonObject config) {
    return gateway
        .create(
            CoreEntities.PLUGINS,
            new JsonObject().put("name", plugin).put("config", config).put("service", reference(service)))
        .getString("id");
  }

  HttpResponse<Buffer> post(String path, JsonObject question) {
    return gateway.admin(HttpMethod.POST, path, Map.of("Content-Type", "application/json"), question.toBuffer());
  }

  JsonObject posted(String path, JsonObject question) {
    HttpResponse<Buffer> answer = post(path, question);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  JsonObject explain(String url) {
    return posted("/explain", new JsonObject().put("url", url));
  }
}
