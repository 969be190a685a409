package dev.sluice.plugins.session;

import dev.sluice.api.store.PageQuery;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.EchoGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Sessions that the store keeps. */
class StoredSessionTest {

  private SessionFixture f;

  @BeforeEach
  void start() {
    f = new SessionFixture();
    f.guard("/s", new JsonObject().put("storage", "kong").put("rolling_timeout", 100).put("idling_timeout", 0));
  }

  @AfterEach
  void stop() {
    f.close();
  }

  private List<JsonObject> rows() {
    PageQuery all = new PageQuery(
        "sessions", Optional.empty(), Optional.empty(), List.of(), PageQuery.TagMatch.ALL, Optional.empty(), 100);
    return Await.result(f.gateway.gateway().kernel().entities().page(StoredSession.TYPE, all));
  }

  private void awaitRows(int count) {
    Await.until(count + " rows", () -> rows().size() == count);
  }

  @Test
  void theStoreKnowsWhoseItIs() {
    f.login("/s");
    awaitRows(1);
    JsonObject row = rows().get(0);
    assertThat(row.getString("data")).doesNotContain(f.bob.getString("id"));
    assertThat(row.getInteger("ttl")).isEqualTo(100);
    assertThat(row.getInteger("expires")).isEqualTo(1_700_000_100);
    f.isBob(f.visit("/s"));
    f.gateway.gateway().delete(StoredSession.TYPE, row.getString("id"));
    f.isNobody(f.visit("/s"));
  }

  @Test
  void aRenewedOneIsGoodForAWhileInItsOldForm() {
    f.login("/s");
    awaitRows(1);
    String old = f.cookies.get("session");
    f.advance(80);
    f.isBob(f.visit("/s"));
    awaitRows(2);
    String fresh = f.cookies.put("session", old);
    f.isBob(f.gateway.get("/s", f.withCookies(Map.of())));
    Await.until("the old one is retired", () -> rows().stream().anyMatch(row -> row.getInteger("ttl") == 10));
    f.advance(10);
    f.isNobody(f.gateway.get("/s", f.withCookies(Map.of())));
    f.cookies.put("session", fresh);
    f.isBob(f.visit("/s"));
  }

  @Test
  void oneThatIsInUseDoesNotIdle() {
    f.guard("/idle", new JsonObject().put("storage", "kong").put("rolling_timeout", 1000).put("idling_timeout", 100)
        .put("cookie_name", "idler"));
    f.visit("/idle", Map.of("who", "bob"));
    awaitRows(1);
    for (int i = 0; i < 3; i++) {
      f.advance(90);
      f.isBob(f.visit("/idle"));
    }
    f.advance(100);
    f.isNobody(f.visit("/idle"));
  }

  @Test
  void aSessionThatIsEndedIsGone() {
    f.login("/s");
    awaitRows(1);
    String old = f.cookies.get("session");
    Map<String, String> headers = f.withCookies(Map.of());
    assertThat(f.gateway.gateway().send(HttpMethod.DELETE, "/s?session_logout", headers, Buffer.buffer()).statusCode())
        .isEqualTo(200);
    assertThat(rows()).isEmpty();
    f.cookies.put("session", old);
    f.isNobody(f.visit("/s"));
  }

  @Test
  void anEntityHasKongsFields() {
    try (EchoGateway gateway = EchoGateway.with(new SessionPlugin())) {
      JsonObject made = gateway.gateway().create(StoredSession.TYPE, new JsonObject().put("session_id", "sid"));
      assertThat(made.fieldNames())
          .containsExactlyInAnyOrder("id", "session_id", "expires", "data", "created_at", "ttl");
      assertThatThrownBy(() -> gateway.gateway().create(StoredSession.TYPE, new JsonObject()))
          .hasMessage("schema violation (session_id: required field missing)");
    }
  }
}
