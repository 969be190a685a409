package dev.sluice.plugins.adminapi;

import dev.sluice.testkit.Await;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Two who change the same entity: the second one is told (case CH-09). */
class ConflictTest extends AdminClient {

  private HttpResponse<Buffer> call(String method, String uri, String body, String tag) {
    Map<String, String> headers = Map.of("Content-Type", "application/x-www-form-urlencoded", "If-Match", tag);
    return gateway.admin(HttpMethod.valueOf(method), uri, headers, Buffer.buffer(body));
  }

  private String made(String name) {
    HttpResponse<Buffer> answer =
        call("POST", "/services", new JsonObject().put("name", name).put("host", "h.test"));
    ok(answer);
    return answer.getHeader("ETag");
  }

  @Test
  void theTagIsTheSameFromWhereverTheEntityIsSeen() {
    String tag = made("seen");
    assertThat(tag).matches("\"[0-9a-f]{32}\"");
    assertThat(call("GET", "/services/seen").getHeader("ETag")).isEqualTo(tag);
    assertThat(call("HEAD", "/services/seen").getHeader("ETag")).isEqualTo(tag);
    form("POST", "/services/seen/routes", "name=to-seen&paths[]=/seen");
    assertThat(call("GET", "/routes/to-seen/service").getHeader("ETag")).isEqualTo(tag);
    assertThat(call("GET", "/services/seen/routes/to-seen").getHeader("ETag"))
        .isEqualTo(call("GET", "/routes/to-seen").getHeader("ETag"))
        .isNotEqualTo(tag);
    assertThat(call("GET", "/services").getHeader("ETag")).isNull();
    String after = form("PATCH", "/services/seen", "port=1").getHeader("ETag");
    assertThat(after).isNotEqualTo(tag).isEqualTo(call("GET", "/services/seen").getHeader("ETag"));
  }

  @Test
  void whoHasSeenAnOlderStateChangesNothing() {
    String tag = made("one");
    String next = call("PATCH", "/services/one", "port=2", tag).getHeader("ETag");
    for (String method : List.of("PATCH", "PUT", "DELETE")) {
      refused(call(method, "/services/one", "host=x.test", tag), 412, "the entity has been changed since");
    }
    assertThat(ok(call("GET", "/services/one")).getInteger("port")).isEqualTo(2);
    assertThat(call("PUT", "/services/one", "host=x.test", "\"other\", " + next).statusCode()).isEqualTo(200);
    assertThat(call("DELETE", "/services/one", "", "*").statusCode()).isEqualTo(204);
    refused(call("PUT", "/services/one", "host=x.test", "*"), 412, "there is no such entity");
    refused(call("DELETE", "/services/one", "", next), 412, "there is no such entity");
    assertThat(call("PATCH", "/services/one", "port=1", next).statusCode()).isEqualTo(404);
  }

  @Test
  void childrenAndTargetsAreGuardedToo() {
    made("mother");
    ok(form("POST", "/services/mother/routes", "name=kid&paths[]=/kid"));
    refused(
        call("PATCH", "/services/mother/routes/kid", "name=x", "\"old\""), 412, "the entity has been changed since");
    refused(call("DELETE", "/services/mother/routes/kid", "", "\"old\""), 412, "the entity has been changed since");
    refused(call("PATCH", "/routes/kid/service", "port=3", "\"old\""), 412, "the entity has been changed since");
    ok(form("POST", "/upstreams", "name=u.test"));
    String tag = form("POST", "/upstreams/u.test/targets", "target=h:1").getHeader("ETag");
    assertThat(call("GET", "/upstreams/u.test/targets/h:1").getHeader("ETag")).isEqualTo(tag);
    refused(
        call("DELETE", "/upstreams/u.test/targets/h:1", "", "\"old\""), 412, "the entity has been changed since");
    assertThat(call("DELETE", "/upstreams/u.test/targets/h:1", "", tag).statusCode()).isEqualTo(204);
  }

  @Test
  void theTimeThatIsLeftPlaysNoPart() {
    ok(form("POST", "/consumers", "username=ttl"));
    String tag = form("POST", "/consumers/ttl/badge", "number=t1&ttl=100").getHeader("ETag");
    assertThat(call("PATCH", "/badges/t1", "level=5", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void ofManyAtOnceOneWins() {
    String tag = made("race");
    List<Future<?>> calls = new ArrayList<>();
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int port = i;
      CompletableFuture<Integer> answer =
          CompletableFuture.supplyAsync(() -> call("PATCH", "/services/race", "port=" + port, tag).statusCode());
      calls.add(
          Future.fromCompletionStage(answer)
              .onSuccess(
                  status -> {
                    synchronized (statuses) {
                      statuses.add(status);
                    }
                  }));
    }
    Await.result(Future.all(calls));
    assertThat(statuses).hasSize(8).containsOnlyOnce(200).contains(412);
    assertThat(statuses.stream().filter(status -> status == 412)).hasSize(7);
  }
}
