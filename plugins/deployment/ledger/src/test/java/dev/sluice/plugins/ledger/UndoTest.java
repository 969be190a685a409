package dev.sluice.plugins.ledger;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.deployment.Attachment;
import dev.sluice.plugins.deployment.Entry;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** To undo changes what was read and nothing else, and what is done is done whether or not it can be written down. */
class UndoTest extends LedgerFixture {

  private final MeddledLedger meddled = new MeddledLedger();
  private String plugin;

  private record Sample() implements FilterFactory<JsonObject>, GatewayPlugin {
    @Override
    public String name() {
      return "sample";
    }

    @Override
    public int priority() {
      return 1;
    }

    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.any(config -> config);
    }

    @Override
    public Filter create(JsonObject config) {
      return (Filter.Access) context -> Filters.CONTINUE;
    }

    @Override
    public List<FilterFactory<?>> filters() {
      return List.of(this);
    }
  }

  private static JsonObject active(String side) {
    return new JsonObject().put("active", side);
  }

  @BeforeEach
  void start() {
    gateway = TestGateway.with(meddled, new Writer(), new Sample(), new EndpointsAlone()).start();
    JsonObject entity = gateway.plugin("sample", active("b"));
    plugin = entity.getString("id");
    Attachment at = new Attachment(gateway.kernel().entities(), entity);
    Await.result(ledger.append(
        new Entry(at, "switch", "a", "b", "admin", "", new JsonObject(), active("b"), active("a"))));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private HttpResponse<Buffer> undo(boolean force) {
    Map<String, String> json = Map.of("Content-Type", "application/json");
    return gateway.admin(HttpMethod.POST, "/switches/1/undo", json, new JsonObject().put("force", force).toBuffer());
  }

  private Future<JsonObject> write(String side) {
    return gateway.kernel().entities().update(
        CoreEntities.PLUGINS,
        new EntityKey.Id(plugin),
        new JsonObject().put("config", active(side)),
        WriteOptions.JSON);
  }

  private String active() {
    return Await.result(gateway.kernel().entities().find(CoreEntities.PLUGINS, new EntityKey.Id(plugin)))
        .orElseThrow().getJsonObject("config").getString("active");
  }

  @Test
  void whatIsWrittenInBetweenIsNotOverwrittenUnlessForced() {
    meddled.afterReading = () -> write("c");
    HttpResponse<Buffer> refused = undo(false);
    assertThat(refused.statusCode()).as(refused.bodyAsString()).isEqualTo(409);
    assertThat(refused.bodyAsJsonObject().getString("message"))
        .isEqualTo("something else has changed it since; use force to undo it still");
    assertThat(active()).isEqualTo("c");
    assertThat(undo(true).statusCode()).isEqualTo(200);
    assertThat(active()).isEqualTo("a");
  }

  @Test
  void whatCannotBeWrittenDownIsDoneAllTheSame() {
    meddled.recordsRefused = true;
    HttpResponse<Buffer> done = undo(false);
    assertThat(done.statusCode()).as(done.bodyAsString()).isEqualTo(200);
    assertThat(done.bodyAsJsonObject().getString("message"))
        .isEqualTo("undone, but this could not be written to the ledger");
    assertThat(active()).isEqualTo("a");
    meddled.recordsRefused = false;
    assertThat(get("/switches").getJsonArray("data")).hasSize(1);
  }
}
