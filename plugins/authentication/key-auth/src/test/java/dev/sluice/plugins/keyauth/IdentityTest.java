package dev.sluice.plugins.keyauth;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.testkit.RawClient;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.keyauth.KeyAuthFixture.header;
import static dev.sluice.plugins.keyauth.KeyAuthFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

/** What upstreams are told of who has a key, with and without somebody on the way who looks at it. */
class IdentityTest {

  private static KeyAuthFixture f;

  /** Reads what is told, tells it once more under another name, and takes a part of it away. */
  private static final class Reader implements GatewayPlugin {

    private record Factory(String name, int priority) implements FilterFactory<JsonObject> {
      @Override
      public ConfigSchema<JsonObject> schema() {
        return ConfigSchema.<JsonObject>of(config -> config).build();
      }

      @Override
      public Filter create(JsonObject config) {
        return (Filter.Access) Reader::read;
      }
    }

    @Override
    public List<FilterFactory<?>> filters() {
      return List.of(new Factory("reader", 500));
    }

    private static Future<Void> read(RequestContext context) {
      Optional<String> name = context.request().headers().get("x-consumer-username");
      assertThat(context.upstreamRequest().headers().get("X-Consumer-Username")).isEqualTo(name);
      context.upstreamRequest().headers().set("Read", name.orElseThrow()).remove("X-Consumer-ID");
      return Filters.CONTINUE;
    }
  }

  @BeforeAll
  static void start() {
    f = new KeyAuthFixture(new Reader());
    f.guard("/plain", new JsonObject());
    JsonObject route = f.gateway.route("/read", f.backend);
    f.gateway.plugin("key-auth", new JsonObject(), route);
    f.gateway.plugin("reader", new JsonObject(), route);
  }

  @AfterAll
  static void stop() {
    f.close();
  }

  @Test
  void laterFiltersSeeAndChangeIt() {
    var answer = f.gateway.get("/read", key("bob-key"));
    assertThat(header(answer, "read")).containsExactly("bob");
    assertThat(header(answer, "x-consumer-username")).containsExactly("bob");
    assertThat(header(answer, "x-consumer-id")).isEmpty();
    f.isBob(f.gateway.get("/plain", key("bob-key")));
  }

  @Test
  void clientsDoNotTakeItAway() {
    for (String path : List.of("/plain", "/read")) {
      try (RawClient client = new RawClient(f.gateway.proxyPort())) {
        String answer = client
            .send("GET " + path + " HTTP/1.1\r\nHost: a.test\r\napikey: bob-key\r\nX-Other: 1\r\n"
                + "Connection: close, X-Other, X-Consumer-Username, X-Credential-Identifier\r\n\r\n")
            .readToEnd();
        assertThat(answer)
            .contains("\"x-consumer-username\":[\"bob\"]")
            .contains("\"x-credential-identifier\":[\"" + f.bobsKey.getString("id") + "\"]")
            .doesNotContain("x-other");
      }
    }
  }

  @Test
  void aConsumerWhoIsWrittenIsToldAnew() {
    JsonObject ann = f.gateway.consumer("ann");
    f.key(ann, new JsonObject().put("key", "ann-key"));
    assertThat(header(f.gateway.get("/plain", key("ann-key")), "x-consumer-username")).containsExactly("ann");
    f.gateway.update(
        CoreEntities.CONSUMERS,
        ann.getString("id"),
        new JsonObject().put("username", "Änne\n").put("custom_id", "4711"));
    for (String path : List.of("/plain", "/read")) {
      var answer = f.gateway.get(path, key("ann-key"));
      assertThat(header(answer, "x-consumer-username")).containsExactly("Ã\u0084nne%0A");
      assertThat(header(answer, "x-consumer-custom-id")).containsExactly("4711");
    }
    f.gateway.delete(CoreEntities.CONSUMERS, ann.getString("id"));
    assertThat(f.gateway.get("/plain", key("ann-key")).statusCode()).isEqualTo(401);
  }
}
