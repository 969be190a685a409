package dev.sluice.testkit.contract;

import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.Mutation.Delete;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreException;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.testkit.fake.FakePluginContext;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What the tests of stores share: a store that is open and empty, and ways to use it without futures. */
abstract class StoreFixture {

  @TempDir Path folder;

  private FakePluginContext context;
  private final List<Store> stores = new ArrayList<>();
  private Store store;

  /** The factory under test. */
  protected abstract StoreFactory factory();

  /** Gives the node the settings that the store needs to begin empty. */
  protected abstract void configure(FakePluginContext node);

  /** Has stores that are made from now on keep no more than so many revisions in their log. */
  protected abstract void keepRevisions(FakePluginContext node, int revisions);

  /** Has stores that are made from now on look for expired rows that often. */
  protected abstract void purgeEvery(FakePluginContext node, Duration interval);

  @BeforeEach
  final void openStore() {
    context = new FakePluginContext(folder);
    configure(context);
    reopen();
  }

  @AfterEach
  final void closeStores() {
    stores.forEach(each -> await(each.close()));
    context.close();
  }

  /** The context that stores are made with. */
  protected final FakePluginContext context() {
    return context;
  }

  /** The store. */
  protected final Store store() {
    return store;
  }

  /** Closes the store and opens it again through another object. */
  protected final void reopen() {
    if (store != null) {
      await(store.close());
    }
    store = factory().create(context);
    stores.add(store);
    await(store.open());
  }

  /** What a future comes to, or the exception that it fails with. */
  protected static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException refused) {
        throw refused;
      }
      throw new AssertionError("failed, but not with a StoreException", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in 30 s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  final long commit(PutBuilder... puts) {
    return commit(Arrays.stream(puts).map(PutBuilder::build).toArray(Mutation[]::new));
  }

  final long commit(Mutation... mutations) {
    return await(store.commit(List.of(mutations)));
  }

  final long delete(String type, String id) {
    return commit(new Delete(type, id));
  }

  final Optional<StoredEntity> find(String id) {
    return await(store.find("things", id));
  }

  final List<String> page(PageQuery query) {
    return await(store.page(query)).stream().map(StoredEntity::id).toList();
  }

  /** Waits for a condition, which is looked at again and again. */
  static void eventually(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the condition came true in 30 s").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
