package dev.sluice.testkit;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.request.BodyTooLargeException;
import dev.sluice.api.schema.ConfigSchema;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Filters that change a body see what the ones before them have made of it. */
class ReplacedBodyTest {

  private static final int LIMIT = 10;

  /** Appends its name to the body, or says that the body is too long. */
  private record Appends(String name, int priority) implements FilterFactory<JsonObject> {

    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.any(JsonObject::copy);
    }

    @Override
    public Filter create(JsonObject config) {
      return (Filter.Access) context -> context.request()
          .body(LIMIT)
          .map(body -> body.appendString(name))
          .recover(e -> e instanceof BodyTooLargeException
              ? Future.succeededFuture(Buffer.buffer("long"))
              : Future.failedFuture(e))
          .map(body -> {
            context.upstreamRequest().body(body);
            return null;
          });
    }
  }

  private static final class Two implements GatewayPlugin {
    @Override
    public List<FilterFactory<?>> filters() {
      return List.of(new Appends("first", 2), new Appends("-next", 1));
    }
  }

  @Test
  void whatOneFilterWritesTheNextOneReads() {
    try (TestGateway gateway = TestGateway.with(new Two()).start()) {
      gateway.route("/");
      gateway.plugin("first", new JsonObject());
      gateway.plugin("-next", new JsonObject());
      for (var expected : Map.of("", "first-next", "a-", "a-first-next", "12345678", "long").entrySet()) {
        Buffer sent = Buffer.buffer(expected.getKey());
        assertThat(gateway.send(HttpMethod.POST, "/", Map.of(), sent).bodyAsJsonObject().getString("body"))
            .isEqualTo(expected.getValue());
      }
    }
  }
}
