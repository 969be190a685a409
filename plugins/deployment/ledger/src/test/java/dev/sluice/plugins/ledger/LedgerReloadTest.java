package dev.sluice.plugins.ledger;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.plugins.deployment.Attachment;
import dev.sluice.plugins.deployment.Chain;
import dev.sluice.plugins.deployment.Entry;
import dev.sluice.plugins.deployment.Ledger;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Others write while the jar of the ledger comes and is replaced; those who write at once do so one after another. */
class LedgerReloadTest {

  @TempDir private Path folder;
  private Ledger ledger;

  private final class Writer implements GatewayPlugin {
    @Override
    public void start(PluginContext context) {
      ledger = new Ledger(context);
    }
  }

  private static TestJar jar() {
    return TestJar.ofThisModule("ledger").library(Ledger.class);
  }

  private static Entry entry(TestGateway gateway, JsonObject service) {
    JsonObject plugin = new JsonObject()
        .put("id", "9d1c6e0c-8c1f-4a9e-9f6f-6a2e5d1a7b11")
        .put("name", "sample")
        .put("service", new JsonObject().put("id", service.getString("id")));
    Attachment at = new Attachment(gateway.kernel().entities(), plugin);
    JsonObject nothing = new JsonObject();
    return new Entry(at, "switch", "", "b", "admin", "", nothing, nothing, nothing);
  }

  @Test
  void recordsOutliveTheJar() {
    try (TestGateway gateway = TestGateway.with(new Writer()).jars(folder).start()) {
      JsonObject service = gateway.create(CoreEntities.SERVICES, new JsonObject().put("host", "127.0.0.1"));
      Entry entry = entry(gateway, service);
      assertThat(Await.result(ledger.append(entry))).as("there is no ledger").isEmpty();
      jar().stamped("0").into(folder);
      Await.until("it is there", () -> gateway.kernel().snapshot().registry().entityTypes().containsKey("switches"));
      List<Future<Optional<JsonObject>>> writes = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        writes.add(ledger.append(entry));
      }
      writes.forEach(write -> assertThat(Await.result(write)).isPresent());
      // What they were made of would hold the jar's type.
      writes.clear();
      long before = gateway.kernel().snapshot().registry().version();
      jar().stamped("1").into(folder);
      Await.until("it is replaced", () -> gateway.kernel().snapshot().registry().version() > before);
      assertThat(Await.result(ledger.append(entry, rows -> rows.size() == 5))).isPresent();
      assertThat(Await.result(ledger.append(entry, rows -> rows.size() == 5))).as("it is needless").isEmpty();
      List<JsonObject> rows = new ArrayList<>(Await.result(ledger.of(entry.at().id())));
      Collections.reverse(rows);
      assertThat(rows).extracting(row -> row.getLong("number")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
      assertThat(Chain.beginning().walk(rows)).isEmpty();
      assertThat(rows.get(5).getString("service")).isEqualTo(service.getString("id"));
      Await.until("its class loader is collected", () -> collected(gateway));
      EntityKey first = new EntityKey.Id(rows.get(0).getString("id"));
      assertThat(Await.result(gateway.kernel().entities().find(gateway.type("switches"), first))).isPresent();
    }
  }

  private static boolean collected(TestGateway gateway) {
    System.gc();
    return Await.result(gateway.kernel().uncollectedLoaders()) == 0;
  }
}
