package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.store.Reference;
import dev.sluice.api.store.StoredEntity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EntityTablesTest {

  private static final String ANN = "11111111-2222-3333-4444-555555555555";
  private static final String LIMIT = "66666666-2222-3333-4444-555555555555";

  /** As from a store: each text of its own. */
  private static StoredEntity stored(EntityType<?> type, String id, JsonObject document) {
    JsonObject read = new JsonObject(document.put("id", id).encode());
    return new StoredEntity(type.name(), read.copy().getString("id"), Workspaces.DEFAULT_ID, read, 1, Optional.empty());
  }

  private static StoredEntity ann() {
    return stored(CoreEntities.CONSUMERS, ANN, new JsonObject().put("username", "ann"));
  }

  private static StoredEntity limit() {
    return stored(CoreEntities.PLUGINS, LIMIT, new JsonObject()
        .put("name", "rate-limiting")
        .put("enabled", true)
        .put("protocols", new JsonArray().add("http"))
        .put("config", new JsonObject())
        .put("consumer", new JsonObject().put("id", ANN)));
  }

  private static List<Reference> toAnn() {
    return List.of(new Reference("consumer", CoreEntities.CONSUMERS.name(), ANN));
  }

  private static void assertShared(EntityTables tables) {
    Consumer ann = tables.byId(CoreEntities.CONSUMERS, ANN).orElseThrow();
    PluginConfig limit = tables.byId(CoreEntities.PLUGINS, LIMIT).orElseThrow();
    assertThat(ann.id()).isEqualTo(ANN);
    assertThat(limit.id()).isEqualTo(LIMIT);
    assertThat(limit.consumerId().orElseThrow()).isSameAs(ann.id());
  }

  @Test
  void whatRefersToAnEntityHasTheVeryTextOfItsId() {
    assertShared(EntityTables.empty(Clock.systemUTC())
        .with(CoreEntities.CONSUMERS, ann(), List.of(), List.of())
        .with(CoreEntities.PLUGINS, limit(), List.of(), toAnn()));

    EntityTables.Load<Consumer> consumers = EntityTables.empty(Clock.systemUTC()).loading(CoreEntities.CONSUMERS);
    consumers.add(ann(), List.of(), List.of());
    EntityTables.Load<PluginConfig> plugins = consumers.loaded().loading(CoreEntities.PLUGINS);
    plugins.add(limit(), List.of(), toAnn());
    assertShared(plugins.loaded());
  }

  @Test
  void aReferenceToWhatIsNotThereStaysAsItIs() {
    EntityTables tables = EntityTables.empty(Clock.systemUTC())
        .with(CoreEntities.PLUGINS, limit(), List.of(), toAnn());
    assertThat(tables.byId(CoreEntities.PLUGINS, LIMIT).orElseThrow().consumerId()).contains(ANN);
  }

  @Test
  void documentsOfTheStoreAreLeftAlone() {
    StoredEntity limit = limit();
    JsonObject before = limit.document().copy();
    EntityTables.empty(Clock.systemUTC())
        .with(CoreEntities.CONSUMERS, ann(), List.of(), List.of())
        .with(CoreEntities.PLUGINS, limit, List.of(), toAnn());
    assertThat(limit.document()).isEqualTo(before);
  }
}
