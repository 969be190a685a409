package dev.sluice.plugins.explain;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A configuration as chance will have it: upstreams, services, routes, strategies and marks. */
final class World {

  static final List<String> HOSTS = List.of("a.test", "b.test", "*.test", "a.*", "a.test:8000", "c.example");
  static final List<String> PATHS =
      List.of("/", "/a", "/a/", "/a/b", "/a/bc", "/v1", "~/v\\d+", "~/users/(?<name>[^/]+)", "~/a/(\\w+)/x$", "/b c", "/ü");
  static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");
  static final List<String> CONSUMERS = List.of("ada", "bob", "cyd", "dan");
  private static final List<String> BASES = List.of("", "/", "/base", "/base/", "/p/q");
  private static final List<String> HASHES = List.of("consumer", "ip", "header", "cookie");
  private static final int UPSTREAMS = 6;

  private final TestGateway gateway;
  private final List<TestBackend> backends;
  private final Random random;
  private final List<Made> made = new ArrayList<>();

  private record Made(EntityType<?> type, String id) {}

  World(TestGateway gateway, List<TestBackend> backends, Random random) {
    this.gateway = gateway;
    this.backends = backends;
    this.random = random;
  }

  /** Makes it. */
  World build() {
    CONSUMERS.forEach(name -> make(CoreEntities.CONSUMERS, new JsonObject().put("username", name)));
    for (int i = 0; i < UPSTREAMS; i++) {
      upstream(i);
    }
    List<JsonObject> services = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      services.add(service());
    }
    List<JsonObject> routes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      routes.add(route(services));
    }
    plugin("tell", new JsonObject(), "global", new JsonObject());
    plugin("say-who", new JsonObject(), "global", new JsonObject());
    for (String name : List.of("mark", "early-mark")) {
      plugin(name, mark("global"), "global", new JsonObject());
      plugin(name, mark("service"), "service", one(services));
      plugin(name, mark("route"), "route", one(routes));
      plugin(name, mark("consumer"), "consumer", made(CoreEntities.CONSUMERS));
      plugin(name, mark("both"), "route", one(routes), made(CoreEntities.CONSUMERS));
    }
    plugin("blue-green", blueGreen(), "service", services.get(0));
    plugin("blue-green", blueGreen(), "route", one(routes));
    plugin("canary", canary(), "service", services.get(0));
    plugin("canary", canary(), "service", services.get(1));
    plugin("canary", canary(), "route", one(routes));
    return this;
  }

  /** Takes it away again. */
  void remove() {
    for (int i = made.size() - 1; i >= 0; i--) {
      if (made.get(i).type() != CoreEntities.TARGETS && made.get(i).type() != CoreEntities.PLUGINS) {
        gateway.delete(made.get(i).type(), made.get(i).id());
      }
    }
    made.stream().filter(each -> each.type() == CoreEntities.PLUGINS).forEach(each -> gateway.delete(each.type(), each.id()));
  }

  private JsonObject make(EntityType<?> type, JsonObject body) {
    JsonObject entity = gateway.create(type, body);
    made.add(new Made(type, entity.getString("id")));
    return entity;
  }

  private JsonObject made(EntityType<?> type) {
    return reference(one(made.stream().filter(each -> each.type() == type).toList()).id());
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private boolean often() {
    return random.nextInt(3) > 0;
  }

  private boolean seldom() {
    return random.nextInt(4) == 0;
  }

  private static JsonObject reference(String id) {
    return new JsonObject().put("id", id);
  }

  private static JsonObject mark(String text) {
    return new JsonObject().put("mark", text);
  }

  /** The first ones have one target each; then come several, a ring, weights and nobody. */
  private void upstream(int number) {
    JsonObject body = new JsonObject().put("name", "up-" + number);
    if (number == 4) {
      body.put("algorithm", "consistent-hashing").put("hash_on", "ip");
    }
    if (seldom()) {
      body.put("host_header", "inside-" + number + ".test");
    }
    String id = make(CoreEntities.UPSTREAMS, body).getString("id");
    int targets = number < 3 ? 1 : number == 5 ? 0 : 3;
    for (int i = 0; i < targets; i++) {
      make(
          CoreEntities.TARGETS,
          new JsonObject()
              .put("target", "127.0.0.1:" + backends.get((number + i) % backends.size()).port())
              .put("weight", i == 2 ? 0 : 10 * (i + 1))
              .put("upstream", reference(id)));
    }
  }

  private String upstreamName() {
    return "up-" + (seldom() ? 5 : random.nextInt(5));
  }

  private JsonObject service() {
    JsonObject body = new JsonObject();
    if (often()) {
      body.put("host", upstreamName());
    } else {
      body.put("host", "127.0.0.1").put("port", one(backends).port());
    }
    String base = one(BASES);
    return make(CoreEntities.SERVICES, base.isEmpty() ? body : body.put("path", base));
  }

  private JsonArray some(List<String> from) {
    JsonArray array = new JsonArray().add(one(from));
    String more = one(from);
    return random.nextBoolean() || array.contains(more) ? array : array.add(more);
  }

  private JsonObject route(List<JsonObject> services) {
    JsonObject body = new JsonObject()
        .put("strip_path", random.nextBoolean())
        .put("preserve_host", random.nextBoolean())
        .put("path_handling", random.nextBoolean() ? "v0" : "v1")
        .put("regex_priority", random.nextInt(3))
        .put("https_redirect_status_code", one(List.of(426, 301, 302, 307, 308)))
        .put("protocols", seldom() ? new JsonArray().add("https") : new JsonArray().add("http").add("https"));
    if (!seldom()) {
      body.put("paths", some(PATHS));
    }
    if (random.nextBoolean()) {
      body.put("hosts", some(HOSTS));
    }
    if (seldom() || body.getValue("paths") == null && body.getValue("hosts") == null) {
      body.put("methods", some(METHODS));
    }
    if (seldom()) {
      body.put("headers", new JsonObject().put("x-kind", some(List.of("one", "two", "~*^t"))));
    }
    if (random.nextInt(10) > 0) {
      body.put("service", reference(one(services).getString("id")));
    }
    return make(CoreEntities.ROUTES, body);
  }

  private JsonObject blueGreen() {
    int blue = random.nextInt(3);
    JsonObject config = new JsonObject()
        .put("blue", "up-" + blue)
        .put("green", "up-" + (blue + 1))
        .put("active", random.nextBoolean() ? "blue" : "green");
    return random.nextBoolean() ? config.put("preview_header", "X-Preview").put("preview_secret", "peek") : config;
  }

  private JsonObject canary() {
    JsonObject config = new JsonObject()
        .put("hash", one(HASHES))
        .put("hash_header", "X-User")
        .put("percentage", one(List.of(0, 10, 50, 90, 100)));
    if (random.nextBoolean()) {
      config.put("upstream_host", upstreamName()).put("upstream_fallback", random.nextBoolean());
    } else {
      config.put("upstream_host", "127.0.0.1").put("upstream_port", one(backends).port());
    }
    if (seldom()) {
      config.put("upstream_uri", "/canary path");
    }
    return random.nextBoolean() ? config.put("canary_by_header_name", "X-Canary") : config;
  }

  private void plugin(String name, JsonObject config, String scope, JsonObject entity) {
    plugin(name, config, scope, entity, new JsonObject());
  }

  /** What is configured there already stays. */
  private void plugin(String name, JsonObject config, String scope, JsonObject entity, JsonObject consumer) {
    JsonObject body = new JsonObject().put("name", name).put("config", config);
    if (!entity.isEmpty()) {
      body.put(scope, reference(entity.getString("id")));
    }
    if (!consumer.isEmpty()) {
      body.put("consumer", consumer);
    }
    make(CoreEntities.PLUGINS, body);
  }
}
