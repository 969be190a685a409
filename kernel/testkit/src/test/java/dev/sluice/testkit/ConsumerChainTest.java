package dev.sluice.testkit;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.schema.ConfigSchema;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Each filter runs, in all its phases, with the configuration for whom the consumer was when its turn came. */
class ConsumerChainTest {

  private static TestGateway gateway;

  /** The consumer is who a header names; the header has the filter's name. */
  private record Says(String name, int priority) implements FilterFactory<JsonObject> {
    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.any(config -> config);
    }

    @Override
    public Filter create(JsonObject config) {
      return (Filter.Access) context -> {
        context.request().headers().get(name)
            .flatMap(who -> context.entities().byUnique(CoreEntities.CONSUMERS, "username", who))
            .ifPresent(consumer -> context.authenticate(Optional.of(consumer), Optional.empty()));
        return Filters.CONTINUE;
      };
    }
  }

  /** Tells which configuration runs in ACCESS and in HEADER_FILTER. */
  private record Tells(String name, int priority) implements FilterFactory<String> {
    @Override
    public ConfigSchema<String> schema() {
      return ConfigSchema.any(config -> config.getString("tag"));
    }

    @Override
    public Filter create(String tag) {
      return new Instance(name + "=" + tag);
    }

    private record Instance(String text) implements Filter.Access, Filter.Header {
      @Override
      public Future<Void> access(RequestContext context) {
        context.response().headers().add("X-Access", text);
        return context.request().headers().contains("slow")
            ? context.request().body(1000).mapEmpty()
            : Filters.CONTINUE;
      }

      @Override
      public void headerFilter(RequestContext context) {
        context.response().headers().add("X-Header", text);
      }
    }
  }

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new GatewayPlugin() {
      @Override
      public List<FilterFactory<?>> filters() {
        return List.of(new Says("first", 100), new Tells("early", 90), new Says("then", 80), new Tells("late", 70),
            new Tells("only", 60));
      }
    }).start();
    gateway.route("/");
    gateway.plugin("first", new JsonObject());
    gateway.plugin("then", new JsonObject());
    for (String name : List.of("early", "late")) {
      gateway.plugin(name, new JsonObject().put("tag", "base"));
    }
    for (String who : List.of("ann", "bob")) {
      String id = gateway.consumer(who).getString("id");
      for (String name : who.equals("ann") ? List.of("early", "late", "only") : List.of("early", "late")) {
        gateway.create(CoreEntities.PLUGINS, new JsonObject()
            .put("name", name)
            .put("consumer", new JsonObject().put("id", id))
            .put("config", new JsonObject().put("tag", who)));
      }
    }
    gateway.consumer("cid");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static void runs(Map<String, String> headers, String... expected) {
    HttpResponse<Buffer> answer = gateway.get("/", headers);
    assertThat(answer.headers().getAll("X-Access")).containsExactly(expected);
    assertThat(answer.headers().getAll("X-Header")).containsExactly(expected);
  }

  @Test
  void thoseOfNobodyForNobody() {
    runs(Map.of(), "early=base", "late=base");
  }

  @Test
  void thoseOfNobodyForWhoHasNone() {
    runs(Map.of("first", "cid"), "early=base", "late=base");
  }

  @Test
  void thoseOfTheConsumer() {
    for (int i = 0; i < 2; i++) {
      runs(Map.of("first", "ann"), "early=ann", "late=ann", "only=ann");
      runs(Map.of("first", "bob"), "early=bob", "late=bob");
    }
  }

  @Test
  void thoseOfWhoItWasWhenTheirTurnCame() {
    runs(Map.of("first", "bob", "then", "ann"), "early=bob", "late=ann", "only=ann");
    runs(Map.of("first", "ann", "then", "cid"), "early=ann", "late=base");
    runs(Map.of("then", "ann"), "early=base", "late=ann", "only=ann");
  }

  @Test
  void noMatterWhetherAFilterTakesItsTime() {
    runs(Map.of("slow", "1"), "early=base", "late=base");
    runs(Map.of("slow", "1", "first", "ann"), "early=ann", "late=ann", "only=ann");
    runs(Map.of("slow", "1", "first", "bob", "then", "ann"), "early=bob", "late=ann", "only=ann");
  }
}
