package dev.sluice.plugins.acl;

import dev.sluice.testkit.EchoGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.sluice.testkit.EchoGateway.header;
import static dev.sluice.testkit.EchoGateway.refused;
import static org.assertj.core.api.Assertions.assertThat;

class AclFilterTest {

  private static final String NO = "You cannot consume this service";
  private static EchoGateway gateway;
  private static JsonObject bob;

  @BeforeAll
  static void start() {
    gateway = EchoGateway.with(new AclPlugin(), new Badge());
    bob = gateway.gateway().consumer("bob");
    gateway.gateway().consumer("loner");
    member(bob, "staff");
    member(bob, "admin");
    guard("/allow", new JsonObject().put("allow", new JsonArray().add("staff").add("other")));
    guard("/deny", new JsonObject().put("deny", new JsonArray().add("staff")));
    guard("/other-denied", new JsonObject().put("deny", new JsonArray().add("other")));
    guard("/hide", new JsonObject().put("allow", new JsonArray().add("staff")).put("hide_groups_header", true));
    guard("/always", new JsonObject()
        .put("allow", new JsonArray().add("staff"))
        .put("always_use_authenticated_groups", true));
  }

  private static JsonObject member(JsonObject consumer, String group) {
    return gateway.owned(ConsumerGroup.TYPE, consumer, new JsonObject().put("group", group));
  }

  private static void guard(String path, JsonObject config) {
    JsonObject route = gateway.guard(path, "acl", config);
    gateway.gateway().plugin("badge", new JsonObject(), route);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static HttpResponse<Buffer> as(String path, String who) {
    return gateway.get(path, Map.of("who", who, "proof", "p", "X-Consumer-Groups", "spoofed"));
  }

  @Test
  void allowLetsMembersIn() {
    assertThat(header(as("/allow", "bob"), "x-consumer-groups")).containsExactly("admin, staff");
    refused(as("/allow", "loner"), 403, NO);
  }

  @Test
  void denyKeepsMembersOut() {
    refused(as("/deny", "bob"), 403, NO);
    assertThat(header(as("/deny", "loner"), "x-consumer-groups")).isEmpty();
    assertThat(header(as("/other-denied", "bob"), "x-consumer-groups")).containsExactly("admin, staff");
  }

  @Test
  void groupsCanBeHidden() {
    assertThat(header(as("/hide", "bob"), "x-consumer-groups")).isEmpty();
  }

  @Test
  void withoutAConsumerNobodyGetsIn() {
    refused(gateway.get("/allow"), 401, "Unauthorized");
    refused(gateway.get("/deny"), 401, "Unauthorized");
    refused(gateway.get("/allow", "proof", "p"), 403, NO);
    refused(gateway.get("/deny", "proof", "p"), 403, NO);
  }

  @Test
  void theAnonymousConsumerIsJudgedByItsGroups() {
    assertThat(header(gateway.get("/allow", "who", "bob"), "x-consumer-groups")).containsExactly("admin, staff");
    refused(gateway.get("/allow", "who", "loner"), 401, "Unauthorized");
    refused(gateway.get("/deny", "who", "bob"), 403, NO);
    assertThat(gateway.get("/deny", "who", "loner").statusCode()).isEqualTo(200);
  }

  @Test
  void groupsThatOthersVouchForCountWithoutAConsumer() {
    var answer = gateway.get("/allow", Map.of("groups", "x,staff", "proof", "p", "X-Consumer-Groups", "spoofed"));
    assertThat(header(answer, "x-authenticated-groups")).containsExactly("x, staff");
    assertThat(header(answer, "x-consumer-groups")).isEmpty();
    refused(gateway.get("/allow", Map.of("groups", "x", "proof", "p")), 403, NO);
    assertThat(gateway.get("/allow", Map.of("groups", "staff", "who", "loner")).statusCode())
        .as("the anonymous consumer").isEqualTo(200);
    refused(gateway.get("/allow", Map.of("groups", "staff", "who", "loner", "proof", "p")), 403, NO);
  }

  @Test
  void theyMayComeBeforeTheConsumers() {
    assertThat(gateway.get("/always", Map.of("groups", "staff", "who", "loner", "proof", "p")).statusCode())
        .isEqualTo(200);
    refused(gateway.get("/always", Map.of("groups", "x", "who", "bob", "proof", "p")), 403, NO);
    assertThat(header(as("/always", "bob"), "x-consumer-groups")).containsExactly("admin, staff");
  }

  @Test
  void aChangeIsLiveAtOnce() {
    JsonObject eve = gateway.gateway().consumer("eve");
    refused(as("/allow", "eve"), 403, NO);
    JsonObject group = member(eve, "other");
    assertThat(as("/allow", "eve").statusCode()).isEqualTo(200);
    gateway.gateway().delete(ConsumerGroup.TYPE, group.getString("id"));
    refused(as("/allow", "eve"), 403, NO);
  }
}
