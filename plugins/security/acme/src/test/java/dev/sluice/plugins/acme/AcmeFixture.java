package dev.sluice.plugins.acme;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway that orders at an authority of the test's, with a route for all paths. */
final class AcmeFixture implements AutoCloseable {

  final MovableClock clock = new MovableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
  final TestAuthority authority = new TestAuthority(clock);
  final AtomicInteger challengePort = new AtomicInteger();
  final AcmePlugin plugin = new AcmePlugin((context, storages) -> authority, challengePort::get);
  final TestGateway gateway = TestGateway
      .with(plugin, new EndpointsAlone())
      .setting("proxy_listen", "127.0.0.1:0, 127.0.0.1:0 ssl")
      .clock(clock)
      .start();

  AcmeFixture() {
    challengePort.set(gateway.proxyPort());
    gateway.route("/");
  }

  static JsonObject config(String... domains) {
    JsonArray names = new JsonArray();
    for (String domain : domains) {
      names.add(domain);
    }
    return new JsonObject().put("account_email", "ops@example.com").put("storage", "kong").put("domains", names);
  }

  /** As new: without configurations, certificates and what is stored. */
  void reset() {
    Await.result(plugin.finish());
    Entities entities = gateway.kernel().entities();
    for (EntityType<?> type :
        List.of(CoreEntities.PLUGINS, CoreEntities.SNIS, CoreEntities.CERTIFICATES, EntityStorage.TYPE)) {
      for (JsonObject row : Await.result(Rows.all(entities, type, Optional.empty()))) {
        gateway.delete(type, row.getString("id"));
      }
    }
    authority.reset();
    clock.advance(Duration.ofDays(1));
    challengePort.set(gateway.proxyPort());
  }

  int tlsPort() {
    return gateway.kernel().port("proxy_listen.1");
  }

  HttpResponse<Buffer> challenge(String host, String token) {
    return gateway.get("/.well-known/acme-challenge/" + token, Map.of("Host", host));
  }

  HttpResponse<Buffer> admin(HttpMethod method, String path, JsonObject body) {
    return gateway.admin(method, path, Map.of("Content-Type", "application/json"), body.toBuffer());
  }

  HttpResponse<Buffer> order(String host) {
    return admin(HttpMethod.POST, "/acme", new JsonObject().put("host", host));
  }

  static String message(HttpResponse<Buffer> answer) {
    return answer.bodyAsJsonObject().getString("message");
  }

  Optional<JsonObject> sni(String host) {
    return Await.result(
        gateway.kernel().entities().find(CoreEntities.SNIS, new EntityKey.Unique("name", host)));
  }

  @Override
  public void close() {
    gateway.close();
  }
}
