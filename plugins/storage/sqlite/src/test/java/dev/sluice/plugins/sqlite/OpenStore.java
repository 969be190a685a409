package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreException;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.testkit.contract.PutBuilder;
import dev.sluice.testkit.fake.FakePluginContext;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A store that is open, and used without futures. */
final class OpenStore implements AutoCloseable {

  private final FakePluginContext context;
  private final Store store;

  private OpenStore(FakePluginContext context, Store store) {
    this.context = context;
    this.store = store;
  }

  static OpenStore in(Path prefix) {
    return in(prefix, Layout.CURRENT, Duration.ofSeconds(10));
  }

  static OpenStore in(Path prefix, Layout layout, Duration lockWait) {
    FakePluginContext context = new FakePluginContext(prefix);
    Settings node = Settings.of(context.node());
    Settings settings =
        new Settings(node.file(), node.scratch(), node.keptRevisions(), node.purgeInterval(), lockWait);
    Store store = new SqliteStore(context, settings, layout);
    try {
      await(store.open());
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
    return new OpenStore(context, store);
  }

  FakePluginContext context() {
    return context;
  }

  Store store() {
    return store;
  }

  long commit(PutBuilder... puts) {
    return await(submit(puts));
  }

  Future<Long> submit(PutBuilder... puts) {
    return store.commit(Arrays.stream(puts).<Mutation>map(PutBuilder::build).toList());
  }

  Optional<StoredEntity> find(String id) {
    return await(store.find("things", id));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException refused) {
        throw refused;
      }
      throw new AssertionError("failed, but not with a StoreException", e.getCause());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    await(store.close());
    context.close();
  }
}
