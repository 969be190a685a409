package dev.sluice.testkit;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.Answer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the gateway says by itself, and what filters make of it. */
class OwnAnswersTest {

  @Test
  void oneThatGivesBackNothingChangesNothing() {
    HttpResponse<Buffer> answer = unrouted((context, given, cause) -> null);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.bodyAsJsonObject().getString("message")).isEqualTo("no Route matched with those values");
  }

  @Test
  void theNextOneSeesBytesWhateverTheOneBeforeHasMade() {
    HttpResponse<Buffer> answer = unrouted(
        (context, given, cause) -> Answer.error(418, "first: " + cause),
        (context, given, cause) -> Answer.bytes(given.status() + 1, "text/plain",
            Buffer.buffer("second: ").appendBuffer(((Answer.Body.Bytes) given.body()).content())));
    assertThat(answer.statusCode()).isEqualTo(419);
    assertThat(answer.bodyAsString()).startsWith("second: {").contains("first: UNROUTED");
  }

  private static HttpResponse<Buffer> unrouted(Filter.Exit... filters) {
    GatewayPlugin[] plugins = new GatewayPlugin[filters.length];
    for (int i = 0; i < filters.length; i++) {
      plugins[i] = new OneFilter("exit-" + i, 1000 - i, filters[i]);
    }
    try (TestGateway gateway = TestGateway.with(plugins).start()) {
      for (int i = 0; i < filters.length; i++) {
        gateway.plugin("exit-" + i, new JsonObject());
      }
      return gateway.get("/nowhere");
    }
  }
}
