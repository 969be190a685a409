package dev.sluice.plugins.explain;

import dev.sluice.api.entity.CoreEntities;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which consumers another share would move. */
class ShareTest extends ExplainFixture {

  private static final int CONSUMERS = 60;

  private static JsonObject canary(int percentage) {
    return new JsonObject().put("upstream_uri", "/new").put("percentage", percentage);
  }

  private Set<String> inside() {
    Set<String> inside = new HashSet<>();
    for (int i = 0; i < CONSUMERS; i++) {
      JsonObject question = new JsonObject().put("url", "http://a.test/").put("consumer", "c" + i);
      JsonObject explained = posted("/explain", question);
      if ("canary".equals(explained.getString("group"))) {
        inside.add(explained.getJsonObject("consumer").getString("id"));
      }
    }
    return inside;
  }

  @Test
  void whoWouldMoveIsWhoMoves() {
    route("all", paths("/"));
    String plugin = onService("canary", canary(20));
    for (int i = 0; i < CONSUMERS; i++) {
      gateway.consumer("c" + i);
    }
    Set<String> before = inside();
    JsonObject question = new JsonObject().put("percentage", 50).put("service", "api").put("size", 5);
    JsonObject said = posted("/explain/canary", question);
    assertThat(said.getInteger("consumers")).isEqualTo(CONSUMERS);
    assertThat(said.getInteger("out")).isZero();
    assertThat(said.getJsonObject("inside").getInteger("now")).isEqualTo(before.size());
    Set<String> moved = new HashSet<>();
    while (true) {
      assertThat(said.getJsonArray("moved")).hasSizeLessThanOrEqualTo(5);
      said.getJsonArray("moved").forEach(each -> moved.add(((JsonObject) each).getString("id")));
      if (said.getString("offset") == null) {
        break;
      }
      said = posted("/explain/canary", question.put("offset", said.getString("offset")));
    }
    assertThat(moved).hasSize(said.getInteger("in"));
    gateway.update(CoreEntities.PLUGINS, plugin, new JsonObject().put("config", new JsonObject().put("percentage", 50)));
    Set<String> after = inside();
    assertThat(after).hasSize(said.getJsonObject("inside").getInteger("then")).containsAll(before);
    after.removeAll(before);
    assertThat(after).isEqualTo(moved);
    JsonObject back = posted("/explain/canary", new JsonObject().put("percentage", 0).put("plugin", plugin));
    assertThat(back.getInteger("out")).isEqualTo(back.getJsonObject("inside").getInteger("now"));
  }

  @Test
  void whatCannotBeKnownIsSaid() {
    JsonObject route = route("all", paths("/"));
    gateway.plugin("canary", canary(20).put("hash", "ip"), route);
    JsonObject said = posted("/explain/canary", new JsonObject().put("percentage", 50).put("route", "all"));
    assertThat(said.getString("by")).isEqualTo("ip");
    assertThat(said.getString("note")).startsWith("clients are told apart by ip");
  }

  @Test
  void refusesWhatIsNoStrategy() {
    assertThat(post("/explain/canary", new JsonObject().put("percentage", 50)).statusCode()).isEqualTo(400);
    assertThat(post("/explain/canary", new JsonObject().put("percentage", 101).put("service", "api")).statusCode()).isEqualTo(400);
    assertThat(post("/explain/canary", new JsonObject().put("percentage", 5).put("service", "api")).statusCode()).isEqualTo(404);
    assertThat(post("/explain/canary", new JsonObject().put("percentage", 5).put("service", "no")).statusCode()).isEqualTo(404);
  }
}
