package dev.sluice.testkit;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.store.StoredEntity;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Traffic of several workspaces through one proxy. */
class WorkspaceTrafficTest {

  private static TestGateway gateway;
  private static Entities a;
  private static Entities b;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new Marks()).start();
    a = workspace("a");
    b = workspace("b");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static Entities workspace(String name) {
    gateway.create(CoreEntities.WORKSPACES, new JsonObject().put("name", name));
    return gateway.kernel().entities().in(name).orElseThrow();
  }

  private static JsonObject create(Entities in, EntityType<?> type, JsonObject body) {
    return Await.result(in.insert(type, body, WriteOptions.JSON));
  }

  private static JsonObject reference(JsonObject entity) {
    return new JsonObject().put("id", entity.getString("id"));
  }

  /** A route in a workspace. */
  private static JsonObject route(Entities in, String path, JsonObject service) {
    JsonObject made = create(in, CoreEntities.SERVICES, service);
    return create(
        in,
        CoreEntities.ROUTES,
        new JsonObject().put("name", "r" + path.substring(1)).put("paths", new JsonArray().add(path)).put(
            "service", reference(made)));
  }

  private static JsonObject plugin(Entities in, String name) {
    return create(in, CoreEntities.PLUGINS, new JsonObject().put("name", name).put("config", new JsonObject()));
  }

  /** Filters that say that they were there. */
  private static final class Marks implements GatewayPlugin {
    @Override
    public List<FilterFactory<?>> filters() {
      return List.of(
          new OneFilter("early", 1, (Filter.Rewrite) context -> answered(context, "X-Early", context.workspace())),
          new OneFilter("late", 1, (Filter.Access) context -> answered(context, "X-Late", context.workspace())),
          new OneFilter("who", 1, (Filter.Access) Marks::who));
    }

    private static Future<Void> answered(RequestContext context, String name, String value) {
      context.upstreamRequest().headers().set(name, value);
      return Filters.CONTINUE;
    }

    private static Future<Void> who(RequestContext context) {
      String asked = context.request().headers().get("X-Who").orElse("");
      Optional<Consumer> byName = context.entities().byUnique(CoreEntities.CONSUMERS, "username", asked);
      Optional<Consumer> byId = context.entities().byId(CoreEntities.CONSUMERS, asked);
      String found = byName.or(() -> byId).map(Consumer::id).orElse("nobody");
      context.answer(Answer.json(200, new JsonObject().put("id", found)));
      return Filters.CONTINUE;
    }
  }

  private static JsonObject to(TestBackend backend) {
    return new JsonObject().put("host", "127.0.0.1").put("port", backend.port());
  }

  @Test
  void aServiceFindsTheUpstreamOfItsOwnWorkspace() {
    TestBackend first = gateway.backend(TestBackend.of(request -> request.response().end("first")));
    TestBackend second = gateway.backend(TestBackend.of(request -> request.response().end("second")));
    for (Map.Entry<Entities, TestBackend> each : List.of(Map.entry(a, first), Map.entry(b, second))) {
      JsonObject upstream =
          create(each.getKey(), CoreEntities.UPSTREAMS, new JsonObject().put("name", "pool.test"));
      create(
          each.getKey(),
          CoreEntities.TARGETS,
          new JsonObject().put("target", "127.0.0.1:" + each.getValue().port()).put("upstream", reference(upstream)));
    }
    route(a, "/pool-a", new JsonObject().put("host", "pool.test"));
    route(b, "/pool-b", new JsonObject().put("host", "pool.test"));
    assertThat(gateway.get("/pool-a").bodyAsString()).isEqualTo("first");
    assertThat(gateway.get("/pool-b").bodyAsString()).isEqualTo("second");
    JsonObject mine = gateway.create(CoreEntities.SERVICES, new JsonObject().put("host", "pool.test"));
    gateway.create(
        CoreEntities.ROUTES,
        new JsonObject().put("paths", new JsonArray().add("/pool-default")).put("service", reference(mine)));
    // No upstream of that name here, and no such host on the net.
    assertThat(gateway.get("/pool-default").statusCode()).isBetween(500, 599);
  }

  @Test
  void aGlobalPluginStaysInItsWorkspace() {
    TestBackend echo = gateway.backend(TestBackend.echo());
    route(a, "/marks-a", to(echo));
    route(b, "/marks-b", to(echo));
    gateway.route("/marks-default", echo);
    List<JsonObject> made = List.of(plugin(a, "early"), plugin(a, "late"));
    assertThat(gateway.get("/marks-a").bodyAsString())
        .containsIgnoringCase("X-Early").containsIgnoringCase("X-Late").contains(a.workspace());
    for (String path : List.of("/marks-b", "/marks-default")) {
      assertThat(gateway.get(path).bodyAsString()).doesNotContainIgnoringCase("X-Early");
      assertThat(gateway.get(path).bodyAsString()).doesNotContainIgnoringCase("X-Late");
    }
    JsonObject global = gateway.plugin("early", new JsonObject());
    assertThat(gateway.get("/marks-default").bodyAsString()).contains(StoredEntity.DEFAULT_WORKSPACE);
    assertThat(gateway.get("/marks-a").bodyAsString()).contains(a.workspace());
    assertThat(gateway.get("/marks-b").bodyAsString()).doesNotContainIgnoringCase("X-Early");
    gateway.delete(CoreEntities.PLUGINS, global.getString("id"));
    made.forEach(each -> Await.result(a.delete(CoreEntities.PLUGINS, new EntityKey.Id(each.getString("id")))));
  }

  @Test
  void consumersAreLookedForInTheWorkspaceOfTheRoute() {
    TestBackend echo = gateway.backend(TestBackend.echo());
    JsonObject route = route(a, "/who-a", to(echo));
    create(a, CoreEntities.PLUGINS, new JsonObject().put("name", "who").put("route", reference(route)));
    String ann = create(a, CoreEntities.CONSUMERS, new JsonObject().put("username", "ann")).getString("id");
    String bea = create(b, CoreEntities.CONSUMERS, new JsonObject().put("username", "bea")).getString("id");
    String dan = gateway.consumer("dan").getString("id");
    JsonObject mine = gateway.route("/who-default", echo);
    gateway.plugin("who", new JsonObject(), mine);
    assertThat(asked("/who-a", "ann")).isEqualTo(ann);
    assertThat(asked("/who-a", ann)).isEqualTo(ann);
    assertThat(asked("/who-default", "dan")).isEqualTo(dan);
    assertThat(asked("/who-default", dan)).isEqualTo(dan);
    for (String stranger : List.of("bea", bea, "dan", dan)) {
      assertThat(asked("/who-a", stranger)).isEqualTo("nobody");
    }
    for (String stranger : List.of("ann", ann, "bea", bea)) {
      assertThat(asked("/who-default", stranger)).isEqualTo("nobody");
    }
  }

  private static String asked(String path, String who) {
    return gateway.get(path, Map.of("X-Who", who)).bodyAsJsonObject().getString("id");
  }
}
