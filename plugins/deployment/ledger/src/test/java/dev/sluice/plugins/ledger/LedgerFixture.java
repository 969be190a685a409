package dev.sluice.plugins.ledger;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.plugins.deployment.Attachment;
import dev.sluice.plugins.deployment.Chain;
import dev.sluice.plugins.deployment.Entry;
import dev.sluice.plugins.deployment.Ledger;
import dev.sluice.plugins.deployment.Records;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway with a ledger, and a strategy that writes to it. */
abstract class LedgerFixture {

  static final String ONE = "9d1c6e0c-8c1f-4a9e-9f6f-6a2e5d1a7b11";
  static final String OTHER = "9d1c6e0c-8c1f-4a9e-9f6f-6a2e5d1a7b12";
  private static final JsonObject NOTHING = new JsonObject();

  TestGateway gateway;
  Ledger ledger;
  private String last = Chain.BEGINNING;
  private long records;

  /** Stands for a strategy. */
  final class Writer implements GatewayPlugin {
    @Override
    public void start(PluginContext context) {
      ledger = new Ledger(context);
    }
  }

  /** Writes records as if they had been there for long, without the ledger's own way of writing. */
  void fill(int more) {
    for (int i = 0; i < more; i++) {
      records++;
      JsonObject row = new JsonObject()
          .put("number", records)
          .put("at", 1_700_000_000_000L + records)
          .put("workspace", gateway.kernel().entities().workspace())
          .put("plugin", records % 2 == 0 ? OTHER : ONE)
          .put("strategy", "sample")
          .put("service", ONE)
          .put("action", "switch")
          .put("from", "a")
          .put("to", "b")
          .put("by", "admin")
          .put("reason", "reason " + records)
          .put("numbers", new JsonObject().put("in_flight", records))
          .put("done", new JsonObject().put("active", "b"))
          .put("undo", new JsonObject().put("active", "a"))
          .put("previous", last);
      last = Chain.hash(row);
      gateway.create(gateway.type(Ledger.TYPE), row.put("hash", last).put("id", Records.id(records)));
    }
  }

  /** Writes a record as strategies do; gives back its number. */
  long append(String plugin) {
    Attachment at = new Attachment(
        gateway.kernel().entities(), new JsonObject().put("id", plugin).put("name", "sample"));
    Entry entry = new Entry(at, "switch", "", "b", "admin", "", NOTHING, NOTHING, NOTHING);
    JsonObject row = Await.result(ledger.append(entry)).orElseThrow();
    last = row.getString("hash");
    records = row.getLong("number");
    return records;
  }

  JsonObject get(String path) {
    var answer = gateway.admin(HttpMethod.GET, path, Map.of(), Buffer.buffer());
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  JsonObject chain(String path) {
    return get(path).getJsonObject("chain");
  }
}
