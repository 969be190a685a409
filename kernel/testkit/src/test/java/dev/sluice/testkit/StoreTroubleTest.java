package dev.sluice.testkit;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreException;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import dev.sluice.testkit.fake.MemoryStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A store that fails while the node runs: writes are refused whole, and traffic is unhurt (cases ST-01 and ST-04). */
class StoreTroubleTest {

  /** A store that can be told to fail its commits. */
  private static final class Troubled implements Store, GatewayPlugin {
    private Store store;
    private volatile Optional<String> trouble = Optional.empty();

    @Override
    public List<StoreFactory> stores() {
      return List.of(
          new StoreFactory() {
            @Override
            public String name() {
              return "postgres";
            }

            @Override
            public Store create(PluginContext context) {
              store = new MemoryStore(context.clock());
              return Troubled.this;
            }
          });
    }

    @Override
    public Future<Long> commit(List<Mutation> mutations) {
      return trouble
          .map(text -> Future.<Long>failedFuture(new StoreException(text, null)))
          .orElseGet(() -> store.commit(mutations));
    }

    @Override
    public Future<Void> open() {
      return store.open();
    }

    @Override
    public Future<Long> revision() {
      return store.revision();
    }

    @Override
    public Future<Optional<StoredEntity>> find(String type, String id) {
      return store.find(type, id);
    }

    @Override
    public Future<Optional<StoredEntity>> findUnique(String type, UniqueKey key) {
      return store.findUnique(type, key);
    }

    @Override
    public Future<List<StoredEntity>> page(PageQuery query) {
      return store.page(query);
    }

    @Override
    public Future<List<TagRow>> tags(TagQuery query) {
      return store.tags(query);
    }

    @Override
    public Future<List<Change>> changes(long afterRevision) {
      return store.changes(afterRevision);
    }

    @Override
    public Future<Boolean> reachable() {
      return store.reachable();
    }

    @Override
    public Future<Void> close() {
      return store.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"the disk is full, 507", "input/output error, 500"})
  void aWriteThatIsNotStoredIsNotLive(String trouble, int status) {
    Troubled store = new Troubled();
    try (TestGateway gateway = TestGateway.with(store).setting("database", "postgres").start()) {
      TestBackend backend = gateway.backend(TestBackend.echo());
      JsonObject route = gateway.route("/before", backend);
      store.trouble = Optional.of(trouble);
      Future<JsonObject> write =
          gateway
              .kernel()
              .entities()
              .update(
                  CoreEntities.ROUTES,
                  new EntityKey.Id(route.getString("id")),
                  new JsonObject().put("paths", List.of("/after")),
                  WriteOptions.JSON);
      Await.until("it is answered", write::isComplete);
      assertThat(write.cause()).isInstanceOf(ApiError.class);
      assertThat(((ApiError) write.cause()).status()).isEqualTo(status);
      assertThat(gateway.get("/before").statusCode()).isEqualTo(200);
      assertThat(gateway.get("/after").statusCode()).isEqualTo(404);
      store.trouble = Optional.empty();
      gateway.update(
          CoreEntities.ROUTES, route.getString("id"), new JsonObject().put("paths", List.of("/after")));
      assertThat(gateway.get("/after").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void theReasonIsNotTold() {
    Troubled store = new Troubled();
    try (TestGateway gateway = TestGateway.with(store).setting("database", "postgres").start()) {
      store.trouble = Optional.of("password authentication failed for user kong");
      Future<JsonObject> write =
          gateway.kernel().entities().insert(CoreEntities.CONSUMERS, new JsonObject().put("username", "a"),
              WriteOptions.JSON);
      Await.until("it is answered", write::isComplete);
      assertThat(((ApiError) write.cause()).body().encode()).doesNotContain("password");
    }
  }
}
