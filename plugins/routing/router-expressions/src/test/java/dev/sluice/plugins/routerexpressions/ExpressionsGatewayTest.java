package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Through a whole gateway: what is written is checked, and requests go where expressions send them. */
final class ExpressionsGatewayTest {

  private static TestGateway gateway;
  private static String service;
  private final List<String> made = new ArrayList<>();

  @BeforeAll
  static void start() {
    gateway =
        TestGateway.with(new RouterExpressionsPlugin()).setting("router_flavor", "expressions").ownRouter().start();
    TestBackend backend = gateway.backend(TestBackend.echo());
    service =
        gateway
            .create(CoreEntities.SERVICES, new JsonObject().put("host", "127.0.0.1").put("port", backend.port()))
            .getString("id");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @AfterEach
  void clean() {
    made.forEach(id -> gateway.delete(CoreEntities.ROUTES, id));
  }

  @Test
  void sendsRequestsByExpression() {
    JsonObject path = create(route("http.path ^= \"/a\" && http.method == \"GET\""));
    assertThat(path.getLong("priority")).isZero();
    assertThat(gateway.get("/a/b?x=1").bodyAsJsonObject().getString("uri")).isEqualTo("/b?x=1");
    assertThat(gateway.get("/b").statusCode()).isEqualTo(404);

    create(route("any(http.queries.version) == \"2\" && http.headers.x_tenant ~ \"^t(?<n>[0-9])$\"")
        .put("priority", 1)
        .put("strip_path", false));
    assertThat(gateway.get("/a/b?version=2", Map.of("X-Tenant", "t7")).bodyAsJsonObject().getString("uri"))
        .isEqualTo("/a/b?version=2");
    assertThat(gateway.get("/a/b?version=2", Map.of("X-Tenant", "u7")).bodyAsJsonObject().getString("uri"))
        .isEqualTo("/b?version=2");
  }

  @Test
  void knowsAddressesAndPorts() {
    create(route(
        "net.src.ip in 127.0.0.0/8 && net.src.port > 0 && net.dst.ip == 127.0.0.1 && net.dst.port == "
            + gateway.proxyPort()));
    assertThat(gateway.get("/").statusCode()).isEqualTo(200);
    assertThat(gateway.get("/", Map.of("Host", "a.test:1")).statusCode()).isEqualTo(404);
  }

  @Test
  void followsChanges() {
    JsonObject route = create(route("http.path == \"/one\""));
    assertThat(gateway.get("/one").statusCode()).isEqualTo(200);
    gateway.update(
        CoreEntities.ROUTES, route.getString("id"), new JsonObject().put("expression", "http.path == \"/two\""));
    assertThat(gateway.get("/one").statusCode()).isEqualTo(404);
    assertThat(gateway.get("/two").statusCode()).isEqualTo(200);
  }

  @Test
  void classicFieldsStayInUse() {
    create(new JsonObject().put("paths", new JsonArray().add("/classic")).put("service", reference()));
    assertThat(gateway.get("/classic/x").bodyAsJsonObject().getString("uri")).isEqualTo("/x");
  }

  @Test
  void aRouteForHttpsAloneAnswersWithItsRedirect() {
    create(route("http.path ^= \"/safe\"").put("protocols", new JsonArray().add("https")));
    assertThat(gateway.get("/safe").statusCode()).isEqualTo(426);
  }

  @Test
  void refusesWhatIsNoExpression() {
    refuses(
        route("http.path = \"/a\""),
        " --> 1:11\n  |\n1 | http.path = \"/a\"\n  |           ^---\n  |\n  = expected binary_operator");
    refuses(route("http.path == 1"), "Type mismatch between the LHS and RHS values of predicate");
    refuses(
        route("http.path == \"/\"").put("paths", new JsonArray().add("/")),
        "cannot set 'expression' with 'methods', 'hosts', 'paths', 'headers', 'snis', 'sources' or 'destinations' "
            + "simultaneously");
    refuses(
        route("http.path == \"/\"").put("regex_priority", 1),
        "cannot set 'regex_priority' with 'expression' simultaneously");
    refuses(
        new JsonObject().put("paths", new JsonArray().add("/")).put("priority", 1),
        "cannot set 'priority' with 'methods', 'hosts', 'paths', 'headers', 'snis', 'sources' or 'destinations' "
            + "simultaneously");
    assertThatThrownBy(() -> gateway.create(CoreEntities.ROUTES, route("http.path == \"/\"").put("priority", 1L << 46)))
        .hasMessageContaining("priority: value should be between 0 and 70368744177663");
  }

  @Test
  void aPatchIsCheckedToo() {
    JsonObject route = create(route("http.path == \"/patched\""));
    assertThatThrownBy(
            () ->
                gateway.update(
                    CoreEntities.ROUTES, route.getString("id"), new JsonObject().put("expression", "http.path")))
        .hasMessageContaining("expected binary_operator");
    assertThat(gateway.get("/patched").statusCode()).isEqualTo(200);
  }

  private JsonObject create(JsonObject body) {
    JsonObject route = gateway.create(CoreEntities.ROUTES, body);
    made.add(route.getString("id"));
    return route;
  }

  private static JsonObject route(String expression) {
    return new JsonObject().put("expression", expression).put("service", reference());
  }

  private static JsonObject reference() {
    return new JsonObject().put("id", service);
  }

  private static void refuses(JsonObject body, String problem) {
    String message = "Router Expression failed validation: " + problem;
    assertThatThrownBy(() -> gateway.create(CoreEntities.ROUTES, body))
        .isInstanceOfSatisfying(
            ApiError.class,
            error -> {
              assertThat(error.status()).isEqualTo(400);
              assertThat(error.body().getInteger("code")).isEqualTo(2);
              assertThat(error.body().getString("message")).isEqualTo("schema violation (" + message + ")");
              assertThat(error.body().getJsonObject("fields").getJsonArray("@entity")).containsExactly(message);
            });
  }
}
